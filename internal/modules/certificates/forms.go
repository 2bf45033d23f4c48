package certificates

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/platform/form"
)

var listFilter = form.New("certificates.filter",
	form.Text("words", func(in *Filter) *string { return &in.Words }).Limit(100),
	form.Choice("state", func(in *Filter) *State { return &in.State }, Valid, Replaced, Withdrawn),
)

var accreditationForm = form.New("certificates.accreditation",
	form.Text("event", func(in *AccreditationInput) *string { return &in.Event }).Required().Limit(80),
	form.Text("by", func(in *AccreditationInput) *string { return &in.By }).Required().Limit(200),
	form.Date("on", func(in *AccreditationInput) *civil.Date { return &in.On }).Required(),
	form.Decimal("hours", 0.25, 10_000, func(in *AccreditationInput) *float64 { return &in.Hours }).Unit("certificates.hours_unit"),
)

var withdrawForm = form.New("certificates.withdraw",
	form.Area("reason", func(in *WithdrawInput) *string { return &in.Reason }).Required().Limit(1000),
)
