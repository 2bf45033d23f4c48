package booking

import "bastida/internal/modules/sessions"

// SessionShape is the JSON of a session.
type SessionShape struct {
	ID         string `json:"id"`
	Programme  string `json:"programme"`
	Group      string `json:"group"`
	GroupName  string `json:"group_name"`
	Supervisor string `json:"supervisor"`
	Number     int    `json:"number" doc:"Within the group"`
	Day        string `json:"day"`
	Start      string `json:"start" doc:"Hour and minute"`
	Minutes    int    `json:"minutes" doc:"Planned"`
	Place      string `json:"place" doc:"Code; empty for online"`
	Room       string `json:"room"`
	Online     string `json:"online"`
	State      string `json:"state" doc:"planned, held or cancelled"`
	Reason     string `json:"reason" doc:"Why it was cancelled"`
	RebookBy   string `json:"rebook_by" doc:"Of a cancelled one; empty when the programme has no rule"`
	Replaces   string `json:"replaces" doc:"The cancelled session that it makes up for"`
	Held       int    `json:"held_minutes"`
	Persons    int    `json:"person_minutes"`
	Version    int    `json:"version"`
}

func shapeSession(s sessions.Session) SessionShape {
	return SessionShape{
		ID: s.ID.String(), Programme: s.ProgrammeID.String(), Group: s.GroupID.String(), GroupName: s.GroupName, Supervisor: s.SupervisorName,
		Number: s.Number, Day: s.Day.String(), Start: sessions.Clock(s.Start), Minutes: s.Minutes, Place: s.PlaceCode, Room: s.Room, Online: s.Online,
		State: string(s.State), Reason: string(s.CancelReason), RebookBy: s.RebookBy.String(), Replaces: s.Replaces.String(), Held: s.HeldMinutes,
		Persons: s.PersonMinutes, Version: s.Version,
	}
}
