package territory

import (
	"context"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Calendar returns what bears on the terms of a matter: the holidays of the
// country, the region and the seat of the organisation, those of the given
// municipalities (that of the body the matter concerns), and the suspensions.
// Holidays are public: it answers everybody.
func (s *Service) Calendar(ctx context.Context, codes ...string) (Calendar, error) {
	return view(ctx, s, func(tx *db.Tx) (Calendar, error) {
		o, err := officeOf(tx)
		if err != nil {
			return Calendar{}, err
		}
		local := municipal(append([]string{o.Seat}, codes...))
		days, err := holidaysOf(tx, append([]string{o.Country, o.Region}, local...), civil.Date{}, civil.Date{})
		if err != nil {
			return Calendar{}, err
		}
		suspended, err := suspensions.Select(tx, "WHERE tenant_id = $1 ORDER BY date_from, id")
		if err != nil {
			return Calendar{}, err
		}
		named, err := placesCoded(tx, local)
		if err != nil {
			return Calendar{}, err
		}
		return newCalendar(o, local, days, suspended, named)
	})
}

// municipal keeps each code once and leaves out those left empty.
func municipal(codes []string) []string {
	slices.Sort(codes)
	return slices.DeleteFunc(slices.Compact(codes), func(code string) bool { return code == "" })
}

// HolidayFilter narrows a list of holidays.
type HolidayFilter struct {
	Year  int
	Scope Scope
	Words string // part of the name of the municipality
}

// HolidayLine is a holiday with the name of its municipality.
type HolidayLine struct {
	Holiday
	PlaceName string `db:"place_name"`
}

// Holidays lists the holidays of a year.
func (s *Service) Holidays(ctx context.Context, f HolidayFilter, p table.Page) (found []HolidayLine, total int, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	f.Words = text.Fold(f.Words)
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = holidaysWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// HolidaysAt lists the holidays of a year that hold in a municipality.
func (s *Service) HolidaysAt(ctx context.Context, code string, year int) ([]Holiday, error) {
	from, to := yearOf(year)
	o, err := s.Office(ctx)
	if err != nil {
		return nil, err
	}
	return view(ctx, s, func(tx *db.Tx) ([]Holiday, error) {
		return holidaysOf(tx, []string{o.Country, o.Region, code}, from, to)
	})
}

func yearOf(year int) (from, to civil.Date) {
	return civil.Date{Year: year, Month: 1, Day: 1}, civil.Date{Year: year, Month: 12, Day: 31}
}

// Lack is a municipality with fewer local days than it should have.
type Lack struct {
	Code string `db:"code"`
	Name string `db:"name"`
	Days int    `db:"days"`
}

// Lacking lists the municipalities that have not all their local days of a
// year, and says how many days each should have.
func (s *Service) Lacking(ctx context.Context, year int) (found []Lack, wanted int, err error) {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	from, _ := yearOf(year)
	figure, err := s.Parameter(ctx, LocalDaysKey, from)
	if err != nil {
		return nil, 0, err
	}
	wanted = int(figure.Value)
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = lacking(tx, year, wanted)
		return err
	})
	return found, wanted, err
}

// AddHoliday adds a local day of a municipality. A day that it already has is
// a conflict.
func (s *Service) AddHoliday(ctx context.Context, in HolidayInput) (h Holiday, err error) {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return Holiday{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		at, err := places.Select(tx, "WHERE tenant_id = $1 AND code = $2 AND kind = $3", in.Place, Municipality)
		if err != nil {
			return err
		}
		if len(at) == 0 {
			var wrong fault.Fields
			wrong.Add("place", "form.not_an_option")
			return wrong.Err()
		}
		h = Holiday{
			Date: in.Date, Scope: Local, Place: in.Place, Name: text.Localized{i18n.Lang(ctx): in.Name}, Source: in.Source, Status: "confirmed",
		}
		return holidays.Insert(tx, &h)
	})
	return h, err
}

// DeleteHoliday takes a local day out of the calendar. National and regional
// days come with the pack and stay.
func (s *Service) DeleteHoliday(ctx context.Context, id record.ID) (h Holiday, err error) {
	if err := Edit.Check(ctx, access.Place{}); err != nil {
		return Holiday{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if h, err = holidays.Get(tx, id); err != nil {
			return err
		}
		if h.Scope != Local {
			return fault.New(fault.Conflict, "territory.holiday_not_local")
		}
		return holidays.Delete(tx, id)
	})
	return h, err
}
