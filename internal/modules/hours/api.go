package hours

import "bastida/engine/ledger"

// HoursShape is the JSON of where a group or a programme stands, in minutes.
type HoursShape struct {
	Granted       int `json:"granted"`
	Contracted    int `json:"contracted"`
	Scheduled     int `json:"scheduled" doc:"Still to be delivered"`
	Delivered     int `json:"delivered"`
	Invoiced      int `json:"invoiced"`
	PersonMinutes int `json:"person_minutes" doc:"The sum over those who attended"`
}

// GroupHoursShape is the JSON of the hours of a group.
type GroupHoursShape struct {
	Group string `json:"group"`
	Name  string `json:"name"`
	HoursShape
}

// ProgrammeHoursShape is the JSON of the hours of a programme, as far as the reader's
// groups go.
type ProgrammeHoursShape struct {
	Total  HoursShape        `json:"total"`
	Groups []GroupHoursShape `json:"groups"`
}

func shapeBalance(b ledger.Balance) HoursShape {
	return HoursShape{int(b.Granted), int(b.Contracted), int(b.Scheduled), int(b.Delivered), int(b.Invoiced), int(b.PersonMinutes)}
}

func shapeProgramme(v programmeView) ProgrammeHoursShape {
	shape := ProgrammeHoursShape{Total: shapeBalance(v.Total)}
	for _, g := range v.Groups {
		shape.Groups = append(shape.Groups, GroupHoursShape{g.ID.String(), g.Name, shapeBalance(v.ByGroup[g.ID])})
	}
	return shape
}
