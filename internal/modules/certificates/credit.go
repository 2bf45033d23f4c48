package certificates

import (
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// Credit is the type of training credit that a group's sessions give. The
// professional order has one application, value and cap for each.
type Credit string

// The types of credit. Undecided is a group of which who is in it, or who
// supervises it, is not known yet.
const (
	IndividualCredit Credit = "individual"
	MonoCredit       Credit = "mono"  // social workers only, supervised by one
	OtherCredit      Credit = "other" // everything else
	Undecided        Credit = ""
)

// Label is the message key of the type's name.
func (c Credit) Label() string {
	if c == Undecided {
		return "certificates.credit.undecided"
	}
	return "certificates.credit." + string(c)
}

// kind is the kind of supervision under which the rules keep the credit of an
// hour.
func (c Credit) kind() profiles.Kind {
	switch c {
	case IndividualCredit:
		return profiles.Individual
	case MonoCredit:
		return profiles.MonoProfessional
	case OtherCredit, Undecided:
	}
	return profiles.MultiProfessional
}

// CreditOf derives the type from two facts: whether the group is mixed, and the
// profession of its supervisor.
func CreditOf(kind profiles.Kind, people []profession.Profession, supervisor profession.Profession) Credit {
	mixed := slices.ContainsFunc(people, func(p profession.Profession) bool { return p != profession.SocialWorker })
	switch {
	case kind == profiles.Individual:
		return IndividualCredit
	case mixed:
		return OtherCredit
	case len(people) == 0 || supervisor == "":
		return Undecided
	case supervisor == profession.SocialWorker:
		return MonoCredit
	}
	return OtherCredit
}

// composition is the professions of those who are in a group, or were when it
// met.
func composition(group record.ID, people []supervision.Participant, meetings []coverage.Meeting) (found []profession.Profession) {
	for _, p := range people {
		met := func(m coverage.Meeting) bool { return m.Group == group && p.On(m.Day) }
		if p.GroupID == group && (p.Left.IsZero() || slices.ContainsFunc(meetings, met)) {
			found = append(found, p.Profession)
		}
	}
	return found
}

// GivesCredit reports whether the rules know of credit at all.
func GivesCredit(rules profiles.Profile) bool {
	return slices.ContainsFunc(rules.Figures, func(f profiles.Figure) bool { return f.Key == profiles.CreditPerHour })
}

// Accreditation is that the order recognised the sessions of a group before
// they began.
type Accreditation struct {
	record.Row
	ProgrammeID record.ID  `db:"programme_id"`
	GroupID     record.ID  `db:"group_id"`
	Credit      Credit     `db:"credit"` // derived on the day of the entry
	Event       string     `db:"event"`  // identifier that the order gave it
	By          string     `db:"accredited_by"`
	On          civil.Date `db:"accredited_on"`
	Minutes     int        `db:"minutes"`
	EnteredBy   string     `db:"entered_by"`
}

// AccreditationInput is what is entered of an accreditation. Its type is not
// asked.
type AccreditationInput struct {
	Event string     `json:"event" doc:"Identifier that the order gave it"`
	By    string     `json:"by"`
	On    civil.Date `json:"on"`
	Hours float64    `json:"hours"`
}

// check refuses what does not count: credit is accredited before the first
// session, and never afterwards. first is zero while there is none.
func (in AccreditationInput) check(today, first civil.Date) error {
	var wrong fault.Fields
	switch {
	case in.On.After(today):
		wrong.Add("on", "certificates.accreditation.future")
	case !first.IsZero() && !in.On.Before(first):
		wrong.Add("on", "certificates.accreditation.late", "first", first)
	}
	return wrong.Err()
}

// Earned is what a participation gives of credit, or why it gives none.
type Earned struct {
	Credit  Credit   `json:"credit"`
	Event   string   `json:"event,omitempty"`
	By      string   `json:"by,omitempty"`
	Credits *float64 `json:"credits"` // nil when there are none, or nobody has stated what an hour gives
	Why     string   `json:"why,omitempty"`
}

// earn counts the credit of minutes attended in a group. Without a prior
// accreditation of the type that the group has now there is none, and what is
// not stated is not counted.
func earn(rules profiles.Profile, credit Credit, accredited []Accreditation, first civil.Date, attended int) Earned {
	e := Earned{Credit: credit}
	if credit == Undecided {
		e.Why = "certificates.earned.undecided"
		return e
	}
	e.Why = "certificates.earned.not_accredited"
	for _, a := range accredited {
		switch {
		case !first.IsZero() && !a.On.Before(first):
			e.Why = "certificates.earned.late"
			continue
		case a.Credit != credit:
			e.Why = "certificates.earned.other_type"
			continue
		}
		e.Event, e.By, e.Why = a.Event, a.By, "certificates.earned.not_stated"
		if perHour, stated := rules.Figure(profiles.CreditPerHour, credit.kind()); stated {
			credits := coverage.Hours(min(attended, a.Minutes)) * perHour
			e.Credits, e.Why = &credits, ""
		}
		return e
	}
	return e
}
