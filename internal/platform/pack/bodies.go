package pack

import (
	"fmt"
	"io/fs"
	"slices"
)

// Body is one member of the organisation.
type Body struct {
	Code           string
	Kind           string
	Name           string
	Area           string
	Population     int // zero where it means nothing, as for a county council
	PopulationYear int
	Lat, Lon       float64
	Language       string
	Hue, Chroma    float64
	Mark           string
	Status         string
}

// District is a district of a city, or one of its neighbourhoods, whose Parent
// is the district.
type District struct {
	Code, Kind, Parent, Name string
	AreaKM2                  float64
	Lat, Lon                 float64
}

// Centre is a social services centre.
type Centre struct {
	Code, Name, District, Barri string
	Street, Number, Postcode    string
	Lat, Lon                    float64
	Status, Source              string
}

// Bodies returns the members, in the order of their codes.
func (p *Pack) Bodies() []Body { return slices.Clone(p.bodies) }

// Districts returns the districts and their neighbourhoods; most packs have none.
func (p *Pack) Districts() []District { return slices.Clone(p.districts) }

// Centres returns the social services centres; most packs have none.
func (p *Pack) Centres() []Centre { return slices.Clone(p.centres) }

// The words that say how sure a row is.
var statuses = []string{"official", "confirmed", "editable", "uncertain", "assumed", "check", "demo", "invented"}

func (p *Pack) readBodies() (err error) {
	if p.bodies, err = readCSV(p.files, p.Code+"/bodies.csv", bodyColumns, parseBody); err != nil {
		return err
	}
	if p.districts, err = optional(p, "districts.csv", districtColumns, parseDistrict); err != nil {
		return err
	}
	if p.centres, err = optional(p, "centres.csv", centreColumns, parseCentre); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, b := range p.bodies {
		if seen[b.Code] {
			return fmt.Errorf("%s/bodies.csv: %s stands twice", p.Code, b.Code)
		}
		seen[b.Code] = true
	}
	return nil
}

// optional reads a file that only some packs have.
func optional[T any](p *Pack, name string, columns []string, parse func(*line) T) ([]T, error) {
	if _, err := fs.Stat(p.files, p.Code+"/"+name); err != nil {
		return nil, nil //nolint:nilnil // no file is no rows
	}
	return readCSV(p.files, p.Code+"/"+name, columns, parse)
}

var bodyColumns = []string{
	"code", "kind", "name", "area", "population", "population_year", "lat", "lon", "language", "hue", "chroma", "mark", "status",
}

func parseBody(l *line) Body {
	return Body{
		Code: l.required("code"), Kind: l.required("kind"), Name: l.required("name"), Area: l.text("area"),
		Population: l.count("population"), PopulationYear: l.count("population_year"),
		Lat: l.number("lat", -90, 90), Lon: l.number("lon", -180, 180),
		Language: l.required("language"), Hue: l.number("hue", 0, 360), Chroma: l.number("chroma", 0, 0.4),
		Mark: l.required("mark"), Status: l.oneOf("status", statuses),
	}
}

var districtColumns = []string{"code", "kind", "parent", "name", "area_km2", "lat", "lon"}

func parseDistrict(l *line) District {
	return District{
		Code: l.required("code"), Kind: l.oneOf("kind", []string{"district", "barri"}), Parent: l.text("parent"),
		Name: l.required("name"), AreaKM2: l.number("area_km2", 0, 1e6),
		Lat: l.number("lat", -90, 90), Lon: l.number("lon", -180, 180),
	}
}

var centreColumns = []string{
	"code", "name", "district", "barri", "street", "number", "postcode", "lat", "lon", "status", "source",
}

func parseCentre(l *line) Centre {
	return Centre{
		Code: l.required("code"), Name: l.required("name"), District: l.required("district"), Barri: l.text("barri"),
		Street: l.text("street"), Number: l.text("number"), Postcode: l.text("postcode"),
		Lat: l.number("lat", -90, 90), Lon: l.number("lon", -180, 180),
		Status: l.oneOf("status", statuses), Source: l.required("source"),
	}
}
