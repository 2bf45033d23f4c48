package coverage

import (
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
)

// Standard is what a programme owes to each of its groups.
type Standard string

// The standards, in the order of every list on screen.
const (
	ExternalSupervisor Standard = "external" // from outside, with evidence that somebody saw
	SignedRegisters    Standard = "registers"
	MinimumHours       Standard = "minimum" // of each person, in line with the calendar
	FinalReport        Standard = "final"   // with its questionnaire
)

// Standing is how many groups of a programme fulfil a standard. Known is false
// when it cannot be said: nobody has stated the figure, or nobody keeps it.
type Standing struct {
	Standard Standard    `json:"standard"`
	Met      int         `json:"met"`
	Of       int         `json:"of"`
	Known    bool        `json:"known"`
	Lacking  []record.ID `json:"lacking"` // groups that do not
}

// Label is the message key of the standard's name.
func (s Standard) Label() string { return "coverage.standard." + string(s) }

func (s *Standing) add(group record.ID, met bool) {
	s.Of++
	if met {
		s.Met++
	} else {
		s.Lacking = append(s.Lacking, group)
	}
}

// external counts the groups whose supervisor is vouched for.
func external(groups []supervision.Group, vouched map[record.ID]bool) Standing {
	s := Standing{Standard: ExternalSupervisor, Known: true}
	for _, g := range groups {
		s.add(g.ID, vouched[g.SupervisorID])
	}
	return s
}

// registers counts the groups that have met and of which every register is
// signed.
func registers(groups []supervision.Group, met, open map[record.ID]bool) Standing {
	s := Standing{Standard: SignedRegisters, Known: true}
	for _, g := range groups {
		if met[g.ID] || open[g.ID] {
			s.add(g.ID, !open[g.ID])
		}
	}
	return s
}

// minimums counts the groups in which nobody has had less than the calendar
// asks for. Of a group whose minimum nobody has stated it is not known.
func minimums(groups []supervision.Group, lines []Line) Standing {
	s := Standing{Standard: MinimumHours}
	short, stated := map[record.ID]bool{}, map[record.ID]bool{}
	for _, l := range lines {
		for _, part := range l.Parts {
			stated[part.Group.ID] = stated[part.Group.ID] || l.Minimum.Stated
			short[part.Group.ID] = short[part.Group.ID] || l.State == Behind || l.State == Missed
		}
	}
	for _, g := range groups {
		if stated[g.ID] {
			s.Known = true
			s.add(g.ID, !short[g.ID])
		}
	}
	return s
}

// final counts the groups that have handed in what ends a programme. done is
// nil when nobody keeps it.
func final(groups []supervision.Group, done map[record.ID]bool) Standing {
	s := Standing{Standard: FinalReport, Known: done != nil}
	for _, g := range groups {
		if s.Known {
			s.add(g.ID, done[g.ID])
		}
	}
	return s
}
