package supervision

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Programme is one season of supervision under the rules of a funder.
type Programme struct {
	record.Row
	Title       string                        `db:"title"`
	TitleFold   string                        `db:"title_fold"`
	Season      string                        `db:"season"` // as people say it: 2020, 2019-2020
	Territory   string                        `db:"territory"`
	Origin      Origin                        `db:"origin"`
	OriginNote  string                        `db:"origin_note"` // the resolution, contract or decision it comes from
	CallID      record.ID                     `db:"call_id"`     // of a resolution
	ProfileCode string                        `db:"profile_code"`
	Profile     record.JSON[profiles.Profile] `db:"profile"` // its own copy
	Starts      civil.Date                    `db:"starts"`
	Ends        civil.Date                    `db:"ends"` // the last day on which there may be a session
	State       State                         `db:"state"`
	OpenedAt    record.Time                   `db:"opened_at"`
	ClosedAt    record.Time                   `db:"closed_at"`
	ClosedBy    string                        `db:"closed_by"`

	Groups int `db:"group_count"`
}

// Origin is where a programme comes from.
type Origin string

// The origins of a programme.
const (
	FromResolution Origin = "resolution" // of a call
	FromContract   Origin = "contract"   // for the service of supervision
	FromDecision   Origin = "decision"   // of the body itself, without a funder
)

// Label is the message key of the origin's name.
func (o Origin) Label() string { return "supervision.origin." + string(o) }

// State says how far a programme has come.
type State string

// The states of a programme.
const (
	Draft     State = "draft"
	Open      State = "open"
	Closed    State = "closed"
	Cancelled State = "cancelled"
)

var life = flow.Machine[Programme, State]{
	Subject: "supervision.programme",
	State:   func(p *Programme) *State { return &p.State },
	Place:   func(*Programme) access.Place { return access.Place{} },
	Steps: []flow.Step[Programme, State]{
		{Name: "open", From: []State{Draft}, To: Open, Perm: Manage, When: (*Programme).ready, Primary: true},
		{Name: "close", From: []State{Open}, To: Closed, Perm: Manage, Danger: true},
		{Name: "cancel", From: []State{Draft}, To: Cancelled, Perm: Manage, Danger: true},
	},
}

// ready refuses to open what is not complete.
func (p *Programme) ready() error {
	switch missing := p.Profile.V.Missing(); {
	case p.Groups == 0:
		return fault.New(fault.Conflict, "supervision.no_groups")
	case len(missing) > 0:
		return fault.New(fault.Conflict, "supervision.figures_missing", "count", len(missing))
	}
	return nil
}

// Rules are the rules of the programme.
func (p Programme) Rules() profiles.Profile { return p.Profile.V }

// Href is the page of the programme.
func (p Programme) Href() string { return "/supervision/programmes/" + p.ID.String() }

// Ref names the programme to whoever hangs something on it.
func (p Programme) Ref() record.Ref { return record.Ref{Kind: "supervision_programme", ID: p.ID} }

// Choices are the steps that the actor may be offered.
func (p Programme) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &p) }

// During reports whether a day is within the programme.
func (p Programme) During(day civil.Date) bool { return !day.Before(p.Starts) && !day.After(p.Ends) }

// editable refuses to change what has ended.
func (p *Programme) editable() error {
	if p.State != Draft && p.State != Open {
		return fault.New(fault.Conflict, "supervision.ended")
	}
	return nil
}

// Hold is what keeps a programme from closing.
type Hold struct {
	Key  string // message key
	Args []any
	Href string // where it is mended
}
