package prevention

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/teams"
)

// Indicator is a figure of team care that a higher module offers, of a team or,
// where that is empty, of a body.
type Indicator struct {
	Label string // as it is read
	Unit  string
	Team  record.ID
	Body  record.ID
	Value float64
	Kind  IndicatorKind
}

// IndicatorKind says what the value of an indicator counts.
type IndicatorKind string

// The kinds of indicator.
const (
	Whole     IndicatorKind = "whole"      // of all together
	PerPerson IndicatorKind = "per_person" // to be divided among the people of the team or body
)

// Care is what is known of how a team is looked after.
type Care struct {
	Team                         teams.Team
	Planned, UnderWay, Done, Due int // measures; Due are those overdue
	Part                         findings.TakingPart
	Offered                      []Indicator
}

// BodyCare is the same of a body.
type BodyCare struct {
	BodyID  record.ID
	Name    string
	People  int
	Teams   int
	Offered []Indicator
}

// care puts together what is known of each team and each body.
func care(all []teams.Team, measures []Measure, parts map[record.ID]findings.TakingPart, offered []Indicator, today civil.Date) (byTeam []Care, byBody []BodyCare) {
	at := map[record.ID]int{}
	bodies := map[record.ID]int{}
	for _, t := range all {
		at[t.ID] = len(byTeam)
		byTeam = append(byTeam, Care{Team: t, Part: parts[t.ID]})
		i, known := bodies[t.BodyID]
		if !known {
			i = len(byBody)
			bodies[t.BodyID] = i
			byBody = append(byBody, BodyCare{BodyID: t.BodyID, Name: t.BodyName})
		}
		byBody[i].People += t.Headcount
		byBody[i].Teams++
	}
	for _, m := range measures {
		if i, known := at[m.TeamID]; known {
			byTeam[i].count(m, today)
		}
	}
	for _, one := range offered {
		if i, known := at[one.Team]; known {
			byTeam[i].Offered = append(byTeam[i].Offered, one.among(byTeam[i].Team.Headcount))
		} else if i, known := bodies[one.Body]; known && one.Team == "" {
			byBody[i].Offered = append(byBody[i].Offered, one.among(byBody[i].People))
		}
	}
	return byTeam, byBody
}

func (c *Care) count(m Measure, today civil.Date) {
	switch m.State {
	case Planned:
		c.Planned++
	case UnderWay:
		c.UnderWay++
	case Done:
		c.Done++
	case Dropped: // nothing was done, and nothing is to be done
	}
	if m.Overdue(today) {
		c.Due++
	}
}

// among divides what is counted for each person.
func (i Indicator) among(people int) Indicator {
	if i.Kind == PerPerson && people > 0 {
		i.Value /= float64(people)
	}
	return i
}
