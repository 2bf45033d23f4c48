package territory

import (
	"cmp"
	"context"
	"embed"
	"slices"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/module"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

//go:embed migrations locales
var files embed.FS

// Module is what territory plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "territory", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{offices, places, holidays, suspensions, parameters},
		Keys:        keys(),
		Routes:      s.Routes,
		Menu: []module.Entry{
			{Order: 40, Href: "/territory", Icon: "map", Label: "territory.menu", Perm: Read},
		},
		Search: s.search,
	}
}

// search finds places by a part of their name.
func (s *Service) search(ctx context.Context, words string) ([]ui.Hits, error) {
	if !Read.May(ctx) {
		return nil, nil
	}
	const most = 8
	found, _, err := s.Places(ctx, PlaceFilter{Words: words}, table.Page{Number: 1, Size: most, Sort: "name_fold"})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return placeHits(ctx, found), nil
}

// Drawing is the map of a pack, already projected.
type Drawing = pack.Outlines

// Drawings gives the maps of the packs to New.
func Drawings(set *pack.Set) func(code string) (Drawing, error) {
	return func(code string) (Drawing, error) {
		p, err := set.Pack(code)
		if err != nil {
			return Drawing{}, err
		}
		return p.Outlines()
	}
}

// PackLoad says how to take in a pack.
type PackLoad struct {
	Bodies map[string]record.ID // bodies of the installation, by code
	Demo   bool                 // also the invented days of the demonstration
}

// LoadPack fills the tenant of ctx with the territory of a pack, all or nothing.
func (s *Service) LoadPack(ctx context.Context, p *pack.Pack, in PackLoad) error {
	days, err := p.Holidays()
	if err != nil {
		return err
	}
	if in.Demo {
		invented, err := p.DemoHolidays()
		if err != nil {
			return err
		}
		days = append(days, invented...)
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		office := Office{Pack: p.Code, Country: p.Country, Region: p.RegionCode, Seat: p.Body.Seat, AreaKind: p.AreaKind}
		if err := s.LoadOffice(tx.Context, office); err != nil {
			return err
		}
		if err := s.LoadPlaces(tx.Context, placesOf(p, in.Bodies)); err != nil {
			return err
		}
		if err := s.LoadHolidays(tx.Context, each(days, holidayOf)); err != nil {
			return err
		}
		if err := s.LoadSuspensions(tx.Context, each(p.Suspensions(), suspensionOf)); err != nil {
			return err
		}
		return s.LoadParameters(tx.Context, each(p.Parameters, parameterOf))
	})
}

// placesOf takes the members of a pack, and the districts of a city instead of
// the city itself.
func placesOf(p *pack.Pack, bodies map[string]record.ID) (rows []Place) {
	for _, b := range p.Bodies() {
		if !slices.Contains(kinds, Kind(b.Kind)) {
			continue
		}
		rows = append(rows, Place{
			Code: b.Code, Kind: Kind(b.Kind), Name: b.Name, Area: b.Area, Population: b.Population, PopulationYear: b.PopulationYear,
			Lat: b.Lat, Lon: b.Lon, BodyID: bodies[b.Code], Status: Status(b.Status),
		})
	}
	names := map[string]string{}
	for _, d := range p.Districts() {
		names[d.Code] = d.Name
	}
	for _, d := range p.Districts() {
		rows = append(rows, Place{
			Code: d.Code, Kind: Kind(d.Kind), Name: d.Name, Area: names[cmp.Or(d.Parent, d.Code)], Lat: d.Lat, Lon: d.Lon, Status: Official,
		})
	}
	return rows
}

func holidayOf(d pack.Holiday) Holiday {
	return Holiday{Date: d.Date, Scope: Scope(d.Scope), Place: d.Place, Name: d.Name, Source: d.Source, Status: d.Status}
}

func suspensionOf(s pack.Suspension) Suspension {
	return Suspension{From: s.From, To: s.To, Name: s.Name, Source: s.Source}
}

func parameterOf(f pack.Parameter) Parameter {
	return Parameter{
		Key: f.Key, Value: f.Value, Unit: f.Unit, ValidFrom: f.ValidFrom, ValidTo: f.ValidTo, Source: f.Source, Status: f.Status,
	}
}

func each[From, To any](rows []From, f func(From) To) []To {
	out := make([]To, len(rows))
	for i, row := range rows {
		out[i] = f(row)
	}
	return out
}
