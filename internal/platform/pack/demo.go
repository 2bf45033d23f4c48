package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"bastida/internal/kernel/civil"
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

// DemoSeason is an invented season of supervision: what happened, and what was
// planned.
type DemoSeason struct {
	Programme struct {
		Title      string     `json:"title"`
		Season     string     `json:"season"`
		Territory  string     `json:"territory"`
		Profile    string     `json:"profile"`
		Origin     string     `json:"origin"`
		OriginNote string     `json:"origin_note"`
		Starts     civil.Date `json:"starts"`
		Ends       civil.Date `json:"ends"`
		Opened     civil.Date `json:"opened"`
	} `json:"programme"`
	Figures     []DemoFigure     `json:"figures"`
	Contracts   []DemoContract   `json:"contracts"`
	Supervisors []DemoSupervisor `json:"supervisors"`
	Groups      []DemoGroup      `json:"groups"`
	Evaluation  struct {
		Opened   civil.Date `json:"opened"` // no day: there was none
		AnswerBy civil.Date `json:"answer_by"`
	} `json:"evaluation"`
}

// DemoFigure states a figure of a profile.
type DemoFigure struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Source string  `json:"source"`
}

// DemoContract is an invented contract.
type DemoContract struct {
	Provider  string     `json:"provider"`
	Scheme    string     `json:"scheme"`
	Reference string     `json:"reference"`
	SignedOn  civil.Date `json:"signed_on"`
	Hours     float64    `json:"hours"`
	Price     float64    `json:"price"`
	Document  string     `json:"document"`
}

// DemoSupervisor is an invented supervisor.
type DemoSupervisor struct {
	Email       string   `json:"email"`
	Name        string   `json:"name"`
	Profession  string   `json:"profession"`
	Provider    string   `json:"provider"`
	External    bool     `json:"external"`
	Languages   []string `json:"languages"`
	Areas       []string `json:"areas"`
	Home        string   `json:"home"`
	WeeklyHours float64  `json:"weekly_hours"`
	SeasonHours float64  `json:"season_hours"`
}

// DemoGroup is an invented group with its people and its sessions.
type DemoGroup struct {
	Name       string   `json:"name"`
	Kind       string   `json:"kind"`
	Place      string   `json:"place"`
	Language   string   `json:"language"`
	Hours      float64  `json:"hours"`
	Supervisor string   `json:"supervisor"` // by address; empty while nobody is allocated
	Goals      []string `json:"goals"`
	Bodies     []struct {
		Code          string `json:"code"`
		Professionals int    `json:"professionals"`
	} `json:"bodies"`
	People   []DemoParticipant  `json:"people"`
	Sessions []DemoSession      `json:"sessions"`
	Ratings  map[string]float64 `json:"ratings"` // half-way, by code of the body
}

// DemoParticipant is an invented person of a group.
type DemoParticipant struct {
	Name       string `json:"name"`
	Email      string `json:"email"`
	Profession string `json:"profession"`
	Body       string `json:"body"`
}

// DemoSession is a session and who was not there as usual, by address.
type DemoSession struct {
	Day     civil.Date `json:"day"`
	Start   string     `json:"start"` // as a clock shows it
	Minutes int        `json:"minutes"`
	Absent  []string   `json:"absent"`
	Excused []string   `json:"excused"`
	Late    []string   `json:"late"`
}

// DemoSeasons returns the invented seasons; most packs have none.
func (p *Pack) DemoSeasons() (found []DemoSeason, err error) {
	names, err := fs.Glob(p.files, p.Code+"/demo/season-*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		raw, err := fs.ReadFile(p.files, name)
		if err != nil {
			return nil, fmt.Errorf("pack: %w", err)
		}
		var s DemoSeason
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		if err := d.Decode(&s); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		found = append(found, s)
	}
	return found, nil
}
