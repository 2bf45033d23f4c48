package instruments

import (
	"net/url"
	"slices"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/rule"
)

// Sheet is an instrument being answered, or answered, for a subject.
type Sheet struct {
	record.Row
	SubjectKind string                          `db:"subject_kind"`
	SubjectID   record.ID                       `db:"subject_id"`
	BodyID      record.ID                       `db:"body_id"`
	Code        string                          `db:"code"`
	Edition     int                             `db:"edition"` // version of the instrument
	State       State                           `db:"state"`
	Typed       record.JSON[url.Values]         `db:"typed,secret"`
	Answers     record.JSON[rule.Facts]         `db:"answers,secret"`
	Scores      record.JSON[map[string]float64] `db:"scores"`
	CompletedAt record.Time                     `db:"completed_at"`
}

// State says how far a sheet has come.
type State string

// The states of a sheet.
const (
	Open     State = "draft"    // whatever was typed is kept
	Complete State = "complete" // everything required was answered; scores are computed
)

// life has no permissions: the module that owns the subject decides first.
var life = flow.Machine[Sheet, State]{
	Subject: "instruments.sheet",
	State:   func(s *Sheet) *State { return &s.State },
	Place:   func(s *Sheet) access.Place { return access.Place{Body: s.BodyID} },
	Steps: []flow.Step[Sheet, State]{
		{Name: "complete", From: []State{Open}, To: Complete, Perm: access.Public, Auto: true},
		{Name: "reopen", From: []State{Complete}, To: Open, Perm: access.Public, Auto: true},
	},
}

// Subject returns the record that the sheet is about.
func (s Sheet) Subject() record.Ref { return record.Ref{Kind: s.SubjectKind, ID: s.SubjectID} }

// Values returns the answers, ready to be used in expressions: int64 for
// numbers and scales, bool, string, and []string for several options. Answers
// that were not understood and items that do not apply are left out, so in a
// draft it holds what can be told so far.
func (s Sheet) Values() rule.Facts { return s.Answers.V }

// mostTyped bounds what a sheet keeps, in bytes: far more than any person
// types, so that a program cannot fill the database.
const mostTyped = 500_000

// keep takes over what was typed into the items that the form showed. What was
// typed earlier into items that the form did not show stays.
func (s *Sheet) keep(in Instrument, typed url.Values) error {
	if s.State != Open {
		return fault.New(fault.Conflict, "instruments.sheet_complete")
	}
	shown := in.read(s.Typed.V).applies
	kept, size := url.Values{}, 0
	for item := range in.items() {
		name := field(item.Code)
		texts := typed[name]
		if !shown[item.Code] && texts == nil {
			texts = s.Typed.V[name]
		}
		if texts == nil {
			continue
		}
		kept[name] = slices.Clone(texts)
		for _, text := range texts {
			size += len(text)
		}
	}
	if size > mostTyped {
		return fault.New(fault.Invalid, "instruments.too_much")
	}
	s.Typed.V, s.Answers.V = kept, in.read(kept).answers
	return nil
}

// finish takes the answers as they stand and computes the scores. A score that
// lacks an optional answer is left out.
func (s *Sheet) finish(in Instrument, now record.Time) error {
	r := in.read(s.Typed.V)
	if err := r.wrong.Err(); err != nil {
		return err
	}
	s.Answers.V, s.Scores.V, s.CompletedAt = r.answers, map[string]float64{}, now
	for _, result := range in.results(r.answers) {
		if result.Known {
			s.Scores.V[result.Code] = result.Value
		}
	}
	return nil
}

// unfinish takes back what completing added.
func (s *Sheet) unfinish() {
	s.Scores.V, s.CompletedAt = map[string]float64{}, record.Time{}
}
