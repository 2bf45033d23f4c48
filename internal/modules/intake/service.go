package intake

import (
	"context"
	"io"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/sheet"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db     *db.DB
	people *identity.Service
}

// New returns the service.
func New(d *db.DB, people *identity.Service) *Service { return &Service{d, people} }

// Upload is a spreadsheet as it arrives.
type Upload struct {
	Kind     Kind
	FileName string
	Content  io.Reader
}

// Bring reads a spreadsheet and keeps it, with its columns guessed.
func (s *Service) Bring(ctx context.Context, in Upload) (b Batch, err error) {
	if err := s.may(ctx, in.Kind); err != nil {
		return b, err
	}
	read, err := sheet.Read(in.FileName, in.Content)
	if err != nil {
		return b, err
	}
	grid := Grid{Columns: read.Columns, Rows: make([]Line, len(read.Rows))}
	for i, row := range read.Rows {
		grid.Rows[i] = Line(row)
	}
	b = Batch{Kind: in.Kind, FileName: in.FileName, State: Previewed, BroughtBy: actor.From(ctx).Name}
	b.Grid.V, b.Mapping.V = grid, guess(in.Kind, grid.Columns)
	err = s.db.Do(ctx, func(tx *db.Tx) error { return batches.Insert(tx, &b) })
	return b, err
}

// may refuses who may not bring rows of a kind here.
func (s *Service) may(ctx context.Context, k Kind) error {
	if fields[k] == nil {
		var wrong fault.Fields
		wrong.Add("kind", "form.not_an_option")
		return wrong.Err()
	}
	if err := Use.Check(ctx, access.Place{}); err != nil {
		return err
	}
	if err := permissionOf(k).Check(ctx, access.Place{}); err != nil || k == People {
		return err
	}
	own, err := s.people.Body(ctx, actor.From(ctx).Tenant)
	if err == nil && !own.LeadsPack {
		err = fault.New(fault.Forbidden, "intake.not_the_leader")
	}
	return err
}

// Filter narrows a list of batches.
type Filter struct{ State State }

// Batches lists the batches of the tenant of ctx that the actor may handle,
// without their cells.
func (s *Service) Batches(ctx context.Context, f Filter, p table.Page) (found []Batch, total int, err error) {
	if err := Use.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = batchesWhere(tx, f, kindsFor(ctx), p)
		return err
	})
	return found, total, err
}

// kindsFor lists the kinds that the actor may bring; Use implies the first.
func kindsFor(ctx context.Context) []Kind {
	kinds := []Kind{Bodies}
	if ImportPeople.May(ctx) {
		kinds = append(kinds, People)
	}
	return kinds
}

// Preview returns a batch with what it would do now or, once it is over, with
// what it did.
func (s *Service) Preview(ctx context.Context, id record.ID) (b Batch, report Report, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		if b, err = batches.Get(tx, id); err != nil {
			return err
		}
		if err := s.may(tx.Context, b.Kind); err != nil {
			return err
		}
		if b.State != Previewed || b.mapped() != nil {
			report = Report{Counts: b.Counts.V, Rejected: b.Rejected.V}
			return nil
		}
		report, err = s.judge(tx, &b)
		return err
	})
	return b, report, err
}

// Map says which column each field of a batch is in.
func (s *Service) Map(ctx context.Context, id record.ID, version int, mapping map[string]string) (Batch, error) {
	return s.step(ctx, id, version, "map", func(_ *db.Tx, b *Batch) error { return b.remap(mapping) })
}

// Apply brings every accepted row in, or none.
func (s *Service) Apply(ctx context.Context, id record.ID, version int) (Batch, error) {
	return s.step(ctx, id, version, "apply", func(tx *db.Tx, b *Batch) error {
		report, err := s.judge(tx, b)
		if err != nil {
			return err
		}
		if report.Counts.Accepted() == 0 {
			return fault.New(fault.Conflict, "intake.nothing")
		}
		if err := s.write(tx, report); err != nil {
			return err
		}
		b.over(report)
		return nil
	})
}

// Discard gives a batch up.
func (s *Service) Discard(ctx context.Context, id record.ID) (Batch, error) {
	return s.step(ctx, id, db.AnyVersion, "discard", func(_ *db.Tx, b *Batch) error {
		b.over(Report{})
		return nil
	})
}

// step takes a batch from one state to the next, with what the step does.
func (s *Service) step(ctx context.Context, id record.ID, version int, name string, do func(*db.Tx, *Batch) error) (b Batch, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		b, err = batches.Edit(tx, id, version, func(b *Batch) error {
			if err := s.may(tx.Context, b.Kind); err != nil {
				return err
			}
			if err := life.Move(tx.Context, b, name); err != nil {
				return err
			}
			return do(tx, b)
		})
		return err
	})
	return b, err
}
