package identity

import (
	"context"

	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// BodyFace is how a body signs and looks.
type BodyFace struct {
	Unit, Mark, Language string
	Hue, Chroma          float64
}

// Leaders lists the bodies that lead a pack, which are public.
func (s *Service) Leaders(ctx context.Context) (found []Body, err error) {
	err = s.db.ViewAcross(ctx, "the name of a body is public", func(tx *db.Tx) error {
		found, err = bodies.Select(tx, "WHERE leads_pack ORDER BY name_fold, id")
		return err
	})
	return found, err
}

// EditBody changes the face of the tenant of ctx.
func (s *Service) EditBody(ctx context.Context, version int, in BodyFace) (b Body, err error) {
	if err := ManageBody.Check(ctx, access.Place{}); err != nil {
		return b, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		b, err = bodies.Edit(tx, tx.Tenant, version, func(b *Body) error {
			b.Unit, b.Mark, b.Language, b.Hue, b.Chroma = in.Unit, in.Mark, in.Language, in.Hue, in.Chroma
			return nil
		})
		return err
	})
	return b, err
}

// CorrectBody changes what a body is. Only the program does this, when it loads
// a pack or imports bodies.
func (s *Service) CorrectBody(ctx context.Context, in BodyInput) (b Body, err error) {
	err = s.db.Across(ctx, "the body that leads a pack corrects its bodies", func(tx *db.Tx) error {
		if b, err = bodies.First(tx, "WHERE code = $1", in.Code); err != nil {
			return err
		}
		b, err = bodies.Edit(tx.In(b.ID), b.ID, db.AnyVersion, func(b *Body) error {
			b.Kind, b.Name, b.NameFold, b.Language = in.Kind, in.Name, text.Fold(in.Name), in.Language
			return nil
		})
		return err
	})
	return b, err
}
