package calls

import (
	"context"
	"fmt"
	"slices"

	"bastida/engine/deadline"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Application is what one body, alone or for several, asks of a call. It
// belongs to the body that convenes; BodyID is the body that applies.
type Application struct {
	record.Row
	CallID   record.ID `db:"call_id"`
	BodyID   record.ID `db:"body_id"`
	BodyCode string    `db:"body_code"`
	BodyName string    `db:"body_name"`
	BodyFold string    `db:"body_fold"`
	Area     string    `db:"area"`
	Slot     int       `db:"slot"`   // which of the applications that the call allows a body
	Number   string    `db:"number"` // given when first filed: 2020-20270-0042
	State    State     `db:"state"`

	Content
	Professionals int `db:"professionals"` // the sum of Content.Team

	SubmittedAt   record.Time                   `db:"submitted_at"` // first filing
	FiledOn       civil.Date                    `db:"filed_on"`
	Hash          string                        `db:"receipt_hash"` // of the last receipt
	ResolveBy     record.JSON[*deadline.Result] `db:"resolve_by"`
	ResolveOn     civil.Date                    `db:"resolve_on"` // its effective date, to search and sort by
	Amendment     string                        `db:"amendment"`
	AmendBy       record.JSON[*deadline.Result] `db:"amend_by"`
	AmendOn       civil.Date                    `db:"amend_on"`
	Reasons       text.Localized                `db:"reasons"` // of the exclusion, or of the outcome
	Outcome       State                         `db:"outcome"` // proposed; empty while nothing is
	Hours         int                           `db:"hours"`   // of the group it would be in
	GroupID       record.ID                     `db:"group_id"`
	GroupLabel    string                        `db:"group_label"`
	ProposedBy    record.ID                     `db:"proposed_by"`
	Points        int                           `db:"points"`
	Incomplete    bool                          `db:"incomplete"` // filed with a condition that must be corrected
	ResolvedAt    record.Time                   `db:"resolved_at"`
	NotifiedAt    record.Time                   `db:"notified_at"`
	AcceptBy      record.JSON[*deadline.Result] `db:"accept_by"`
	AcceptOn      civil.Date                    `db:"accept_on"`
	AcceptedAt    record.Time                   `db:"accepted_at"`
	AcceptedHow   string                        `db:"accepted_how"` // express or tacit
	RenounceCause string                        `db:"renounce_cause"`
}

// Content is what the body fills in.
type Content struct {
	Modality     string                   `db:"modality" json:"modality"`
	Team         record.JSON[Team]        `db:"team" json:"team"` // people by profession
	Consent      bool                     `db:"consent" json:"consent"`
	Joint        record.JSON[[]JointBody] `db:"joint" json:"joint"`
	ContactName  string                   `db:"contact_name" json:"contact_name"`
	ContactEmail string                   `db:"contact_email" json:"contact_email"`
	ContactPhone string                   `db:"contact_phone" json:"contact_phone"`
	Remarks      string                   `db:"remarks" json:"remarks"`
}

// JointBody is one of the other bodies of a joint application.
type JointBody struct {
	BodyID record.ID `json:"body"`
	Code   string    `json:"code"`
	Name   string    `json:"name"`
}

// Team is how many people of each profession take part.
type Team struct {
	SocialWorkers   int `json:"social_workers"`
	SocialEducators int `json:"social_educators"`
	Psychologists   int `json:"psychologists"`
	Lawyers         int `json:"lawyers"`
	FamilyWorkers   int `json:"family_workers"`
	Administratives int `json:"administratives"`
	Others          int `json:"others"`
}

// Profession is one line of a team. Its name is also that of the question about
// it in annexes.
type Profession struct {
	Name  string
	Count *int
}

// Professions lists the lines of the team in their order.
func (t *Team) Professions() []Profession {
	return []Profession{
		{"social_workers", &t.SocialWorkers},
		{"social_educators", &t.SocialEducators},
		{"psychologists", &t.Psychologists},
		{"lawyers", &t.Lawyers},
		{"family_workers", &t.FamilyWorkers},
		{"administratives", &t.Administratives},
		{"others", &t.Others},
	}
}

// Total is how many people the team has.
func (t Team) Total() (total int) {
	for _, p := range t.Professions() {
		total += *p.Count
	}
	return total
}

// State says how far an application has come.
type State string

// The states of an application.
const (
	Draft         State = "draft"
	Submitted     State = "submitted" // filed, with a receipt
	Amending      State = "amending"  // filed, and waiting for the body to correct it
	Admitted      State = "admitted"
	Excluded      State = "excluded" // not admitted, with the reason
	Proposed      State = "proposed" // an outcome is proposed
	Granted       State = "granted"
	PartlyGranted State = "partly_granted"
	Denied        State = "denied"
	Waiting       State = "waiting" // on the waiting list
	Accepted      State = "accepted"
	Renounced     State = "renounced"
	Withdrawn     State = "withdrawn"
	Lapsed        State = "lapsed" // not corrected in time: taken as withdrawn
)

// Outcomes are what a resolution may say.
var Outcomes = []State{Granted, PartlyGranted, Denied, Waiting}

// States lists them in order.
var States = []State{
	Draft, Submitted, Amending, Admitted, Excluded, Proposed, Granted, PartlyGranted, Denied, Waiting, Accepted, Renounced, Withdrawn, Lapsed,
}

// LiveStates lists those in which it takes its place; an index has the same list.
func LiveStates() []State { return States[:slices.Index(States, Withdrawn)] }

// How an application was accepted.
const (
	Express = "express"
	Tacit   = "tacit"
)

var life = flow.Machine[Application, State]{
	Subject: "calls.application",
	State:   func(a *Application) *State { return &a.State },
	Place:   func(a *Application) access.Place { return a.Place() },
	Steps: []flow.Step[Application, State]{
		{Name: "submit", From: []State{Draft, Amending}, To: Submitted, Perm: Apply, Primary: true},
		{Name: "request_amendment", From: []State{Submitted}, To: Amending, Perm: Manage},
		{Name: "lapse", From: []State{Amending}, To: Lapsed, Perm: byClock, Auto: true},
		{Name: "admit", From: []State{Submitted, Excluded}, To: Admitted, Perm: Manage, Primary: true, When: (*Application).notResolved},
		{Name: "exclude", From: []State{Submitted, Admitted, Proposed}, To: Excluded, Perm: Manage, Danger: true},
		{Name: "propose", From: []State{Admitted, Proposed}, To: Proposed, Perm: Manage},
		{Name: "grant", From: []State{Proposed}, To: Granted, Perm: Approve, Auto: true},
		{Name: "partly_grant", From: []State{Proposed}, To: PartlyGranted, Perm: Approve, Auto: true},
		{Name: "deny", From: []State{Proposed}, To: Denied, Perm: Approve, Auto: true},
		{Name: "wait", From: []State{Proposed}, To: Waiting, Perm: Approve, Auto: true},
		{Name: "confirm_exclusion", From: []State{Excluded}, To: Excluded, Perm: Approve, Auto: true},
		{Name: "accept", From: []State{Granted, PartlyGranted}, To: Accepted, Perm: Apply, Primary: true},
		{Name: "accept_tacitly", From: []State{Granted, PartlyGranted}, To: Accepted, Perm: byClock, Auto: true},
		{Name: "renounce", From: []State{Granted, PartlyGranted}, To: Renounced, Perm: Apply, Danger: true},
		{Name: "withdraw", From: []State{Draft, Submitted, Amending, Admitted}, To: Withdrawn, Perm: Apply, Danger: true},
	},
}

// Choices are the steps that the actor may be offered.
func (a Application) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &a) }

// Resolving is the step that turns a proposed outcome into the outcome.
var Resolving = map[State]string{Granted: "grant", PartlyGranted: "partly_grant", Denied: "deny", Waiting: "wait", Excluded: "confirm_exclusion"}

// Place is where the application lies, for permissions.
func (a Application) Place() access.Place { return access.Place{Body: a.BodyID} }

// Ref names the application to whoever hangs something on it.
func (a Application) Ref() record.Ref { return record.Ref{Kind: "calls_application", ID: a.ID} }

// Href is the page of the application.
func (a Application) Href() string { return "/applications/" + a.ID.String() }

// Editable reports whether the body may change what it asks.
func (a Application) Editable() bool { return a.State == Draft || a.State == Amending }

// Filed reports whether the application was ever presented.
func (a Application) Filed() bool { return a.Number != "" }

// Told reports whether the body knows the outcome.
func (a Application) Told() bool { return !a.NotifiedAt.IsZero() }

// Live reports whether the application still takes its place in the call.
func (a Application) Live() bool { return slices.Contains(LiveStates(), a.State) }

func (a *Application) notResolved() error {
	if !a.ResolvedAt.IsZero() {
		return fault.New(fault.Conflict, "calls.already_resolved")
	}
	return nil
}

// fill takes over what the body filled in, while it may.
func (a *Application) fill(c Content) error {
	if !a.Editable() {
		return fault.New(fault.Conflict, "calls.not_editable")
	}
	a.Content, a.Professionals = c, c.Team.V.Total()
	return nil
}

// numbered gives the application its number, once.
func (a *Application) numbered(call Call, n int) {
	if a.Number == "" {
		a.Number = fmt.Sprintf("%s-%04d", call.Code, n)
	}
}

// settle takes the steps that the clock has taken since. A term ends with its
// last day.
func (a *Application) settle(ctx context.Context, now record.Time, today civil.Date) {
	ctx = asClock(ctx, a.TenantID)
	switch {
	case a.State == Amending && today.After(a.AmendOn):
		_ = life.Move(ctx, a, "lapse")
	case (a.State == Granted || a.State == PartlyGranted) && !a.AcceptOn.IsZero() && today.After(a.AcceptOn):
		if life.Move(ctx, a, "accept_tacitly") == nil {
			a.AcceptedAt, a.AcceptedHow = now, Tacit
		}
	}
}

// asClock acts as the program itself, for the steps that no person takes.
func asClock(ctx context.Context, tenant record.ID) context.Context {
	return actor.AsSystem(ctx, tenant, "clock")
}

// Outcome is what is proposed for one application.
type Outcome struct {
	ApplicationID record.ID
	Outcome       State          // one of Outcomes
	Reasons       text.Localized // shown to the body as they are
	Hours         int            // of the group; zero when denied
	GroupID       record.ID      // may be empty
	GroupLabel    string
}

// propose notes a proposed outcome.
func (a *Application) propose(o Outcome, by record.ID) error {
	if !slices.Contains(Outcomes, o.Outcome) {
		return fault.New(fault.Invalid, "calls.no_outcome")
	}
	if len(o.Reasons) == 0 || o.Reasons.In("") == "" {
		return fault.New(fault.Invalid, "calls.reasons_needed", "body", a.BodyName)
	}
	a.Outcome, a.Reasons, a.Hours = o.Outcome, o.Reasons, o.Hours
	a.GroupID, a.GroupLabel, a.ProposedBy = o.GroupID, o.GroupLabel, by
	return nil
}

// AnnexRef is what the sheet of an annex hangs on: each annex is one of its own.
func AnnexRef(a Application, code string) record.Ref {
	return record.Ref{Kind: "calls_application/" + code, ID: a.ID}
}
