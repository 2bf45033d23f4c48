package hours

import "bastida/engine/ledger"

// BalanceShape is the JSON of where a group or a programme stands, in minutes.
type BalanceShape struct {
	Granted       int `json:"granted"`
	Contracted    int `json:"contracted"`
	Scheduled     int `json:"scheduled" doc:"Still to be delivered"`
	Delivered     int `json:"delivered"`
	Invoiced      int `json:"invoiced"`
	PersonMinutes int `json:"person_minutes" doc:"The sum over those who attended"`
}

// AccountShape is the JSON of the hours of a group.
type AccountShape struct {
	Group string `json:"group"`
	Name  string `json:"name"`
	BalanceShape
}

// ProgrammeShape is the JSON of the hours of a programme, as far as the reader's
// groups go.
type ProgrammeShape struct {
	Total  BalanceShape   `json:"total"`
	Groups []AccountShape `json:"groups"`
}

func shapeBalance(b ledger.Balance) BalanceShape {
	return BalanceShape{int(b.Granted), int(b.Contracted), int(b.Scheduled), int(b.Delivered), int(b.Invoiced), int(b.PersonMinutes)}
}

func shapeProgramme(v programmeView) ProgrammeShape {
	shape := ProgrammeShape{Total: shapeBalance(v.Total)}
	for _, g := range v.Groups {
		shape.Groups = append(shape.Groups, AccountShape{g.ID.String(), g.Name, shapeBalance(v.ByGroup[g.ID])})
	}
	return shape
}
