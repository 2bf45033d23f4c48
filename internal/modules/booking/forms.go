package booking

import (
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/form"
)

// listFilter is what the list and the calendar narrow by.
type listFilter struct {
	sessions.Filter

	Month string // of the calendar: 2020-02
}

var filterForm = form.New("booking.filter",
	form.Pick("programme", func(f *listFilter) *record.ID { return &f.Programme }),
	form.Choice("state", func(f *listFilter) *sessions.State { return &f.State }, sessions.States...),
	form.Date("from", func(f *listFilter) *civil.Date { return &f.From }),
	form.Date("to", func(f *listFilter) *civil.Date { return &f.To }),
	form.Hidden("group", func(f *listFilter) *string { return (*string)(&f.Group) }),
	form.Hidden("supervisor", func(f *listFilter) *string { return (*string)(&f.Supervisor) }),
	form.Hidden("month", func(f *listFilter) *string { return &f.Month }),
)

// PlacedInput is when, where and by whom, as people type it.
type PlacedInput struct {
	Day        civil.Date `json:"day"`
	At         string     `json:"at" doc:"Hour and minute, such as 09:30"`
	Minutes    int        `json:"minutes"`
	Place      string     `json:"place" doc:"Code of the place; empty for online"`
	Room       string     `json:"room"`
	Online     string     `json:"online" doc:"Address of the meeting"`
	Supervisor record.ID  `json:"supervisor" doc:"Empty is the group's"`
	Replaces   record.ID  `json:"replaces" doc:"The cancelled session that this one makes up for"`
	Despite    string     `json:"despite" doc:"Why, although it collides with something that may be overruled"`
}

// longest is the most minutes that the form takes.
const longest = 480

var bookForm = form.New("booking.session",
	form.Date("day", func(in *PlacedInput) *civil.Date { return &in.Day }).Required(),
	form.Text("at", func(in *PlacedInput) *string { return &in.At }).Required().Narrow().Limit(5),
	form.Int("minutes", 1, longest, func(in *PlacedInput) *int { return &in.Minutes }).Unit("booking.minutes_unit"),
	form.Pick("place", func(in *PlacedInput) *string { return &in.Place }),
	form.Text("room", func(in *PlacedInput) *string { return &in.Room }).Limit(120),
	form.Text("online", func(in *PlacedInput) *string { return &in.Online }).Limit(300),
	form.Pick("supervisor", func(in *PlacedInput) *record.ID { return &in.Supervisor }),
	form.Area("despite", func(in *PlacedInput) *string { return &in.Despite }).Limit(500),
	form.Hidden("replaces", func(in *PlacedInput) *string { return (*string)(&in.Replaces) }),
)

// start is the minute of the day that was typed.
func (in PlacedInput) start() (int, error) {
	at, err := time.Parse("15:04", in.At)
	if err != nil {
		var wrong fault.Fields
		wrong.Add("at", "booking.not_a_time")
		return 0, wrong.Err()
	}
	return at.Hour()*60 + at.Minute(), nil
}

func (in PlacedInput) booking(group record.ID) (Booking, error) {
	start, err := in.start()
	return Booking{
		Group: group, Supervisor: in.Supervisor, Day: in.Day, Start: start, Minutes: in.Minutes, PlaceCode: in.Place, Room: in.Room, Online: in.Online,
		Replaces: in.Replaces, Despite: in.Despite,
	}, err
}

func (in PlacedInput) move() (MoveInput, error) {
	start, err := in.start()
	return MoveInput{
		Supervisor: in.Supervisor, Day: in.Day, Start: start, Minutes: in.Minutes, PlaceCode: in.Place, Room: in.Room, Online: in.Online, Despite: in.Despite,
	}, err
}

// placedOf is a session as the form shows it.
func placedOf(s sessions.Session) PlacedInput {
	return PlacedInput{
		Day: s.Day, At: sessions.Clock(s.Start), Minutes: s.Minutes, Place: s.PlaceCode, Room: s.Room, Online: s.Online, Supervisor: s.SupervisorID,
		Despite: s.Despite,
	}
}

var cancelForm = form.New("booking.cancel",
	form.Choice("reason", func(in *sessions.CallOff) *sessions.Reason { return &in.Reason }, sessions.Reasons...).Radio().Required(),
	form.Area("note", func(in *sessions.CallOff) *string { return &in.Note }).Limit(500),
)
