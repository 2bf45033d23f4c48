package coverage

import (
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
)

// CoverageShape is what somebody has had of a kind of supervision, as programs
// read it.
type CoverageShape struct {
	Person     record.ID             `json:"person" doc:"Their first participation in the programme"`
	Name       string                `json:"name"`
	Profession profession.Profession `json:"profession"`
	Body       string                `json:"body"`
	Employer   string                `json:"employer"`
	Kind       profiles.Kind         `json:"kind"`
	Action     string                `json:"action"`
	Areas      []string              `json:"areas"`
	Minutes    int                   `json:"minutes" doc:"Attended"`
	Held       int                   `json:"held" doc:"Minutes held while they belonged"`
	Minimum    *int                  `json:"minimum" doc:"In minutes; null when nobody has stated it"`
	Due        int                   `json:"due" doc:"Minutes of the minimum that the calendar asks for by today"`
	State      State                 `json:"state"`
	Reason     string                `json:"reason,omitempty" doc:"Why there is a gap"`
}

func shapeLine(l Line) CoverageShape {
	out := CoverageShape{
		Person: l.Person.ID, Name: l.Person.Name, Profession: l.Person.Profession, Body: l.Person.BodyName, Employer: l.Person.EmployedBy(),
		Kind: l.Kind, Action: l.Action, Areas: l.Areas(), Minutes: l.Minutes, Held: l.Held, Due: l.Due, State: l.State,
	}
	if l.Minimum.Stated {
		out.Minimum = &l.Minimum.Minutes
	}
	if why := fault.Of(l.Why); why != nil {
		out.Reason = why.Key
	}
	return out
}

// CoverageTotalShape is what the people of one value of a dimension have had.
type CoverageTotalShape struct {
	Value   string `json:"value"`
	People  int    `json:"people" doc:"Distinct"`
	Minutes int    `json:"minutes" doc:"Attended, by all of them"`
	Gaps    int    `json:"gaps" doc:"People who have had less than they should"`
	Unknown int    `json:"unknown" doc:"People whose minimum nobody has stated"`
}

func shapeTotal(t Total) CoverageTotalShape {
	return CoverageTotalShape{t.Value, t.People, t.Minutes, t.Gaps, t.Unknown}
}

func shapeOf(v PersonView) (lines []CoverageShape) {
	for _, l := range v.Lines {
		lines = append(lines, shapeLine(l))
	}
	return lines
}
