package hours

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/form"
)

// most is the most hours that a form takes.
const most = 100_000

var assignForm = form.New("hours.assign",
	form.Pick("contract", func(in *AssignInput) *record.ID { return &in.Contract }).Required(),
	form.Choice("direction", func(in *AssignInput) *Direction { return &in.Direction }, ToGroup, FromGroup).Radio().Required(),
	form.Decimal("hours", 0.01, most, func(in *AssignInput) *float64 { return &in.Hours }).Unit("hours.unit"),
	form.Area("reason", func(in *AssignInput) *string { return &in.Reason }).Required().Limit(500),
)

var invoiceForm = form.New("hours.invoice",
	form.Pick("contract", func(in *InvoiceInput) *record.ID { return &in.Contract }).Required(),
	form.Text("number", func(in *InvoiceInput) *string { return &in.Number }).Required().Limit(60),
	form.Date("date", func(in *InvoiceInput) *civil.Date { return &in.Date }).Required(),
	form.Rows("items", func(in *InvoiceInput) *[]ItemInput { return &in.Items },
		form.Pick("group", func(in *ItemInput) *record.ID { return &in.Group }),
		form.Decimal("hours", 0, most, func(in *ItemInput) *float64 { return &in.Hours }).Unit("hours.unit"),
	),
)

var correctForm = form.New("hours.correct",
	form.Decimal("hours", 0, most, func(in *CorrectInput) *float64 { return &in.Hours }).Unit("hours.unit"),
	form.Area("reason", func(in *CorrectInput) *string { return &in.Reason }).Required().Limit(500),
)
