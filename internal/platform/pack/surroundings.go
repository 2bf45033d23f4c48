package pack

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// surroundings is what packs share because of the country they are in.
type surroundings struct {
	regions     []region
	parameters  []countryParameter
	suspensions []Suspension
}

// region is a region of a country, by its ISO 3166-2 code.
type region struct{ code, country, name string }

// countryParameter is a figure of the law of a country.
type countryParameter struct {
	country string
	Parameter
}

//go:embed reference
var reference embed.FS

// Locales are the messages of the faults of this package.
//
//go:embed locales
var Locales embed.FS

func readSurroundings(files fs.FS) (around surroundings, err error) {
	around.regions, err = readCSV(reference, "reference/regions.csv", []string{"code", "country", "name"}, func(l *line) region {
		return region{l.required("code"), l.required("country"), l.required("name")}
	})
	if err != nil {
		return around, err
	}
	around.parameters, err = readCSV(reference, "reference/parameters.csv", parameterColumns, parseParameter)
	if err != nil {
		return around, err
	}
	around.suspensions, err = readSuspensions(files)
	return around, err
}

var parameterColumns = []string{"country", "key", "value", "unit", "valid_from", "source", "status"}

func parseParameter(l *line) countryParameter {
	return countryParameter{l.required("country"), Parameter{
		Key: l.required("key"), Value: l.number("value", 0, 1e9), Unit: l.required("unit"),
		ValidFrom: l.date("valid_from"), Source: l.required("source"), Status: l.oneOf("status", statuses),
	}}
}

// settle gives the pack what its country and region have. A figure that the
// pack gives itself goes before that of its country.
func (p *Pack) settle(around surroundings) (err error) {
	if p.Zone, err = time.LoadLocation(p.Timezone); err != nil {
		return err
	}
	at := slices.IndexFunc(around.regions, func(r region) bool { return r.country == p.Country && r.name == p.Region })
	if at < 0 {
		return fmt.Errorf("no region of %s is called %q", p.Country, p.Region)
	}
	p.RegionCode = around.regions[at].code
	for _, f := range around.parameters {
		given := slices.ContainsFunc(p.Parameters, func(own Parameter) bool { return own.Key == f.Key })
		if f.country == p.Country && !given {
			p.Parameters = append(p.Parameters, f.Parameter)
		}
	}
	for _, s := range around.suspensions {
		if s.Place == p.Country || s.Place == p.RegionCode {
			p.suspended = append(p.suspended, s)
		}
	}
	return nil
}
