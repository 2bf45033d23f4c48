package certificates

import (
	"context"
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// State says whether a certificate stands.
type State string

// The states of a certificate.
const (
	Valid     State = "valid"
	Replaced  State = "replaced" // by a correction, which names it
	Withdrawn State = "withdrawn"
)

// Certificate says what somebody attended. What it says is never changed.
type Certificate struct {
	record.Row
	ProgrammeID  record.ID            `db:"programme_id"`
	PersonID     record.ID            `db:"person_id"` // a participation of theirs
	UserID       record.ID            `db:"user_id"`   // their account; may be empty
	Email        string               `db:"email"`
	Name         string               `db:"name"`
	NameFold     string               `db:"name_fold"`
	Kind         profiles.Kind        `db:"kind"`
	Year         int                  `db:"year"`
	Number       int                  `db:"number"` // within the year
	Code         string               `db:"code"`   // with which anybody may ask whether it stands
	Content      record.JSON[Content] `db:"content"`
	SHA256       string               `db:"sha256"` // of the document
	State        State                `db:"state"`
	IssuedAt     record.Time          `db:"issued_at"`
	IssuedBy     string               `db:"issued_by"`
	Corrects     record.ID            `db:"corrects"`
	ReplacedBy   record.ID            `db:"replaced_by"`
	WithdrawnAt  record.Time          `db:"withdrawn_at"`
	WithdrawnWhy string               `db:"withdrawn_why"`
}

// Content is what a certificate says, as it was on the day.
type Content struct {
	Issuer     string                `json:"issuer"`
	Language   string                `json:"language"`
	Person     string                `json:"person"`
	Profession profession.Profession `json:"profession"`
	Body       string                `json:"body"`
	Employer   string                `json:"employer"`
	Programme  string                `json:"programme"`
	Season     string                `json:"season"`
	Kind       profiles.Kind         `json:"kind"`
	Action     string                `json:"action"`
	Minutes    int                   `json:"minutes"`
	Held       int                   `json:"held"`
	Threshold  coverage.Threshold    `json:"threshold"`
	Parts      []ContentPart         `json:"parts"`
	Corrects   string                `json:"corrects"` // number of the certificate that this one corrects
	On         civil.Date            `json:"on"`
	By         string                `json:"by"`
}

// ContentPart is what was attended in one group.
type ContentPart struct {
	Group      string           `json:"group"`
	Supervisor string           `json:"supervisor"`
	Minutes    int              `json:"minutes"`
	Held       int              `json:"held"`
	Visits     []coverage.Visit `json:"visits"`
	Earned     *Earned          `json:"earned"` // nil where the rules know of no credit
}

// Full is the number as people say it.
func (c Certificate) Full() string { return strconv.Itoa(c.Number) + "/" + strconv.Itoa(c.Year) }

// Href is the page of the certificate.
func (c Certificate) Href() string { return "/supervision/certificates/" + c.ID.String() }

// Check is the public page that says whether it stands.
func (c Certificate) Check() string { return "/certificates/" + c.Code }

// Ref names the certificate to its document.
func (c Certificate) Ref() record.Ref { return record.Ref{Kind: "certificates_certificate", ID: c.ID} }

// Place is where the certificate lies: with whom it is about.
func (c Certificate) Place() access.Place { return access.Place{People: []record.ID{c.UserID}} }

// Choices are the steps that the actor may be offered.
func (c Certificate) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &c) }

var life = flow.Machine[Certificate, State]{
	Subject: "certificates.certificate",
	State:   func(c *Certificate) *State { return &c.State },
	Place:   func(*Certificate) access.Place { return access.Place{} },
	Steps: []flow.Step[Certificate, State]{
		{Name: "correct", From: []State{Valid}, To: Replaced, Perm: Issue},
		{Name: "withdraw", From: []State{Valid}, To: Withdrawn, Perm: Issue, Danger: true},
	},
}

// Named is the programme with its season, which the title may say already.
func (c Content) Named() string {
	if strings.Contains(c.Programme, c.Season) {
		return c.Programme
	}
	return c.Programme + ", " + c.Season
}

// contentOf is what a line says on the day, for its certificate.
func contentOf(l coverage.Line, earned func(coverage.Part) *Earned) Content {
	c := Content{
		Person: l.Person.Name, Profession: l.Person.Profession, Body: l.Person.BodyName, Employer: l.Person.Employer,
		Kind: l.Kind, Action: l.Action, Minutes: l.Minutes, Held: l.Held, Threshold: l.Threshold,
	}
	for _, part := range l.Parts {
		if part.Minutes == 0 {
			continue
		}
		c.Parts = append(c.Parts, ContentPart{
			Group: part.Group.Name, Supervisor: part.Group.SupervisorName, Minutes: part.Minutes, Held: part.Held,
			Visits: part.Visits, Earned: earned(part),
		})
	}
	return c
}
