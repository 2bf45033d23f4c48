package supervisors

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Kind is what a piece of evidence speaks of.
type Kind string

// The kinds of evidence. OwnSupervision is the supervision that the supervisor
// has: with whom, how often, and when last.
const (
	SupervisorTraining Kind = "supervisor_training"
	TrainerTraining    Kind = "trainer_training"
	Teaching           Kind = "teaching"
	Experience         Kind = "experience"
	OwnSupervision     Kind = "own_supervision"
)

// Kinds lists them in the order of the checklist.
var Kinds = []Kind{SupervisorTraining, TrainerTraining, Teaching, Experience, OwnSupervision}

// Seen is what the verifier had before their eyes.
type Seen string

// What can be seen.
const (
	Original  Seen = "original"
	Copy      Seen = "copy"
	Confirmed Seen = "confirmed" // whoever issued it, or works there, confirmed it
)

// Evidence is one thing that speaks for a supervisor. Nobody has verified it
// while Verifier is empty.
type Evidence struct {
	record.Row
	SupervisorID record.ID  `db:"supervisor_id"`
	Kind         Kind       `db:"kind"`
	Title        string     `db:"title"`
	Institution  string     `db:"institution"`
	Hours        int        `db:"hours"` // zero when not stated
	Date         civil.Date `db:"date"`  // of the document; of own supervision, the last session
	Expires      civil.Date `db:"expires"`
	Person       string     `db:"person"`    // own supervision: with whom
	Frequency    string     `db:"frequency"` // own supervision: how often
	AddedBy      string     `db:"added_by"`
	VerifierID   record.ID  `db:"verifier_id"`
	Verifier     string     `db:"verifier"`
	VerifiedOn   civil.Date `db:"verified_on"`
	Seen         Seen       `db:"seen"`
	Note         string     `db:"note"` // what the verifier adds
}

// Verified reports whether a person of the body has seen it.
func (e Evidence) Verified() bool { return e.VerifierID != "" }

// Expired reports whether it held once and no longer does.
func (e Evidence) Expired(today civil.Date) bool {
	return !e.Expires.IsZero() && e.Expires.Before(today)
}

// Ref points at the record, for its documents.
func (e Evidence) Ref() record.Ref { return record.Ref{Kind: "supervisors_evidence", ID: e.ID} }

// EvidenceInput is a new piece of evidence.
type EvidenceInput struct {
	Kind        Kind       `json:"kind"`
	Title       string     `json:"title"`
	Institution string     `json:"institution"`
	Hours       int        `json:"hours" doc:"Zero when not stated"`
	Date        civil.Date `json:"date"`
	Expires     civil.Date `json:"expires"`
	Person      string     `json:"person" doc:"Own supervision: with whom"`
	Frequency   string     `json:"frequency" doc:"Own supervision: how often"`
}

// check refuses what nobody could verify.
func (in EvidenceInput) check(today civil.Date) error {
	var wrong fault.Fields
	if in.Date.After(today) {
		wrong.Add("date", "supervisors.in_the_future")
	}
	if !in.Expires.IsZero() && in.Expires.Before(in.Date) {
		wrong.Add("expires", "supervisors.expires_before")
	}
	if in.Kind == OwnSupervision {
		for name, typed := range map[string]string{"person": in.Person, "frequency": in.Frequency} {
			if strings.TrimSpace(typed) == "" {
				wrong.Add(name, "form.required")
			}
		}
	}
	return wrong.Err()
}

func (in EvidenceInput) evidence(supervisor record.ID, by string) Evidence {
	e := Evidence{
		SupervisorID: supervisor, Kind: in.Kind, Title: strings.TrimSpace(in.Title), Institution: strings.TrimSpace(in.Institution),
		Hours: in.Hours, Date: in.Date, Expires: in.Expires, AddedBy: by,
	}
	if in.Kind == OwnSupervision {
		e.Person, e.Frequency = strings.TrimSpace(in.Person), strings.TrimSpace(in.Frequency)
	}
	return e
}

// VerificationInput is what a person of the body saw, and when.
type VerificationInput struct {
	On   civil.Date `json:"on"`
	Seen Seen       `json:"seen"`
	Note string     `json:"note"`
}

func (in VerificationInput) check(today civil.Date) error {
	var wrong fault.Fields
	if in.On.After(today) {
		wrong.Add("on", "supervisors.in_the_future")
	}
	return wrong.Err()
}

// Verifier is the person who says that they saw it.
type Verifier struct {
	ID    record.ID
	Name  string
	Email string
}

// verify writes down who saw it. Safety: nobody vouches for themselves, with
// their account or with an account of the same address.
func (e *Evidence) verify(of Supervisor, by Verifier, in VerificationInput) error {
	if by.ID == "" {
		return fault.New(fault.Forbidden, "supervisors.verifier_person")
	}
	if by.ID == of.UserID || by.Email == of.Email {
		return fault.New(fault.Conflict, "supervisors.verifier_oneself")
	}
	if e.Verified() {
		return fault.New(fault.Conflict, "supervisors.verified_already", "name", e.Verifier, "date", e.VerifiedOn)
	}
	e.VerifierID, e.Verifier, e.VerifiedOn, e.Seen, e.Note = by.ID, by.Name, in.On, in.Seen, strings.TrimSpace(in.Note)
	return nil
}

// unverify takes back what was said to have been seen.
func (e *Evidence) unverify() error {
	if !e.Verified() {
		return fault.New(fault.Conflict, "supervisors.not_verified")
	}
	e.VerifierID, e.Verifier, e.VerifiedOn, e.Seen, e.Note = "", "", civil.Date{}, "", ""
	return nil
}

// open refuses to touch the documents of what was verified: they are what the
// verifier saw.
func (e Evidence) open() error {
	if e.Verified() {
		return fault.New(fault.Conflict, "supervisors.documents_kept")
	}
	return nil
}
