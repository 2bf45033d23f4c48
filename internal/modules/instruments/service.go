package instruments

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct{ db *db.DB }

// New returns the service.
func New(d *db.DB) *Service { return &Service{d} }

// Load reads an instrument in the published format and publishes it.
func (s *Service) Load(ctx context.Context, raw []byte) (Instrument, error) {
	in, err := decode(raw)
	if err != nil {
		return Instrument{}, err
	}
	return s.Publish(ctx, in)
}

// Publish stores a version of an instrument and retires the one before. The
// number of a new version is higher than any before it. Publishing the same
// version again does nothing; a different text under the same number is a
// Conflict, because a published version never changes.
func (s *Service) Publish(ctx context.Context, in Instrument) (Instrument, error) {
	if err := Manage.Require(ctx); err != nil {
		return Instrument{}, err
	}
	if err := in.check(); err != nil {
		return Instrument{}, err
	}
	in.Status = Published
	var published Instrument
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		before, err := editionsOf(tx, in.Code)
		if err != nil {
			return err
		}
		published, err = publish(tx, in, before)
		return err
	})
	return published, err
}

// publish adds a version to those before it, the newest first.
func publish(tx *db.Tx, in Instrument, before []edition) (Instrument, error) {
	for _, e := range before {
		if e.Number != in.Version {
			continue
		}
		same, err := sameText(e.Definition.V, in)
		if err == nil && !same {
			err = fault.New(fault.Conflict, "instruments.already_published", "version", in.Version)
		}
		return e.instrument(), err
	}
	if len(before) > 0 && in.Version < before[0].Number {
		return Instrument{}, fault.New(fault.Conflict, "instruments.old_version", "version", in.Version, "newest", before[0].Number)
	}
	for _, e := range before {
		if e.Status != Published {
			continue
		}
		if _, err := editions.Edit(tx, e.ID, e.Version, retire); err != nil {
			return Instrument{}, fmt.Errorf("retire %s version %d: %w", e.Code, e.Number, err)
		}
	}
	return in, editions.Insert(tx, &edition{
		Code: in.Code, Number: in.Version, Status: Published, Definition: record.JSON[Instrument]{V: in},
	})
}

func retire(e *edition) error {
	e.Status = Retired
	return nil
}

func sameText(a, b Instrument) (bool, error) {
	rawA, errA := json.Marshal(a)
	rawB, errB := json.Marshal(b)
	return string(rawA) == string(rawB), errors.Join(errA, errB)
}

// Latest returns the version of an instrument that new sheets are made with.
func (s *Service) Latest(ctx context.Context, code string) (Instrument, error) {
	var found edition
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		found, err = latest(tx, code)
		return err
	})
	return found.instrument(), err
}

// Version returns one version of an instrument, retired or not.
func (s *Service) Version(ctx context.Context, code string, version int) (Instrument, error) {
	var found edition
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		found, err = numbered(tx, code, version)
		return err
	})
	return found.instrument(), err
}

// editions returns every version of an instrument, the newest first.
func (s *Service) editions(ctx context.Context, code string) (found []edition, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = editionsOf(tx, code)
		return err
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return found, err
}

// list returns the instruments in use.
func (s *Service) list(ctx context.Context, p table.Page) (found []edition, total int, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, 0, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = inUse(tx, p)
		return err
	})
	return found, total, err
}

// Open returns the sheet of a subject, and makes a draft with the latest
// version of an instrument when there is none. body is whom the subject is
// about. A subject that has a sheet of another instrument is a Conflict.
func (s *Service) Open(ctx context.Context, subject record.Ref, body record.ID, code string) (Sheet, error) {
	sheet, err := s.Sheet(ctx, subject)
	if errors.Is(err, fault.NotFound) {
		sheet, err = s.begin(ctx, subject, body, code)
	}
	if errors.Is(err, fault.Conflict) {
		// Somebody else opened it between our two steps: it is theirs and ours.
		sheet, err = s.Sheet(ctx, subject)
	}
	if err == nil && sheet.Code != code {
		return Sheet{}, fault.New(fault.Conflict, "instruments.other_instrument", "code", sheet.Code)
	}
	return sheet, err
}

func (s *Service) begin(ctx context.Context, subject record.Ref, body record.ID, code string) (Sheet, error) {
	sheet := Sheet{
		SubjectKind: subject.Kind, SubjectID: subject.ID, BodyID: body, Code: code, State: Open,
		Typed:   record.JSON[url.Values]{V: url.Values{}},
		Answers: record.JSON[rule.Facts]{V: rule.Facts{}},
		Scores:  record.JSON[map[string]float64]{V: map[string]float64{}},
	}
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		newest, err := latest(tx, code)
		if err != nil {
			return err
		}
		sheet.Edition = newest.Number
		return sheets.Insert(tx, &sheet)
	})
	return sheet, err
}

// Sheet returns the sheet of a subject. No sheet is NotFound.
func (s *Service) Sheet(ctx context.Context, subject record.Ref) (Sheet, error) {
	var sheet Sheet
	err := s.db.View(ctx, func(tx *db.Tx) (err error) {
		sheet, err = sheetOf(tx, subject)
		return err
	})
	return sheet, err
}

// SaveDraft keeps what was typed, right or wrong; typed names the items a_code.
// version is the one that the form was drawn with: when somebody saved since,
// the draft is Stale. The audit trail does not record drafts.
func (s *Service) SaveDraft(ctx context.Context, sheet record.ID, version int, typed url.Values) (Sheet, error) {
	return s.change(ctx, drafts, sheet, version, func(_ *db.Tx, sheet *Sheet, in Instrument) error {
		return sheet.keep(in, typed)
	})
}

// Check says everything that stands against completing a sheet, each complaint
// under the name that its item has in the form.
func (s *Service) Check(ctx context.Context, sheet Sheet) error {
	in, err := s.Version(ctx, sheet.Code, sheet.Edition)
	if err != nil {
		return err
	}
	return in.read(sheet.Typed.V).wrong.Err()
}

// Complete closes a sheet and computes its scores, or says all that Check says.
func (s *Service) Complete(ctx context.Context, sheet record.ID) (Sheet, error) {
	return s.change(ctx, sheets, sheet, db.AnyVersion, func(tx *db.Tx, sheet *Sheet, in Instrument) error {
		if err := life.Move(tx.Context, sheet, "complete"); err != nil {
			return err
		}
		return sheet.finish(in, tx.Now)
	})
}

// Reopen makes a draft of a complete sheet: something has to be put right.
func (s *Service) Reopen(ctx context.Context, sheet record.ID) (Sheet, error) {
	return s.change(ctx, sheets, sheet, db.AnyVersion, func(tx *db.Tx, sheet *Sheet, _ Instrument) error {
		if err := life.Move(tx.Context, sheet, "reopen"); err != nil {
			return err
		}
		sheet.unfinish()
		return nil
	})
}

// change edits a sheet at hand of its instrument.
func (s *Service) change(
	ctx context.Context, rows db.Table[Sheet], id record.ID, version int, f func(*db.Tx, *Sheet, Instrument) error,
) (Sheet, error) {
	var changed Sheet
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		changed, err = rows.Edit(tx, id, version, func(sheet *Sheet) error {
			asked, err := numbered(tx, sheet.Code, sheet.Edition)
			if err != nil {
				return err
			}
			return f(tx, sheet, asked.instrument())
		})
		return err
	})
	return changed, err
}

// View returns a sheet as it is drawn: with the questions that apply, what was
// typed, and the complaints of problem, which may be nil, beside their fields.
func (s *Service) View(ctx context.Context, sheet Sheet, problem error) (SheetView, error) {
	in, err := s.Version(ctx, sheet.Code, sheet.Edition)
	if err != nil {
		return SheetView{}, err
	}
	view := in.view(ctx, sheet.Typed.V, problem)
	view.Sheet, view.Version, view.Complete = sheet.ID, sheet.Version, sheet.State == Complete
	return view, nil
}
