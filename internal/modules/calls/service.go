package calls

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are what the service works with.
type Deps struct {
	DB        *db.DB
	Identity  *identity.Service
	Territory *territory.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps
	OnClock       func(*db.Tx, Application) error // told what the clock did to an application, in its transaction
	beside        []func(context.Context, Call) []Panel
	onApplication []func(context.Context, Application) []Panel
}

// New returns the service.
func New(d Deps) *Service {
	return &Service{Deps: d, OnClock: func(*db.Tx, Application) error { return nil }}
}

// ShowBeside adds panels to the page of a call.
func (s *Service) ShowBeside(panels func(context.Context, Call) []Panel) {
	s.beside = append(s.beside, panels)
}

// ShowOnApplication adds panels to the page of an application.
func (s *Service) ShowOnApplication(panels func(context.Context, Application) []Panel) {
	s.onApplication = append(s.onApplication, panels)
}

// PanelsOf returns what higher modules show about an application.
func (s *Service) PanelsOf(ctx context.Context, a Application) (all []Panel) {
	for _, panels := range s.onApplication {
		all = append(all, panels(ctx, a)...)
	}
	return all
}

// Call returns one call as it stands now. Once published it is public.
func (s *Service) Call(ctx context.Context, id record.ID) (c Call, err error) {
	err = s.DB.ViewAcross(ctx, "a published call is public", func(tx *db.Tx) error {
		if c, err = calls.First(tx, "WHERE id = $1", id); err != nil {
			return err
		}
		c.settle(ctx, tx.Now, i18n.Zone)
		if !c.Public() && (c.TenantID != tx.Actor.Tenant || !Manage.May(ctx)) {
			return fault.New(fault.NotFound, "record.not_found")
		}
		return nil
	})
	return c, err
}

// Calls lists the calls of every body that anybody may see; those who prepare
// calls also see the drafts of their own body.
func (s *Service) Calls(ctx context.Context, f CallFilter, p table.Page) (found []Call, total int, err error) {
	if f.Body != "" {
		b, err := s.Identity.BodyByCode(ctx, f.Body)
		if err != nil {
			return nil, 0, nil //nolint:nilerr // a body that is not there convenes nothing
		}
		f.body = b.ID
	}
	err = s.DB.ViewAcross(ctx, "published calls are public", func(tx *db.Tx) error {
		own := record.ID("")
		if Manage.May(ctx) {
			own = tx.Actor.Tenant
		}
		found, total, err = publicCalls(tx, f, own, p)
		for i := range found {
			found[i].settle(ctx, tx.Now, i18n.Zone)
		}
		return err
	})
	return found, total, err
}

// Of reports whether the actor works in the data of the body that convenes.
func (c Call) Of(ctx context.Context) bool { return actor.From(ctx).Tenant == c.TenantID }

// CallInput is what a technician writes about a call, and what a pack holds.
type CallInput struct {
	Code          string         `json:"code"`
	ResourceID    record.ID      `json:"resource_id,omitempty"`
	Title         text.Localized `json:"title"`
	Opens         civil.Date     `json:"opens"`
	Closes        civil.Date     `json:"closes"`
	Reason        string         `json:"reason,omitempty" doc:"Why the window of a published call changes"`
	Resolution    Term           `json:"resolution_term"`
	Amendment     Term           `json:"amendment_term"`
	Acceptance    Term           `json:"acceptance_term"`
	MaxPerBody    int            `json:"max_applications_per_body"`
	HoursPerGroup int            `json:"hours_per_group"`
	HoursBudget   int            `json:"hours_budget"`
	MinGroup      int            `json:"min_group"`
	MaxGroup      int            `json:"max_group"`
	MaxKM         float64        `json:"max_km"`
	Modalities    []string       `json:"modalities"`
	Annexes       []string       `json:"annexes"`
	Conditions    []Condition    `json:"conditions"`
	Priorities    []Priority     `json:"priorities"`
	Source        string         `json:"source"`
}

// Input is what a call says, as it is written.
func (c Call) Input() CallInput {
	return CallInput{
		Code: c.Code, ResourceID: c.ResourceID, Title: c.Title, Opens: c.Opens, Closes: c.Closes, Resolution: c.Resolution.V,
		Amendment: c.Amendment.V, Acceptance: c.Acceptance.V, MaxPerBody: c.MaxPerBody, HoursPerGroup: c.HoursPerGroup,
		HoursBudget: c.HoursBudget, MinGroup: c.MinGroup, MaxGroup: c.MaxGroup, MaxKM: c.MaxKM, Modalities: c.Modalities.V,
		Annexes: c.Annexes.V, Conditions: c.Conditions.V, Priorities: c.Priorities.V, Source: c.Source,
	}
}

// write puts an input into a call.
func (c *Call) write(in CallInput, by string, now record.Time) error {
	c.Code, c.Title = in.Code, in.Title
	c.TitleFold = text.Fold(strings.Join(slices.Sorted(maps.Values(in.Title)), " | "))
	c.ResourceID, c.Source = in.ResourceID, in.Source
	c.Resolution.V, c.Amendment.V, c.Acceptance.V = in.Resolution, in.Amendment, in.Acceptance
	c.MaxPerBody, c.HoursPerGroup, c.HoursBudget = in.MaxPerBody, in.HoursPerGroup, in.HoursBudget
	c.MinGroup, c.MaxGroup, c.MaxKM = in.MinGroup, in.MaxGroup, in.MaxKM
	c.Modalities.V, c.Annexes.V, c.Conditions.V, c.Priorities.V = in.Modalities, in.Annexes, in.Conditions, in.Priorities
	if c.State != CallDraft {
		return c.change(in.Opens, in.Closes, in.Reason, by, now)
	}
	c.Opens, c.Closes = in.Opens, in.Closes
	return nil
}

// check says everything that stands against storing an input.
func (in CallInput) check() error {
	var wrong fault.Fields
	if in.Closes.Before(in.Opens) {
		wrong.Add("closes", "calls.closes_first")
	}
	if in.MaxGroup < in.MinGroup {
		wrong.Add("max_group", "calls.group_sizes")
	}
	for name, t := range map[string]Term{"resolution": in.Resolution, "amendment": in.Amendment, "acceptance": in.Acceptance} {
		if _, known := units[t.Unit]; !known || t.Amount < 0 {
			wrong.Add(name+"_unit", "form.not_an_option")
		}
	}
	for i, c := range in.Conditions {
		c.check(&wrong, "conditions."+strconv.Itoa(i)+".")
	}
	for i, p := range in.Priorities {
		Condition{Expression: p.Expression, OnFailure: Amend}.check(&wrong, "priorities."+strconv.Itoa(i)+".")
	}
	return wrong.Err()
}

// Create makes the draft of a call.
func (s *Service) Create(ctx context.Context, in CallInput) (c Call, err error) {
	if err := errors.Join(Manage.Check(ctx, access.Place{}), in.check()); err != nil {
		return c, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		c.State = CallDraft
		if err := c.write(in, tx.Actor.Name, tx.Now); err != nil {
			return err
		}
		if err := calls.Insert(tx, &c); err != nil {
			return err
		}
		return counters.Insert(tx, &counter{Row: record.Row{ID: c.ID}})
	})
	return c, err
}

// Rewrite changes a call. When it is public, its window may only move with a
// reason, and what it said before stays in sight; its code and conditions stay.
func (s *Service) Rewrite(ctx context.Context, id record.ID, version int, in CallInput) (Call, error) {
	if err := in.check(); err != nil {
		return Call{}, err
	}
	return s.changeCall(ctx, id, version, Manage, func(tx *db.Tx, c *Call) error {
		if !slices.Contains([]CallState{CallDraft, CallPublished, CallOpen, CallClosed}, c.State) {
			return fault.New(fault.Conflict, "calls.settled_call")
		}
		if c.State != CallDraft {
			in.Code, in.Conditions, in.Priorities, in.MaxPerBody = c.Code, c.Conditions.V, c.Priorities.V, c.MaxPerBody
		}
		moved := c.Opens != in.Opens || c.Closes != in.Closes
		if err := c.write(in, tx.Actor.Name, tx.Now); err != nil {
			return err
		}
		if moved && (c.State == CallOpen || c.State == CallClosed) {
			return callLife.Move(tx.Context, c, "reopen")
		}
		return nil
	})
}

// LoadCall takes in a call of a pack, published as its file says.
func (s *Service) LoadCall(ctx context.Context, raw []byte, resourceID record.ID) (c Call, err error) {
	var in struct {
		CallInput
		Status string `json:"status"`
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return c, fault.New(fault.Invalid, "web.bad_json", "problem", err.Error())
	}
	in.ResourceID = resourceID
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if c, err = s.Create(tx.Context, in.CallInput); err != nil || in.Status != "published" {
			return err
		}
		c, err = s.StepCall(tx.Context, c.ID, "publish")
		return err
	})
	return c, err
}

// StepCall publishes a call, or notes that it was carried out or evaluated.
func (s *Service) StepCall(ctx context.Context, id record.ID, step string) (Call, error) {
	if !slices.Contains([]string{"publish", "execute", "evaluate"}, step) {
		return Call{}, fault.New(fault.NotFound, "flow.no_step", "step", step)
	}
	return s.changeCall(ctx, id, db.AnyVersion, Manage, func(tx *db.Tx, c *Call) error { return callLife.Move(tx.Context, c, step) })
}

// CancelCall ends a call without resolving it. Everybody sees why.
func (s *Service) CancelCall(ctx context.Context, id record.ID, reason string) (Call, error) {
	return s.changeCall(ctx, id, db.AnyVersion, Manage, func(tx *db.Tx, c *Call) error {
		c.CancelledCause = reason
		return callLife.Move(tx.Context, c, "cancel")
	})
}

// changeCall edits a call; the clock has its say before and after.
func (s *Service) changeCall(ctx context.Context, id record.ID, version int, perm access.Permission, f func(*db.Tx, *Call) error) (c Call, err error) {
	if err := perm.Check(ctx, access.Place{Body: actor.From(ctx).Tenant}); err != nil {
		return c, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		c, err = calls.Edit(tx, id, version, func(c *Call) error {
			c.settle(tx.Context, tx.Now, i18n.Zone)
			err := f(tx, c)
			c.settle(tx.Context, tx.Now, i18n.Zone)
			return err
		})
		return err
	})
	return c, err
}

// Sweep does what the clock asks for in the tenant of ctx: it opens and closes
// calls, lets terms that were not met lapse, and takes silence for acceptance.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		due, err := calls.Select(tx, "WHERE tenant_id = $1 AND state IN ('published', 'open') ORDER BY id")
		if err != nil {
			return err
		}
		for _, c := range due {
			if _, err := s.current(tx, c.ID); err != nil {
				return err
			}
		}
		late, err := dueBefore(tx, today(tx.Now))
		for i := 0; err == nil && i < len(late); i++ {
			var a Application
			a, err = applications.Edit(tx, late[i], db.AnyVersion, func(a *Application) error {
				a.settle(tx.Context, tx.Now, today(tx.Now))
				return s.OnClock(tx, *a)
			})
			if err == nil && !a.Live() {
				err = leave(tx, a.ID)
			}
		}
		return err
	})
}

// today is the day on which an instant falls where the bodies live.
func today(now record.Time) civil.Date { return civil.Of(now.In(i18n.Zone)) }
