package app

import (
	"context"
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
	if err := a.loadTerritory(at, p, bodies); err != nil {
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

func (a *App) loadTerritory(ctx context.Context, p *pack.Pack, bodies map[string]record.ID) error {
	holidays, err := p.Holidays()
	if err != nil {
		return err
	}
	if a.demo {
		invented, err := p.DemoHolidays()
		if err != nil {
			return err
		}
		holidays = append(holidays, invented...)
	}
	office := territory.Office{Pack: p.Code, Country: p.Country, Region: p.RegionCode, Seat: p.Body.Seat, AreaKind: p.AreaKind}
	if err := a.territory.LoadOffice(ctx, office); err != nil {
		return err
	}
	if err := a.territory.LoadPlaces(ctx, places(p, bodies)); err != nil {
		return err
	}
	if err := a.territory.LoadHolidays(ctx, each(holidays, territoryHoliday)); err != nil {
		return err
	}
	if err := a.territory.LoadSuspensions(ctx, each(p.Suspensions(), territorySuspension)); err != nil {
		return err
	}
	return a.territory.LoadParameters(ctx, each(p.Parameters, territoryParameter))
}

func places(p *pack.Pack, bodies map[string]record.ID) (all []territory.Place) {
	for _, b := range p.Bodies() {
		if b.Code == p.Body.Code {
			continue
		}
		all = append(all, territory.Place{
			Code: b.Code, Kind: territory.Kind(b.Kind), Name: b.Name, Area: b.Area, Population: b.Population,
			PopulationYear: b.PopulationYear, Lat: b.Lat, Lon: b.Lon, BodyID: bodies[b.Code], Status: territory.Status(b.Status),
		})
	}
	districts := map[string]string{}
	for _, d := range p.Districts() {
		area := d.Name
		if d.Parent == "" {
			districts[d.Code] = d.Name
		} else {
			area = districts[d.Parent]
		}
		all = append(all, territory.Place{
			Code: d.Code, Kind: territory.Kind(d.Kind), Name: d.Name, Area: area, Lat: d.Lat, Lon: d.Lon, Status: territory.Official,
		})
	}
	return all
}

func territoryHoliday(h pack.Holiday) territory.Holiday {
	return territory.Holiday{Date: h.Date, Scope: territory.Scope(h.Scope), Place: h.Place, Name: h.Name, Source: h.Source, Status: h.Status}
}

func territorySuspension(s pack.Suspension) territory.Suspension {
	return territory.Suspension{From: s.From, To: s.To, Name: s.Name, Source: s.Source}
}

func territoryParameter(p pack.Parameter) territory.Parameter {
	return territory.Parameter{
		Key: p.Key, Value: p.Value, Unit: p.Unit, ValidFrom: p.ValidFrom, ValidTo: p.ValidTo, Source: p.Source, Status: p.Status,
	}
}

func each[A, B any](from []A, turn func(A) B) []B {
	out := make([]B, len(from))
	for i, a := range from {
		out[i] = turn(a)
	}
	return out
}

// loadPublications brings the instruments of the pack.
func (a *App) loadPublications(ctx context.Context, p *pack.Pack) error {
	instruments, err := p.Files("instruments")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(instruments)) {
		if _, err := a.instruments.Load(ctx, instruments[name]); err != nil {
			return fmt.Errorf("instrument %s: %w", name, err)
		}
	}
	return nil
}
