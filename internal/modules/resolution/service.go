package resolution

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/catalogue"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/instruments"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/mail"
)

// Deps are what the service works with.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Instruments *instruments.Service
	Catalogue   *catalogue.Service
	Calls       *calls.Service
	URL         string                                     // address of the portal, for links in messages
	Say         func(lang, key string, args ...any) string // says a message in the language of whoever gets it
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service. From then on bodies are told what the clock does to
// their applications.
func New(d Deps) *Service {
	s := &Service{d}
	d.Calls.OnClock = s.tellOfClock
	return s
}

func today(now record.Time) civil.Date { return civil.Of(now.In(i18n.Zone)) }

// AdmitComplete admits every application of a call that waits for review and
// lacks nothing.
func (s *Service) AdmitComplete(ctx context.Context, callID record.ID) (c calls.Call, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if c, err = s.Calls.Call(tx.Context, callID); err != nil {
			return err
		}
		ready, err := s.complete(tx.Context, callID)
		if err != nil {
			return err
		}
		return s.Admit(tx.Context, ready)
	})
	return c, err
}

// complete lists what AdmitComplete would admit.
func (s *Service) complete(ctx context.Context, callID record.ID) (ready []record.ID, err error) {
	all, err := s.Calls.Of(ctx, callID)
	for _, a := range all {
		if a.State == calls.Submitted && !a.Incomplete {
			ready = append(ready, a.ID)
		}
	}
	return ready, err
}

// Admit admits applications, all or none, and tells their bodies.
func (s *Service) Admit(ctx context.Context, ids []record.ID) error {
	return s.each(ctx, ids, func(tx *db.Tx, id record.ID) error {
		a, err := s.Calls.Move(tx, id, "admit", func(a *calls.Application) error {
			a.Reasons = text.Localized{}
			return nil
		})
		if err != nil {
			return err
		}
		return s.notify(tx, a, "admitted")
	})
}

// Exclude leaves applications out, with the reason that their bodies read.
func (s *Service) Exclude(ctx context.Context, ids []record.ID, reason text.Localized) error {
	return s.each(ctx, ids, func(tx *db.Tx, id record.ID) error {
		a, err := s.Calls.Move(tx, id, "exclude", func(a *calls.Application) error {
			a.Reasons, a.Outcome, a.Hours, a.GroupID, a.GroupLabel = reason, "", 0, "", ""
			return nil
		})
		if err != nil {
			return err
		}
		return s.notify(tx, a, "excluded")
	})
}

// RequestAmendment asks bodies to correct what they filed, by a day that the
// call's term gives.
func (s *Service) RequestAmendment(ctx context.Context, ids []record.ID, what string) error {
	return s.each(ctx, ids, func(tx *db.Tx, id record.ID) error {
		a, err := s.Calls.Move(tx, id, "request_amendment", func(a *calls.Application) error {
			call, err := s.Calls.Call(tx.Context, a.CallID)
			if err != nil {
				return err
			}
			due, err := s.Calls.Due(tx.Context, *a, today(tx.Now), call.Amendment.V)
			if err != nil {
				return err
			}
			a.Amendment, a.AmendBy.V, a.AmendOn = what, &due.Result, due.On()
			return s.reopen(tx, call, *a)
		})
		if err != nil {
			return err
		}
		return s.notify(tx, a, "amendment")
	})
}

// reopen lets the body write in its annexes again.
func (s *Service) reopen(tx *db.Tx, call calls.Call, a calls.Application) error {
	for _, code := range call.Annexes.V {
		sheet, err := s.Instruments.Sheet(tx.Context, calls.AnnexRef(a, code))
		if errors.Is(err, fault.NotFound) {
			continue
		}
		if err == nil && sheet.State == instruments.Complete {
			_, err = s.Instruments.Reopen(tx.Context, sheet.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Propose notes the same outcome for some applications of a call, all or none.
func (s *Service) Propose(ctx context.Context, callID record.ID, ids []record.ID, o calls.Outcome) error {
	call, err := s.Calls.Call(ctx, callID)
	if err != nil {
		return err
	}
	if !reviewable(call) {
		return fault.New(fault.Conflict, "resolution.not_reviewable")
	}
	outcomes := make([]calls.Outcome, len(ids))
	for i, id := range ids {
		outcomes[i] = o
		outcomes[i].ApplicationID = id
	}
	return s.Calls.ProposeAll(ctx, callID, outcomes)
}

// each does the same to several applications in one transaction. What goes
// wrong is said with the name of the body.
func (s *Service) each(ctx context.Context, ids []record.ID, f func(*db.Tx, record.ID) error) error {
	if err := manage.Check(ctx, access.Place{}); err != nil {
		return err
	}
	if len(ids) == 0 {
		return fault.New(fault.Invalid, "resolution.nobody")
	}
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		for _, id := range ids {
			err := s.reviewed(tx.Context, id)
			if err == nil {
				err = f(tx, id)
			}
			known := fault.Of(err)
			if err != nil && (known == nil || len(ids) == 1) {
				return err
			}
			if err != nil {
				a, _ := s.Calls.Application(tx.Context, id) // without it the name is empty
				return fault.New(known.Kind, "resolution.at_body", "body", a.BodyName, "problem", i18n.T(ctx, known.Key, known.Args...))
			}
		}
		return nil
	})
}

// Prepare says what stands between a call and its resolution.
func (s *Service) Prepare(ctx context.Context, callID record.ID) (call calls.Call, r Readiness, err error) {
	if err := review.Check(ctx, access.Place{}); err != nil {
		return call, r, err
	}
	if call, err = s.Calls.Call(ctx, callID); err != nil {
		return call, r, err
	}
	if call.TenantID != actor.From(ctx).Tenant {
		return call, r, fault.New(fault.NotFound, "record.not_found")
	}
	all, err := s.Calls.Of(ctx, callID)
	r = ready(call, all)
	me := actor.From(ctx).User
	r.Own = me != "" && slices.ContainsFunc(r.Proposed, func(a calls.Application) bool { return a.ProposedBy == me })
	return call, r, err
}

// blocked says why the call cannot be resolved now.
func (r Readiness) blocked(call calls.Call) error {
	switch {
	case call.State != calls.CallClosed:
		return fault.New(fault.Conflict, "resolution.not_closed")
	case len(r.Pending) > 0:
		return fault.New(fault.Conflict, "resolution.pending", "count", len(r.Pending))
	case len(r.Proposed)+len(r.Excluded) == 0:
		return fault.New(fault.Conflict, "resolution.nothing")
	case r.OverBudget:
		return fault.New(fault.Conflict, "resolution.over_budget", "hours", r.Figures.HoursGranted, "budget", call.HoursBudget)
	case r.Own:
		return fault.New(fault.Conflict, "resolution.four_eyes")
	}
	return nil
}

// Approve resolves a call: every application gets its outcome and its notice,
// or nothing happens.
func (s *Service) Approve(ctx context.Context, callID record.ID) (call calls.Call, err error) {
	if err := approve.Check(ctx, access.Place{}); err != nil {
		return call, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		before, r, err := s.Prepare(tx.Context, callID)
		if err != nil {
			return err
		}
		if err := r.blocked(before); err != nil {
			return err
		}
		if call, err = s.Calls.Resolve(tx, callID); err != nil {
			return err
		}
		for _, a := range slices.Concat(r.Proposed, r.Excluded) {
			if err := s.resolve(tx, call, a); err != nil {
				return err
			}
		}
		return nil
	})
	return call, err
}

// resolve gives one application its outcome and tells the body.
func (s *Service) resolve(tx *db.Tx, call calls.Call, a calls.Application) error {
	a, err := s.Calls.Move(tx, a.ID, calls.Resolving[outcomeOf(a)], func(a *calls.Application) error {
		a.ResolvedAt, a.NotifiedAt, a.Outcome = tx.Now, tx.Now, a.State
		if !grants(a.State) {
			return nil
		}
		due, err := s.Calls.Due(tx.Context, *a, today(tx.Now), call.Acceptance.V)
		a.AcceptBy.V, a.AcceptOn = &due.Result, due.On()
		return err
	})
	if err != nil {
		return err
	}
	return s.notify(tx, a, "resolved")
}

// Accept accepts what was granted.
func (s *Service) Accept(ctx context.Context, id record.ID) (calls.Application, error) {
	return s.step(ctx, id, "accept", func(tx *db.Tx, a *calls.Application) { a.AcceptedAt, a.AcceptedHow = tx.Now, calls.Express })
}

// Renounce gives up what was granted.
func (s *Service) Renounce(ctx context.Context, id record.ID, reason string) (calls.Application, error) {
	return s.step(ctx, id, "renounce", func(_ *db.Tx, a *calls.Application) { a.RenounceCause = reason })
}

func (s *Service) step(ctx context.Context, id record.ID, name string, f func(*db.Tx, *calls.Application)) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		a, err = s.Calls.Move(tx, id, name, func(a *calls.Application) error {
			f(tx, a)
			return nil
		})
		return err
	})
	return a, err
}

// tellOfClock tells the body that its application lapsed, or that its silence
// counts as acceptance.
func (s *Service) tellOfClock(tx *db.Tx, a calls.Application) error {
	switch {
	case a.State == calls.Lapsed:
		return s.notify(tx, a, "lapsed")
	case a.State == calls.Accepted && a.AcceptedHow == calls.Tacit:
		return s.notify(tx, a, "accepted_tacitly")
	}
	return nil
}

// notify puts a notice in the mailbox of whoever speaks for the bodies of an
// application, in the transaction of its reason.
func (s *Service) notify(tx *db.Tx, a calls.Application, about string) error {
	bodies := []record.ID{a.BodyID}
	for _, j := range a.Joint.V {
		bodies = append(bodies, j.BodyID)
	}
	for _, body := range bodies {
		people, err := s.Identity.Contacts(tx.Context, body, actor.LocalOfficer)
		if err != nil {
			return err
		}
		for _, u := range people {
			if err := mail.Send(tx, s.notice(a, about, u.Language, u.Email, u.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) notice(a calls.Application, about, lang, to string, user record.ID) mail.Message {
	outcome := s.Say(lang, "calls.application.state."+string(a.State))
	args := []any{
		"number", a.Number, "body", a.BodyName, "outcome", outcome, "reasons", a.Reasons.In(lang),
		"amendment", a.Amendment, "by", a.AmendOn, "accept_by", a.AcceptOn, "url", strings.TrimSuffix(s.URL, "/") + a.Href(),
	}
	key := "resolution.mail." + about
	if about == "resolved" && grants(a.State) {
		key = "resolution.mail.granted"
	}
	return mail.Message{
		UserID: user, To: to, Language: lang, Subject: s.Say(lang, key+".subject", args...), Text: s.Say(lang, key+".text", args...),
	}.About(a.Ref())
}

// idsOf reads the identifiers that a form carries.
func idsOf(joined string) (ids []record.ID) {
	for _, id := range strings.Fields(joined) {
		ids = append(ids, record.ID(id))
	}
	return ids
}
