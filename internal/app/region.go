package app

import (
	"context"
	"fmt"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/pack"
	"bastida/packs"
)

// LoadPacks brings regions into the installation: their bodies, and in the
// organisation's tenant its territory and what it publishes. Each region comes
// whole or not at all; one that is there already is left as it is.
func (a *App) LoadPacks(ctx context.Context, codes ...string) error {
	set, err := pack.Load(packs.FS)
	if err != nil {
		return err
	}
	for _, code := range codes {
		p, err := set.Pack(code)
		if err != nil {
			return &UsageError{Message: fmt.Sprintf("there is no pack called %q", code)}
		}
		err = a.DB.Across(ctx, "a region brings many tenants at once", func(tx *db.Tx) error {
			return a.loadPack(tx.Context, p)
		})
		if err != nil {
			return fmt.Errorf("load pack %s: %w", code, err)
		}
	}
	return nil
}

func (a *App) loadPack(ctx context.Context, p *pack.Pack) error {
	if _, err := a.identity.BodyByCode(ctx, p.Body.Code); err == nil {
		return nil
	}
	o := p.Body
	leader, err := a.identity.RegisterBody(ctx, identity.BodyInput{
		Code: o.Code, Pack: p.Code, Kind: identity.BodyKind(o.Kind), Name: o.Name, Unit: o.Unit, Mark: o.Mark,
		Language: o.Languages[0], Hue: o.Hue, Chroma: o.Chroma, LeadsPack: true,
	})
	if err != nil {
		return err
	}
	ids := map[string]record.ID{o.Code: leader.ID}
	for _, b := range p.Bodies() {
		if b.Code == o.Code {
			continue // a city's only body is itself
		}
		member, err := a.identity.RegisterBody(ctx, identity.BodyInput{
			Code: b.Code, Pack: p.Code, Kind: identity.BodyKind(b.Kind), Name: b.Name, Mark: b.Mark,
			Language: b.Language, Hue: b.Hue, Chroma: b.Chroma,
		})
		if err != nil {
			return fmt.Errorf("body %s: %w", b.Code, err)
		}
		ids[b.Code] = member.ID
	}
	return nil
}
