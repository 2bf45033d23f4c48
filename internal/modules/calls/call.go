package calls

import (
	"context"
	"slices"
	"time"

	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Call is an offer of a resource of the catalogue to local bodies, for a time
// and under conditions. It belongs to the body that convenes it.
type Call struct {
	record.Row
	ResourceID     record.ID                `db:"resource_id"`
	Code           string                   `db:"code"` // unique in the tenant: 2020-20270
	Title          text.Localized           `db:"title"`
	TitleFold      string                   `db:"title_fold"` // in every language
	State          CallState                `db:"state"`
	Opens          civil.Date               `db:"opens"`  // the first day, from its first minute
	Closes         civil.Date               `db:"closes"` // the last day, to its last minute
	Changes        record.JSON[[]Change]    `db:"changes"`
	Resolution     record.JSON[Term]        `db:"resolution_term"` // counted from the filing
	Amendment      record.JSON[Term]        `db:"amendment_term"`  // counted from the request
	Acceptance     record.JSON[Term]        `db:"acceptance_term"` // counted from the notice; silence accepts
	MaxPerBody     int                      `db:"max_per_body"`
	HoursPerGroup  int                      `db:"hours_per_group"`
	HoursBudget    int                      `db:"hours_budget"`
	MinGroup       int                      `db:"min_group"`
	MaxGroup       int                      `db:"max_group"`
	MaxKM          float64                  `db:"max_km"`
	Modalities     record.JSON[[]string]    `db:"modalities"`
	Annexes        record.JSON[[]string]    `db:"annexes"` // codes of instruments
	Conditions     record.JSON[[]Condition] `db:"conditions"`
	Priorities     record.JSON[[]Priority]  `db:"priorities"`
	Source         string                   `db:"source"`
	ResolvedAt     record.Time              `db:"resolved_at"`
	ResolvedBy     string                   `db:"resolved_by"`
	CancelledCause string                   `db:"cancelled_cause"`
}

// CallState says how far a call has come.
type CallState string

// The states of a call.
const (
	CallDraft     CallState = "draft"     // being prepared; nobody outside sees it
	CallPublished CallState = "published" // everybody sees it; the window is still to open
	CallOpen      CallState = "open"      // bodies may file
	CallClosed    CallState = "closed"    // the window is over; applications are examined
	CallResolved  CallState = "resolved"  // every application has its outcome
	CallExecuted  CallState = "executed"  // what was granted has been carried out
	CallEvaluated CallState = "evaluated" // and evaluated
	CallCancelled CallState = "cancelled"
)

// Change is what the window of a published call said before it was corrected.
type Change struct {
	Opens  civil.Date  `json:"opens"`
	Closes civil.Date  `json:"closes"`
	Reason string      `json:"reason"`
	By     string      `json:"by"`
	At     record.Time `json:"at"`
}

// Term is a length of administrative time.
type Term struct {
	Amount int    `json:"amount"`
	Unit   string `json:"unit"` // days, working_days, months or years
}

// units are the terms as packs and forms write them.
var units = map[string]deadline.Unit{
	"days": deadline.CalendarDay, "working_days": deadline.WorkingDay, "months": deadline.Month, "years": deadline.Year,
}

func (t Term) length() deadline.Term { return deadline.Term{Amount: t.Amount, Unit: units[t.Unit]} }

var callLife = flow.Machine[Call, CallState]{
	Subject: "calls.call",
	State:   func(c *Call) *CallState { return &c.State },
	Place:   func(c *Call) access.Place { return access.Place{Body: c.TenantID} },
	Steps: []flow.Step[Call, CallState]{
		{Name: "publish", From: []CallState{CallDraft}, To: CallPublished, Perm: Manage, When: (*Call).complete, Primary: true},
		{Name: "open", From: []CallState{CallPublished}, To: CallOpen, Perm: byClock, Auto: true},
		{Name: "close", From: []CallState{CallOpen}, To: CallClosed, Perm: byClock, Auto: true},
		{Name: "reopen", From: []CallState{CallClosed, CallOpen}, To: CallPublished, Perm: Manage, Auto: true},
		{Name: "resolve", From: []CallState{CallClosed}, To: CallResolved, Perm: Approve, Auto: true},
		{Name: "execute", From: []CallState{CallResolved}, To: CallExecuted, Perm: Manage},
		{Name: "evaluate", From: []CallState{CallExecuted}, To: CallEvaluated, Perm: Manage},
		{Name: "cancel", From: []CallState{CallDraft, CallPublished, CallOpen, CallClosed}, To: CallCancelled, Perm: Manage, Auto: true},
	},
}

// Choices are the steps that the actor may be offered.
func (c Call) Choices(ctx context.Context) []flow.Choice { return callLife.Choices(ctx, &c) }

// complete refuses to publish a call that says too little.
func (c *Call) complete() error {
	switch {
	case c.Opens.IsZero() || c.Closes.IsZero() || c.Closes.Before(c.Opens):
		return fault.New(fault.Conflict, "calls.window_missing")
	case c.Resolution.V.Amount < 1 || c.Amendment.V.Amount < 1 || c.Acceptance.V.Amount < 1:
		return fault.New(fault.Conflict, "calls.terms_missing")
	case len(c.Modalities.V) == 0:
		return fault.New(fault.Conflict, "calls.modalities_missing")
	}
	return nil
}

// Public reports whether everybody may see the call.
func (c Call) Public() bool { return c.State != CallDraft }

// window is when bodies may file.
func (c Call) window() deadline.Window {
	return deadline.Window{First: deadline.Date(c.Opens), Last: deadline.Date(c.Closes)}
}

// settle takes the steps that the clock has taken since, and says whether there
// were any.
func (c *Call) settle(ctx context.Context, now record.Time, zone *time.Location) bool {
	opens, closes := c.window().In(zone)
	before := c.State
	ctx = asClock(ctx, c.TenantID)
	if c.State == CallPublished && !now.Before(opens) {
		_ = callLife.Move(ctx, c, "open") // has no condition
	}
	if c.State == CallOpen && !now.Before(closes) {
		_ = callLife.Move(ctx, c, "close") // has no condition
	}
	return c.State != before
}

// receives refuses what comes outside the window. Whoever asks has let the clock
// have its say, so that the state is that of the minute.
func (c Call) receives(zone *time.Location) error {
	opens, closes := c.window().In(zone)
	switch c.State {
	case CallOpen:
		return nil
	case CallPublished:
		return fault.New(fault.Conflict, "calls.not_open_yet", "opens", record.At(opens))
	case CallClosed:
		return fault.New(fault.Conflict, "calls.window_over", "closed", record.At(closes))
	default:
		return fault.New(fault.Conflict, "calls.not_open")
	}
}

// change moves the window of a call that is already public, and keeps what it
// said before.
func (c *Call) change(opens, closes civil.Date, reason, by string, now record.Time) error {
	switch {
	case c.Opens == opens && c.Closes == closes:
		return nil
	case reason == "":
		var wrong fault.Fields
		wrong.Add("reason", "calls.reason_needed")
		return wrong.Err()
	}
	c.Changes.V = append(slices.Clone(c.Changes.V), Change{c.Opens, c.Closes, reason, by, now})
	c.Opens, c.Closes = opens, closes
	return nil
}
