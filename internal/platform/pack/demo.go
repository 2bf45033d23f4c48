package pack

import (
	"io/fs"
	"strings"
	"time"
)

// DemoPerson is an invented user of the demonstration.
type DemoPerson struct {
	Key, Body, Name, Role, Unit, Email, Language string
}

// DemoApplication is an invented application to the call of 2020.
type DemoApplication struct {
	Code            string // of the body that files it
	Modality        string
	Consent         bool // to be grouped with others
	SocialWorkers   int
	SocialEducators int
	Psychologists   int
	Lawyers         int
	FamilyWorkers   int
	Administratives int
	FiledAt         time.Time // in the zone of the pack
	Days            []string
	Needs           string
	JointWith       []string // codes of the other bodies of a joint application
	OutcomeHint     string   // what the demonstration should do with it: refuse, amend, withdraw or nothing
	Note            string
}

// DemoPeople returns the invented users of every pack.
func (s *Set) DemoPeople() ([]DemoPerson, error) {
	return readCSV(s.files, "shared/demo/people.csv", personColumns, func(l *line) DemoPerson {
		return DemoPerson{
			Key: l.required("key"), Body: l.required("body"), Name: l.required("name"), Role: l.required("role"),
			Unit: l.text("unit"), Email: l.required("email"), Language: l.required("language"),
		}
	})
}

var personColumns = []string{"key", "body", "name", "role", "unit", "email", "language"}

// DemoApplications returns the invented applications; most packs have none.
func (p *Pack) DemoApplications() ([]DemoApplication, error) {
	names, err := fs.Glob(p.files, p.Code+"/demo/applications-*.csv")
	if err != nil {
		return nil, err
	}
	var found []DemoApplication
	for _, name := range names {
		rows, err := readCSV(p.files, name, applicationColumns, p.parseApplication)
		if err != nil {
			return nil, err
		}
		found = append(found, rows...)
	}
	return found, nil
}

var applicationColumns = []string{
	"code", "modality", "consent", "social_workers", "social_educators", "psychologists", "lawyers", "family_workers",
	"administratives", "filed_at", "days", "needs", "joint_with", "outcome_hint", "note",
}

func (p *Pack) parseApplication(l *line) DemoApplication {
	return DemoApplication{
		Code: l.required("code"), Modality: l.required("modality"), Consent: l.oneOf("consent", []string{"yes", "no"}) == "yes",
		SocialWorkers: l.integer("social_workers"), SocialEducators: l.integer("social_educators"),
		Psychologists: l.integer("psychologists"), Lawyers: l.integer("lawyers"),
		FamilyWorkers: l.integer("family_workers"), Administratives: l.integer("administratives"),
		FiledAt: l.instant("filed_at", p.Zone), Days: list(l.text("days")), Needs: l.text("needs"),
		JointWith: list(l.text("joint_with")), OutcomeHint: l.oneOf("outcome_hint", []string{"", "refuse", "amend", "withdraw"}),
		Note: l.text("note"),
	}
}

// list cuts a cell that holds several values.
func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}
