package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/db"
	"bastida/internal/platform/pack"
)

// LoadPacks brings regions into the installation: their bodies, and in the
// organisation's tenant its territory and what it publishes. Each region comes
// whole or not at all; one that is there already is left as it is.
func (a *App) LoadPacks(ctx context.Context, codes ...string) error {
	for _, code := range codes {
		p, err := a.packs.Pack(code)
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
	bodies, err := a.loadBodies(ctx, p)
	if err != nil {
		return err
	}
	at := actor.AsSystem(ctx, bodies[p.Body.Code], "command")
	if err := a.territory.LoadPack(at, p, territory.PackLoad{Bodies: bodies, Demo: a.demo}); err != nil {
		return err
	}
	return a.loadPublications(at, p)
}

// loadBodies makes a tenant of the organisation and of each of its members,
// and returns their identifiers by code.
func (a *App) loadBodies(ctx context.Context, p *pack.Pack) (map[string]record.ID, error) {
	o := p.Body
	leader, err := a.identity.RegisterBody(ctx, identity.BodyInput{
		Code: o.Code, Pack: p.Code, Kind: identity.BodyKind(o.Kind), Name: o.Name, Unit: o.Unit, Mark: o.Mark,
		Language: o.Languages[0], Hue: o.Hue, Chroma: o.Chroma, LeadsPack: true,
	})
	if err != nil {
		return nil, err
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
			return nil, fmt.Errorf("body %s: %w", b.Code, err)
		}
		ids[b.Code] = member.ID
	}
	return ids, nil
}

// loadPublications brings what the organisation publishes: instruments first,
// because resources and calls name them.
func (a *App) loadPublications(ctx context.Context, p *pack.Pack) error {
	if err := eachFile(p, "instruments", func(raw []byte) error {
		_, err := a.instruments.Load(ctx, raw)
		return err
	}); err != nil {
		return err
	}
	if err := eachFile(p, "profiles", func(raw []byte) error {
		_, err := a.profiles.Load(ctx, raw)
		return err
	}); err != nil {
		return err
	}
	resources := map[string]record.ID{}
	if err := eachFile(p, "resources", func(raw []byte) error {
		r, err := a.catalogue.Load(ctx, raw)
		resources[r.Code] = r.ID
		return err
	}); err != nil {
		return err
	}
	return eachFile(p, "calls", func(raw []byte) error {
		var names struct{ Resource string }
		if err := json.Unmarshal(raw, &names); err != nil {
			return err
		}
		_, err := a.calls.LoadCall(ctx, raw, resources[names.Resource])
		return err
	})
}

// eachFile does something with every JSON file of a folder of the pack, in the
// order of their names.
func eachFile(p *pack.Pack, folder string, do func(raw []byte) error) error {
	files, err := p.Files(folder)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := do(files[name]); err != nil {
			return fmt.Errorf("%s/%s: %w", folder, name, err)
		}
	}
	return nil
}
