package pack

import (
	"fmt"
	"io/fs"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/text"
)

// Holiday is one day that is a holiday somewhere: Place is a country (ES), a
// region (ES-CT) or, when the scope is local, the code of a municipality.
type Holiday struct {
	Date   civil.Date
	Scope  string // national, regional or local
	Place  string
	Name   text.Localized
	Source string
	Status string
}

// Suspension is a period in which administrative terms did not run in a
// country or a region, both days included. An empty To has not ended.
type Suspension struct {
	From, To civil.Date
	Place    string
	Name     string
	Source   string
}

// Holidays returns the national and regional days that hold where the pack is,
// and the local days that are known, in that order and by date.
func (p *Pack) Holidays() ([]Holiday, error) {
	found, err := p.holidays()
	return slices.Clone(found), err
}

// DemoHolidays returns the invented local days of the demonstration.
//
// Safety: they are no legal dates; only the demonstration may load them.
func (p *Pack) DemoHolidays() ([]Holiday, error) { return p.localDays("demo/local_holidays-*.csv") }

// Suspensions returns the periods in which terms did not run where the pack is.
func (p *Pack) Suspensions() []Suspension { return slices.Clone(p.suspended) }

func (p *Pack) readHolidays() ([]Holiday, error) {
	names, err := fs.Glob(p.files, "shared/holidays/*.csv")
	if err != nil {
		return nil, err
	}
	var found []Holiday
	for _, name := range names {
		days, err := readCSV(p.files, name, holidayColumns, parseHoliday)
		if err != nil {
			return nil, err
		}
		for _, d := range days {
			if d.Place == p.Country || d.Place == p.RegionCode {
				found = append(found, d)
			}
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("shared/holidays: no day of %s", p.Country)
	}
	local, err := p.localDays("local_holidays.csv")
	return append(found, local...), err
}

func (p *Pack) localDays(pattern string) ([]Holiday, error) {
	names, err := fs.Glob(p.files, p.Code+"/"+pattern)
	if err != nil {
		return nil, err
	}
	var found []Holiday
	for _, name := range names {
		days, err := readCSV(p.files, name, localColumns, p.parseLocalDay)
		if err != nil {
			return nil, err
		}
		found = append(found, days...)
	}
	return found, nil
}

var holidayColumns = []string{"date", "scope", "place", "name_ca", "name_es", "name_it", "name_en", "source", "status"}

func parseHoliday(l *line) Holiday {
	return Holiday{
		Date: l.date("date"), Scope: l.oneOf("scope", []string{"national", "regional"}), Place: l.required("place"),
		Name: text.Localized{
			"ca": l.required("name_ca"), "es": l.required("name_es"), "it": l.required("name_it"), "en": l.required("name_en"),
		},
		Source: l.required("source"), Status: l.oneOf("status", statuses),
	}
}

var localColumns = []string{"date", "municipality", "name", "source", "status"}

// parseLocalDay reads a day whose name is known only in the language of the place.
func (p *Pack) parseLocalDay(l *line) Holiday {
	return Holiday{
		Date: l.date("date"), Scope: "local", Place: l.required("municipality"),
		Name:   text.Localized{p.Body.Languages[0]: l.required("name")},
		Source: l.required("source"), Status: l.oneOf("status", statuses),
	}
}

var suspensionColumns = []string{"from", "to", "place", "name", "source"}

func readSuspensions(files fs.FS) ([]Suspension, error) {
	return readCSV(files, "shared/suspensions.csv", suspensionColumns, func(l *line) Suspension {
		s := Suspension{
			From: l.date("from"), Place: l.required("place"), Name: l.required("name"), Source: l.required("source"),
		}
		if l.text("to") != "" {
			s.To = l.date("to")
		}
		return s
	})
}
