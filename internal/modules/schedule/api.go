package schedule

import (
	"time"

	"bastida/engine/timetable"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/timetables"
)

// TimetableRunShape is the JSON of a run.
type TimetableRunShape struct {
	ID         string            `json:"id"`
	Programme  string            `json:"programme"`
	Number     int               `json:"number"`
	Version    int               `json:"version" doc:"To send back with a change, as If-Match"`
	State      timetables.State  `json:"state"`
	Origin     timetables.Origin `json:"origin"`
	Base       string            `json:"base,omitempty"`
	Parameters timetables.Asked  `json:"parameters"`
	Groups     int               `json:"groups"`
	Sessions   int               `json:"sessions"`
	Unplaced   int               `json:"unplaced"`
	Fewest     int               `json:"fewest_unplaced" doc:"No timetable leaves out fewer"`
	Changed    int               `json:"changed" doc:"Of a replan: sessions that move or are lost"`
	AtLeast    int               `json:"at_least" doc:"No replan changes fewer"`
	Kilometres float64           `json:"kilometres"`
	Cost       float64           `json:"cost"`
	LowerBound float64           `json:"lower_bound"`
	Rounds     int               `json:"rounds"`
	StartedBy  string            `json:"started_by"`
	StartedAt  string            `json:"started_at"`
	AcceptedBy string            `json:"accepted_by,omitempty"`
}

func shapeRun(r timetables.Run) TimetableRunShape {
	return TimetableRunShape{
		ID: r.ID.String(), Programme: r.ProgrammeID.String(), Number: r.Number, Version: r.Version, State: r.State, Origin: r.Origin,
		Base: r.BaseID.String(), Parameters: r.Params.V, Groups: r.Groups, Sessions: r.Sessions, Unplaced: r.Unplaced, Fewest: r.Fewest,
		Changed: r.Changed, AtLeast: r.AtLeast, Kilometres: r.Kilometres, Cost: r.Cost, LowerBound: r.Bound, Rounds: r.Rounds,
		StartedBy: r.StartedBy, StartedAt: r.CreatedAt.Format(time.RFC3339), AcceptedBy: r.AcceptedBy,
	}
}

// TimetableShape is the JSON of a run with its timetable.
type TimetableShape struct {
	Run      TimetableRunShape        `json:"run"`
	Sessions []TimetableSessionShape  `json:"sessions"`
	Unplaced []TimetableUnplacedShape `json:"unplaced"`
	Moved    []TimetableMoveShape     `json:"moved"`
	Lost     []TimetableLostShape     `json:"lost"`
}

// TimetableSessionShape is the JSON of a session of a timetable.
type TimetableSessionShape struct {
	Group      string `json:"group"`
	Name       string `json:"group_name"`
	Number     int    `json:"number"`
	Supervisor string `json:"supervisor" doc:"Empty when the group leads itself"`
	Day        string `json:"day"`
	Start      string `json:"start"`
	Minutes    int    `json:"minutes"`
	Place      string `json:"place" doc:"Code of the place; empty is online"`
	Session    string `json:"session,omitempty" doc:"Of one that is booked already"`
}

// TimetableUnplacedShape is the JSON of a session without a place.
type TimetableUnplacedShape struct {
	Group   string             `json:"group"`
	Name    string             `json:"group_name"`
	Number  int                `json:"number"`
	Reasons []timetable.Reason `json:"reasons"`
	Remedy  *timetable.Remedy  `json:"remedy"`
}

// TimetableMoveShape is the JSON of a session that moves.
type TimetableMoveShape struct {
	Before TimetableSessionShape `json:"before"`
	After  TimetableSessionShape `json:"after"`
}

// TimetableLostShape is the JSON of a session that would have no place any more.
type TimetableLostShape struct {
	Group  string `json:"group"`
	Name   string `json:"group_name"`
	Number int    `json:"number"`
}

func shapeSheet(sheet timetables.Sheet) TimetableShape {
	shape := TimetableShape{Run: shapeRun(sheet.Run), Sessions: []TimetableSessionShape{}, Unplaced: []TimetableUnplacedShape{}, Moved: []TimetableMoveShape{}, Lost: []TimetableLostShape{}}
	for _, x := range sheet.Plan.Sessions {
		if !planning.Respected(x.Group) {
			shape.Sessions = append(shape.Sessions, shapeSession(sheet, x))
		}
	}
	for _, u := range sheet.Plan.Unplaced {
		shape.Unplaced = append(shape.Unplaced, TimetableUnplacedShape{u.Group, sheet.Names[u.Group], u.Index, u.Reasons, u.Remedy})
	}
	for _, m := range sheet.Moved {
		shape.Moved = append(shape.Moved, TimetableMoveShape{shapeSession(sheet, m.Before), shapeSession(sheet, m.After)})
	}
	for _, l := range sheet.Lost {
		shape.Lost = append(shape.Lost, TimetableLostShape{l.Group, sheet.Names[l.Group], l.Index})
	}
	return shape
}

func shapeSession(sheet timetables.Sheet, x timetable.Session) TimetableSessionShape {
	return TimetableSessionShape{
		Group: x.Group, Name: sheet.Names[x.Group], Number: x.Index, Supervisor: planning.Leader(x).String(), Day: x.Day.String(), Start: x.Start.String(),
		Minutes: x.Minutes, Place: planning.PlaceCode(x), Session: sheet.Booked[planning.Ref(x.Group, x.Index)].ID.String(),
	}
}
