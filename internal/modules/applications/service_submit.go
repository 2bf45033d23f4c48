package applications

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
)

// Submit files an application, for the first time or after correcting it, and
// seals a receipt. What breaks a hard limit or a condition that refuses is not
// filed; what must be corrected is filed and marked as incomplete.
func (s *Service) Submit(ctx context.Context, id record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		before, err := s.editing(tx.Context, id)
		if err != nil {
			return err
		}
		call, err := s.Calls.Receives(tx, before)
		if err != nil {
			return err
		}
		if err := s.typedIsSaved(tx, before); err != nil {
			return err
		}
		findings, points, err := s.screen(tx.Context, call, before)
		if err != nil {
			return err
		}
		if err := refusal(tx.Context, findings); err != nil {
			return err
		}
		if err := s.agrees(tx.Context, call, before); err != nil {
			return err
		}
		complete, err := s.completeAnnexes(tx, call, before)
		if err != nil {
			return err
		}
		resolveBy, filedOn, err := s.terms(tx, call, before)
		if err != nil {
			return err
		}
		a, err = s.Calls.Move(tx, id, "submit", func(a *calls.Application) error {
			if err := s.Calls.Enrol(tx, call, a); err != nil {
				return err
			}
			a.Points, a.Incomplete = points, !complete || slices.ContainsFunc(findings, func(f calls.Finding) bool { return !f.Passed })
			if a.SubmittedAt.IsZero() {
				a.SubmittedAt, a.FiledOn = tx.Now, filedOn
				a.ResolveBy.V, a.ResolveOn = &resolveBy, civil.Date(resolveBy.Effective)
			}
			return s.seal(tx, call, a)
		})
		return err
	})
	return a, err
}

// typedIsSaved refuses to file while a form holds what could not be understood:
// people must never file something else than what they see.
func (s *Service) typedIsSaved(tx *db.Tx, a calls.Application) error {
	d, err := drafts.Of(tx, drafts.Section{Ref: a.Ref(), Name: ownSection})
	if err != nil {
		return err
	}
	in := inputOf(a)
	if len(d.Typed.V) == 0 {
		return applicationForm.Check(&in)
	}
	if err := applicationForm.Read(d.Typed.V, &in); err != nil {
		return err
	}
	_, err = s.content(tx.Context, in)
	return err
}

// refusal says which conditions refuse the application, with the values that
// do.
func refusal(ctx context.Context, findings []calls.Finding) error {
	var wrong fault.Fields
	for _, f := range findings {
		if f.Refuses() {
			wrong.Add(f.Code, "calls.refused_because", "message", f.Message.In(i18n.Lang(ctx)), "values", f.Said(ctx))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return &fault.Fault{
		Kind: fault.Conflict, Key: "calls.refused", Args: []any{"why", i18n.T(ctx, wrong[0].Key, wrong[0].Args...)}, Fields: wrong,
	}
}

// terms reckons on which day the application counts as filed and until when it
// must be resolved: by the calendar of the office for the first, and by that of
// both places for the second.
func (s *Service) terms(tx *db.Tx, call calls.Call, a calls.Application) (deadline.Result, civil.Date, error) {
	office, err := s.Territory.Calendar(tx.Context)
	if err != nil {
		return deadline.Result{}, civil.Date{}, err
	}
	filed, _, err := office.FilingDate(deadline.DateOf(tx.Now.In(i18n.Zone)))
	if err != nil {
		return deadline.Result{}, civil.Date{}, err
	}
	due, err := s.Calls.Due(tx.Context, a, civil.Date(filed), call.Resolution.V)
	return due.Result, civil.Date(filed), err
}

// seal writes the receipt of what is being filed.
func (s *Service) seal(tx *db.Tx, call calls.Call, a *calls.Application) error {
	f := filing{
		Number: a.Number, Call: call.Code, Body: a.BodyCode, BodyName: a.BodyName, FiledAt: tx.Now, FiledBy: tx.Actor.Name,
		Application: a.Content, Annexes: map[string]json.RawMessage{}, Attachments: []attached{},
	}
	for _, code := range call.Annexes.V {
		sheet, progress, err := s.annex(tx.Context, *a, code)
		if err == nil && progress != Untouched {
			f.Annexes[code], err = json.Marshal(sheet.Values())
		}
		if err != nil {
			return err
		}
	}
	found, err := s.Files.Of(tx, a.Ref())
	if err != nil {
		return err
	}
	for _, file := range found {
		f.Attachments = append(f.Attachments, attached{file.Name, file.SHA256})
	}
	r, err := f.receipt(*a)
	if err != nil {
		return err
	}
	a.Hash = r.Hash
	return receipts.Insert(tx, &r)
}

// Receipts lists the receipts of an application, the last one first.
func (s *Service) Receipts(ctx context.Context, id record.ID) ([]Receipt, error) {
	return look(ctx, s, id, s.Calls.Application, func(tx *db.Tx, a calls.Application) ([]Receipt, error) { return receiptsOf(tx, a.ID) })
}

// Withdraw takes an application back before it is resolved.
func (s *Service) Withdraw(ctx context.Context, id record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		a, err = s.Calls.Move(tx, id, "withdraw", func(*calls.Application) error { return nil })
		return err
	})
	return a, err
}

// Attach hangs a file on an application.
func (s *Service) Attach(ctx context.Context, id record.ID, name string, r io.Reader) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if a, err = s.editing(tx.Context, id); err != nil {
			return err
		}
		_, err = s.Files.Attach(tx, a.Ref(), a.BodyID, name, r)
		return err
	})
	return a, err
}

// Detach takes a file off an application.
func (s *Service) Detach(ctx context.Context, id, file record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if a, err = s.editing(tx.Context, id); err != nil {
			return err
		}
		f, err := s.Files.Get(tx, a.Ref(), file)
		if err != nil {
			return err
		}
		return s.Files.Remove(tx, f.ID)
	})
	return a, err
}

// Attachments lists the files of an application.
func (s *Service) Attachments(ctx context.Context, id record.ID) ([]files.File, error) {
	return look(ctx, s, id, s.Calls.Application, func(tx *db.Tx, a calls.Application) ([]files.File, error) { return s.Files.Of(tx, a.Ref()) })
}
