package attendance

import (
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/form"
)

// longest is the most minutes that a form takes.
const longest = 480

var closeForm = form.New("attendance.close",
	form.Int("minutes", 1, longest, func(in *sessions.CloseInput) *int { return &in.Minutes }).Unit("attendance.minutes_unit"),
)

var detailForm = form.New("attendance.detail",
	form.Choice("mark", func(in *sessions.MarkInput) *sessions.Mark { return &in.Mark }, sessions.Marks...).Radio().Required(),
	form.Int("late", 0, longest, func(in *sessions.MarkInput) *int { return &in.Late }).Unit("attendance.minutes_unit").Optional(),
	form.Int("left", 0, longest, func(in *sessions.MarkInput) *int { return &in.Left }).Unit("attendance.minutes_unit").Optional(),
)

// fix corrects what became of a person.
type fix struct {
	sessions.MarkInput

	Reason string `json:"reason"`
}

var fixForm = form.New("attendance.fix",
	form.Choice("mark", func(in *fix) *sessions.Mark { return &in.Mark }, sessions.Marks...).Radio().Required(),
	form.Int("late", 0, longest, func(in *fix) *int { return &in.Late }).Unit("attendance.minutes_unit").Optional(),
	form.Int("left", 0, longest, func(in *fix) *int { return &in.Left }).Unit("attendance.minutes_unit").Optional(),
	form.Area("reason", func(in *fix) *string { return &in.Reason }).Required().Limit(500),
)

// fixMinutes corrects how long a session was.
type fixMinutes struct {
	Minutes int    `json:"minutes"`
	Reason  string `json:"reason"`
}

var fixMinutesForm = form.New("attendance.minutes",
	form.Int("minutes", 1, longest, func(in *fixMinutes) *int { return &in.Minutes }).Unit("attendance.minutes_unit"),
	form.Area("reason", func(in *fixMinutes) *string { return &in.Reason }).Required().Limit(500),
)

var signForm = form.New("attendance.sign",
	form.Text("code", func(in *sessions.SignInput) *string { return &in.Code }).Required().Narrow().Limit(12),
)

// correction is a fix as sessions takes it.
func (in fix) correction(participant record.ID) sessions.CorrectInput {
	in.Participant = participant
	return sessions.CorrectInput{MarkInput: in.MarkInput, Reason: in.Reason}
}
