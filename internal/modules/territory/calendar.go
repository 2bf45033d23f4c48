package territory

import (
	"errors"

	"bastida/engine/deadline"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
)

// Scope is how far a holiday reaches.
type Scope string

// The scopes of a holiday.
const (
	National Scope = "national"
	Regional Scope = "regional"
	Local    Scope = "local" // of one municipality
)

// Holiday is a day that is a holiday somewhere.
type Holiday struct {
	record.Row
	Date   civil.Date     `db:"date"`
	Scope  Scope          `db:"scope"`
	Place  string         `db:"place"` // a country, a region or the code of a municipality
	Name   text.Localized `db:"name"`
	Source string         `db:"source"`
	Status string         `db:"status"`
}

// HolidayInput is a new local day.
type HolidayInput struct {
	Date   civil.Date `json:"date"`
	Place  string     `json:"place" doc:"Code of the municipality"`
	Name   string     `json:"name"`
	Source string     `json:"source"`
}

// Suspension is a period in which terms did not run, both days included.
type Suspension struct {
	record.Row
	From   civil.Date `db:"date_from"`
	To     civil.Date `db:"date_to"` // empty while it lasts
	Name   string     `db:"name"`
	Source string     `db:"source"`
}

// policies say how terms are counted in each country.
var policies = map[string]func() deadline.Policy{
	"ES": deadline.SpanishCommonProcedure,
	"IT": deadline.ItalianCivilCode,
}

// Calendar is what bears on the terms of a matter: how its country counts, the
// holidays of the places concerned and the suspensions.
type Calendar struct {
	deadline.Rules

	names map[string]text.Localized // of holidays and places, by the name the rules use
}

// Due is the end of a term with its whole account.
type Due struct {
	deadline.Result

	calendar Calendar
}

// Due reckons when a term that starts with an event on a day ends.
func (c Calendar) Due(start civil.Date, term deadline.Term) (Due, error) {
	result, err := c.Deadline(deadline.Date(start), term)
	switch {
	case errors.Is(err, deadline.ErrOpenSuspension):
		return Due{}, fault.New(fault.Conflict, "territory.deadline_open")
	case errors.Is(err, deadline.ErrTerm), errors.Is(err, deadline.ErrTooLong):
		return Due{}, fault.New(fault.Invalid, "territory.deadline_term")
	case errors.Is(err, deadline.ErrDate):
		return Due{}, fault.New(fault.Invalid, "form.not_a_date")
	case err != nil:
		return Due{}, err
	}
	return Due{result, c}, nil
}

// On returns the day on which the term ends.
func (d Due) On() civil.Date { return civil.Date(d.Effective) }

// newCalendar puts together the days of the country, the region and the given
// municipalities. A municipality without any day is part of it all the same,
// so that the account says its days are missing.
func newCalendar(o Office, codes []string, days []Holiday, suspended []Suspension, places []Place) (Calendar, error) {
	policy, ok := policies[o.Country]
	if !ok {
		return Calendar{}, fault.New(fault.NotFound, "territory.no_policy", "country", o.Country)
	}
	c := Calendar{Rules: deadline.Rules{Policy: policy()}, names: map[string]text.Localized{}}
	for _, p := range places {
		c.names[p.Code] = text.Localized{"ca": p.Name}
	}
	for _, code := range append([]string{o.Country, o.Region}, codes...) {
		set := deadline.HolidaySet{Place: code, Days: map[deadline.Date]string{}}
		for _, d := range days {
			if d.Place == code {
				name := d.Name.In("ca")
				set.Days[deadline.Date(d.Date)] = name
				c.names[name] = d.Name
			}
		}
		if len(set.Days) > 0 || code != o.Region {
			c.Calendar = append(c.Calendar, set)
		}
	}
	for _, s := range suspended {
		c.Suspensions = append(c.Suspensions, deadline.Suspension{
			From: deadline.Date(s.From), To: deadline.Date(s.To), Name: s.Name,
		})
	}
	return c, nil
}
