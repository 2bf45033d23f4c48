package applications

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"

	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/instruments"
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
		sheet, err := s.Instruments.Sheet(tx.Context, calls.AnnexRef(*a, code))
		if errors.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if f.Annexes[code], err = json.Marshal(sheet.Values()); err != nil {
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

// completeAnnexes closes the annexes that are complete, and says whether all
// are.
func (s *Service) completeAnnexes(tx *db.Tx, call calls.Call, a calls.Application) (complete bool, err error) {
	complete = true
	for _, code := range call.Annexes.V {
		sheet, err := s.Instruments.Sheet(tx.Context, calls.AnnexRef(a, code))
		if errors.Is(err, fault.NotFound) {
			complete = false
			continue
		}
		if err != nil {
			return false, err
		}
		if sheet.State == instruments.Complete {
			continue
		}
		err = s.Instruments.Check(tx.Context, sheet)
		if errors.Is(err, fault.Invalid) {
			complete = false
			continue
		}
		if err == nil {
			_, err = s.Instruments.Complete(tx.Context, sheet.ID)
		}
		if err != nil {
			return false, err
		}
	}
	return complete, nil
}

// Receipts lists the receipts of an application, the last one first.
func (s *Service) Receipts(ctx context.Context, id record.ID) (found []Receipt, err error) {
	if _, err := s.Calls.Application(ctx, id); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = receiptsOf(tx, id)
		return err
	})
	return found, err
}

// Withdraw takes an application back before it is resolved.
func (s *Service) Withdraw(ctx context.Context, id record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		a, err = s.Calls.Move(tx, id, "withdraw", func(*calls.Application) error { return nil })
		return err
	})
	return a, err
}

// Annex returns the sheet of an annex. The body opens it, with what the
// application already says filled in; others see it once there is one.
func (s *Service) Annex(ctx context.Context, id record.ID, code string) (a calls.Application, sheet instruments.Sheet, err error) {
	if a, err = s.Calls.Application(ctx, id); err != nil {
		return a, sheet, err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err == nil && !slices.Contains(call.Annexes.V, code) {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return a, sheet, err
	}
	sheet, err = s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
	if !errors.Is(err, fault.NotFound) || calls.Apply.Check(ctx, a.Place()) != nil || !a.Editable() {
		return a, sheet, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if sheet, err = s.Instruments.Open(tx.Context, calls.AnnexRef(a, code), a.BodyID, code); err != nil {
			return err
		}
		sheet, err = s.Instruments.SaveDraft(tx.Context, sheet.ID, db.AnyVersion, known(a))
		return err
	})
	return a, sheet, err
}

// known is what the application already says, under the names that questions of
// an annex about the same have.
func known(a calls.Application) url.Values {
	typed := url.Values{}
	say := func(code, value string) {
		if value != "" {
			typed.Set("a_"+code, value)
		}
	}
	say("modality", a.Modality)
	say("coordinator_name", a.ContactName)
	say("coordinator_email", a.ContactEmail)
	say("coordinator_phone", a.ContactPhone)
	if a.Professionals > 0 {
		say("consent_to_group", strconv.FormatBool(a.Consent))
		for _, p := range a.Team.V.Professions() {
			say(p.Name, strconv.Itoa(*p.Count))
		}
	}
	return typed
}

// SaveAnnex keeps what was typed in an annex, as SaveDraft does.
func (s *Service) SaveAnnex(ctx context.Context, id record.ID, code string, k drafts.Keystrokes) (calls.Application, error) {
	if _, _, err := s.Annex(ctx, id, code); err != nil {
		return calls.Application{}, err
	}
	return s.keeping(ctx, id, annexSection(code), k, func(tx *db.Tx, a calls.Application) (calls.Application, error) {
		sheet, err := s.Instruments.Sheet(tx.Context, calls.AnnexRef(a, code))
		if err == nil {
			_, err = s.Instruments.SaveDraft(tx.Context, sheet.ID, db.AnyVersion, k.Typed)
		}
		return a, err
	})
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
func (s *Service) Attachments(ctx context.Context, id record.ID) (found []files.File, err error) {
	a, err := s.Calls.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = s.Files.Of(tx, a.Ref())
		return err
	})
	return found, err
}
