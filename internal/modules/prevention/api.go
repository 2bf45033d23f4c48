package prevention

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
)

// MeasureShape is the JSON of a measure.
type MeasureShape struct {
	ID       record.ID  `json:"id"`
	TeamID   record.ID  `json:"team_id"`
	Team     string     `json:"team"`
	Body     string     `json:"body"`
	What     string     `json:"what"`
	Why      string     `json:"why"`
	RoundID  record.ID  `json:"round_id,omitempty"`
	Owner    string     `json:"owner"`
	Due      civil.Date `json:"due"`
	State    State      `json:"state"`
	Evidence string     `json:"evidence,omitempty"`
	Version  int        `json:"version"`
}

func shapeMeasure(m Measure) MeasureShape {
	return MeasureShape{m.ID, m.TeamID, m.TeamName, m.BodyName, m.What, m.Why, m.RoundID, m.Owner, m.Due, m.State, m.Evidence, m.Version}
}

// CareShape is the JSON of how a team is looked after.
type CareShape struct {
	TeamID   record.ID   `json:"team_id"`
	Team     string      `json:"team"`
	People   int         `json:"people"`
	Planned  int         `json:"planned"`
	UnderWay int         `json:"under_way"`
	Done     int         `json:"done"`
	Overdue  int         `json:"overdue"`
	Offered  []Indicator `json:"offered,omitempty"`
}

func shapeCare(v careView) (out []CareShape) {
	for _, c := range v.Teams {
		out = append(out, CareShape{c.Team.ID, c.Team.Name, c.Team.Headcount, c.Planned, c.UnderWay, c.Done, c.Due, c.Offered})
	}
	return out
}
