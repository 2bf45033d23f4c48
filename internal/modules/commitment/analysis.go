package commitment

import (
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
)

// Category is a kind of cause.
type Category string

// The kinds of causes.
const (
	Method       Category = "method"       // how supervision is given
	Fit          Category = "fit"          // of the supervisor and the group
	Organisation Category = "organisation" // dates, places, travel
	Composition  Category = "composition"  // of the group
	Expectations Category = "expectations" // what the bodies were told
	Elsewhere    Category = "elsewhere"
)

// Categories lists them in the order of every list on screen.
var Categories = []Category{Method, Fit, Organisation, Composition, Expectations, Elsewhere}

// Label is the message key of the category's name.
func (c Category) Label() string { return "commitment.cause." + string(c) }

// Cause is one reason why the commitment was broken.
type Cause struct {
	Category Category `json:"category"`
	Text     string   `json:"text"`
}

// Analysis is why the commitment of a programme was broken. There is one a
// programme; it opens with the first rating that breaks it.
type Analysis struct {
	record.Row
	ProgrammeID record.ID            `db:"programme_id"`
	Due         civil.Date           `db:"due"` // none when the profile gives no term
	Days        int                  `db:"days"`
	Causes      record.JSON[[]Cause] `db:"causes"`
	Summary     text.Localized       `db:"summary"` // for the public: no names
	WrittenBy   string               `db:"written_by"`
	WrittenAt   record.Time          `db:"written_at"`
}

// Written reports whether the causes were written down.
func (a Analysis) Written() bool { return len(a.Causes.V) > 0 }

// AnalysisInput is what a person says of the causes.
type AnalysisInput struct {
	Causes  []Cause        `json:"causes"`
	Summary text.Localized `json:"summary" doc:"For the yearly report: without names"`
}

func (in AnalysisInput) check() error {
	var wrong fault.Fields
	if len(in.Causes) == 0 {
		wrong.Add("causes", "commitment.no_causes")
	}
	for _, c := range in.Causes {
		if !slices.Contains(Categories, c.Category) || c.Text == "" {
			wrong.Add("causes", "commitment.cause_incomplete")
			break
		}
	}
	return wrong.Err()
}

// Progress says how far an improvement action has come.
type Progress string

// How far an action may have come.
const (
	Planned Progress = "planned"
	Done    Progress = "done"
	Dropped Progress = "dropped"
)

// Progresses lists them in order.
var Progresses = []Progress{Planned, Done, Dropped}

// Label is the message key of the progress's name.
func (p Progress) Label() string { return "commitment.progress." + string(p) }

// Action is something that is done so that it goes better.
type Action struct {
	record.Row
	ProgrammeID record.ID      `db:"programme_id"`
	What        text.Localized `db:"what"`
	Owner       string         `db:"owner"`
	Due         civil.Date     `db:"due"`
	Progress    Progress       `db:"progress"`
	Evidence    string         `db:"evidence"`  // what shows that it was done: a document, a decision
	FollowUp    string         `db:"follow_up"` // what came of it
}

// Href is the page of the action.
func (a Action) Href() string { return "/supervision/improvements/" + a.ID.String() }

// Counts reports whether the action has what closing a programme asks for.
func (a Action) Counts() bool { return a.Progress != Dropped && a.Owner != "" && !a.Due.IsZero() }

// ActionInput is what a person says of an action.
type ActionInput struct {
	What     text.Localized `json:"what"`
	Owner    string         `json:"owner"`
	Due      civil.Date     `json:"due"`
	Progress Progress       `json:"progress"`
	Evidence string         `json:"evidence"`
	FollowUp string         `json:"follow_up"`
}

func (in ActionInput) check() error {
	var wrong fault.Fields
	if in.Progress == Done && in.Evidence == "" {
		wrong.Add("evidence", "commitment.no_evidence")
	}
	if in.Progress == Dropped && in.FollowUp == "" {
		wrong.Add("follow_up", "commitment.no_follow_up")
	}
	return wrong.Err()
}

func (a *Action) fill(in ActionInput) {
	a.What, a.Owner, a.Due, a.Progress, a.Evidence, a.FollowUp = in.What, in.Owner, in.Due, in.Progress, in.Evidence, in.FollowUp
}
