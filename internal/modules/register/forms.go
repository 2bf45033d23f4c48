package register

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/form"
)

// The most hours that the forms take: a week has no more than mostWeek, and a
// season or a training no more than mostHours.
const (
	mostWeek  = 60
	mostHours = 5000
)

var sheetForm = form.New("register.sheet",
	form.Text("name", func(in *supervisors.SupervisorInput) *string { return &in.Name }).Required().Limit(120).Group("who"),
	form.Email("email", func(in *supervisors.SupervisorInput) *string { return &in.Email }).Required().Group("who"),
	form.Text("phone", func(in *supervisors.SupervisorInput) *string { return &in.Phone }).Limit(40).Group("who"),
	form.Text("provider", func(in *supervisors.SupervisorInput) *string { return &in.Provider }).Limit(160).Group("who"),
	form.Bool("external", func(in *supervisors.SupervisorInput) *bool { return &in.External }).Group("who"),
	form.Pick("profession", func(in *supervisors.SupervisorInput) *profession.Profession { return &in.Profession }).Required().Group("work"),
	form.Checks("languages", func(in *supervisors.SupervisorInput) *[]string { return &in.Languages }, supervisors.Languages...).Required(),
	form.Checks("areas", func(in *supervisors.SupervisorInput) *[]string { return &in.Areas }),
	form.Pick("home", func(in *supervisors.SupervisorInput) *string { return &in.Home }),
	form.Decimal("weekly_hours", 0, mostWeek, func(in *supervisors.SupervisorInput) *float64 { return &in.WeeklyHours }).Unit("register.hours.unit"),
	form.Decimal("season_hours", 0, mostHours, func(in *supervisors.SupervisorInput) *float64 { return &in.SeasonHours }).Unit("register.hours.unit"),
)

var contactForm = form.New("register.contact",
	form.Text("phone", func(in *supervisors.SupervisorContactInput) *string { return &in.Phone }).Limit(40),
	form.Pick("home", func(in *supervisors.SupervisorContactInput) *string { return &in.Home }),
)

var evidenceForm = form.New("register.evidence",
	form.Choice("kind", func(in *supervisors.EvidenceInput) *supervisors.Kind { return &in.Kind }, supervisors.Kinds...).Required(),
	form.Text("title", func(in *supervisors.EvidenceInput) *string { return &in.Title }).Required().Limit(200),
	form.Text("institution", func(in *supervisors.EvidenceInput) *string { return &in.Institution }).Limit(200),
	form.Int("hours", 0, mostHours, func(in *supervisors.EvidenceInput) *int { return &in.Hours }).Optional().Unit("register.hours.unit"),
	form.Date("date", func(in *supervisors.EvidenceInput) *civil.Date { return &in.Date }).Required(),
	form.Date("expires", func(in *supervisors.EvidenceInput) *civil.Date { return &in.Expires }),
	form.Text("person", func(in *supervisors.EvidenceInput) *string { return &in.Person }).Limit(120).Group("own"),
	form.Text("frequency", func(in *supervisors.EvidenceInput) *string { return &in.Frequency }).Limit(120).Group("own"),
)

var verifyForm = form.New("register.verify",
	form.Choice("seen", func(in *supervisors.VerificationInput) *supervisors.Seen { return &in.Seen }, supervisors.Original, supervisors.Copy, supervisors.Confirmed).Required().Radio(),
	form.Date("on", func(in *supervisors.VerificationInput) *civil.Date { return &in.On }).Required(),
	form.Text("note", func(in *supervisors.VerificationInput) *string { return &in.Note }).Limit(400),
)

var incompatibilityForm = form.New("register.incompatibility",
	form.Pick("body", func(in *supervisors.IncompatibilityInput) *record.ID { return &in.Body }).Required(),
	form.Choice("reason", func(in *supervisors.IncompatibilityInput) *supervisors.Reason { return &in.Reason }, supervisors.Reasons...).Required(),
	form.Date("until", func(in *supervisors.IncompatibilityInput) *civil.Date { return &in.Until }),
	form.Text("note", func(in *supervisors.IncompatibilityInput) *string { return &in.Note }).Limit(200),
)

var unavailabilityForm = form.New("register.unavailability",
	form.Date("from", func(in *supervisors.UnavailabilityInput) *civil.Date { return &in.From }),
	form.Date("to", func(in *supervisors.UnavailabilityInput) *civil.Date { return &in.To }),
	form.Checks("weekdays", func(in *supervisors.UnavailabilityInput) *[]string { return &in.Weekdays }, supervisors.Weekdays...),
	form.Text("start", func(in *supervisors.UnavailabilityInput) *string { return &in.Start }).Limit(5).Narrow(),
	form.Text("end", func(in *supervisors.UnavailabilityInput) *string { return &in.End }).Limit(5).Narrow(),
)

var filterForm = form.New("register.filter",
	form.Text("words", func(f *supervisors.Filter) *string { return &f.Words }).Limit(100),
	form.Pick("profession", func(f *supervisors.Filter) *profession.Profession { return &f.Profession }),
	form.Pick("language", func(f *supervisors.Filter) *string { return &f.Language }),
	form.Pick("area", func(f *supervisors.Filter) *string { return &f.Area }),
	form.Pick("state", func(f *supervisors.Filter) *supervisors.State { return &f.State }),
)
