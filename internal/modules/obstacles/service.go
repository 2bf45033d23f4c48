package obstacles

import (
	"context"
	"slices"
	"strings"
	"time"

	"bastida/engine/identifiers"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/reflection"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
)

// Deps are what the service works with.
type Deps struct {
	DB         *db.DB
	Reflection *reflection.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// Share gives an obstacle to the backlog of the service, as the writer typed it
// for others to read. Nothing that names anybody, the group or one of its
// bodies is taken.
//
// Safety: nothing tells later where it came from. The row has a random
// identifier and the month as its first instant, and the audit trail is not
// told, because it would write down who and when. What the log holds of the
// request is its route.
func (s *Service) Share(ctx context.Context, group record.ID, in ShareInput) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		b, err := s.Reflection.Book(tx.Context, group)
		if err != nil {
			return err
		}
		if !b.Editable() {
			return fault.New(fault.Conflict, "obstacles.closed")
		}
		if err := s.check(b, in); err != nil {
			return err
		}
		month := *tx
		month.Now = record.At(time.Date(tx.Now.Year(), tx.Now.Month(), 1, 0, 0, 0, 0, time.UTC))
		one := Obstacle{Kind: in.Kind, Text: strings.TrimSpace(in.Text), Stage: Received}
		one.ID = record.ID(secret.New())
		return rows.Silent().Insert(&month, &one)
	})
}

func (s *Service) check(b reflection.Book, in ShareInput) error {
	var wrong fault.Fields
	if !s.Reflection.Taxonomy.KnowsObstacle(in.Kind) {
		wrong.Add("kind", "form.not_an_option")
	}
	if !in.Sure {
		wrong.Add("sure", "obstacles.be_sure")
	}
	var given []string
	for _, one := range identifiers.Scan(in.Text, identifiers.Surroundings{}) {
		given = append(given, one.Text)
	}
	for _, name := range gives(in.Text, b.Names()) {
		if !slices.Contains(given, name) {
			given = append(given, name)
		}
	}
	if len(given) > 0 {
		wrong.Add("text", "obstacles.names_somebody", "found", strings.Join(given, ", "))
	}
	return wrong.Err()
}

// Backlog lists what groups gave to the service.
func (s *Service) Backlog(ctx context.Context, f Filter, p table.Page) (found []Obstacle, total int, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, total, err = backlogWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Obstacle returns one obstacle of the backlog.
func (s *Service) Obstacle(ctx context.Context, id record.ID) (one Obstacle, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return one, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		one, err = rows.Get(tx, id)
		return err
	})
	return one, err
}

// Answer says what becomes of an obstacle.
func (s *Service) Answer(ctx context.Context, id record.ID, version int, in AnswerInput) (one Obstacle, err error) {
	if err := Improve.Check(ctx, access.Place{}); err != nil {
		return one, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		one, err = rows.Edit(tx, id, version, func(one *Obstacle) error {
			one.Stage, one.Answer = in.Stage, in.Answer
			return nil
		})
		return err
	})
	return one, err
}
