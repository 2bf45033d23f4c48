package booking

import (
	"context"
	"net/url"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/web"
)

// month is a month of sessions, week by week.
type month struct {
	First  civil.Date
	Weeks  [][]day // from Monday to Sunday
	Before string  // addresses of the months around
	After  string
	Total  int
}

type day struct {
	Date     civil.Date
	Within   bool // the month
	Today    bool
	Sessions []sessions.Session
}

// monthLayout is a month in an address.
const monthLayout = "2006-01"

// wholeMonth lists all sessions of a month, by time.
var wholeMonth = table.Page{Number: 1, Sort: "day, start"}.All()

// month reads the month of the address; the one of today when it names none.
func (s *Service) month(ctx context.Context, p web.Params) (m month, err error) {
	var f listFilter
	if err := filterForm.Read(p.URL.Query(), &f); err != nil {
		return m, err
	}
	now := civil.Of(s.DB.Now().In(i18n.Zone))
	first, err := time.Parse(monthLayout, f.Month)
	if err != nil {
		first = time.Date(now.Year, now.Month, 1, 0, 0, 0, 0, time.UTC)
	}
	last := first.AddDate(0, 1, -1)
	f.From, f.To = civil.Of(first), civil.Of(last)
	found, total, err := s.Sessions.Sessions(ctx, f.Filter, wholeMonth)
	m = month{
		First: civil.Of(first), Total: total, Before: monthHref(p.URL, first.AddDate(0, -1, 0)), After: monthHref(p.URL, first.AddDate(0, 1, 0)),
		Weeks: weeks(first, last, now, found),
	}
	return m, err
}

// weeks lays the days of a month out, with those of its first and last week
// that belong to other months.
func weeks(first, last time.Time, today civil.Date, found []sessions.Session) (all [][]day) {
	onDay := map[civil.Date][]sessions.Session{}
	for _, row := range found {
		onDay[row.Day] = append(onDay[row.Day], row)
	}
	monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	for at := monday; !at.After(last); {
		var week []day
		for range 7 {
			d := civil.Of(at)
			week = append(week, day{Date: d, Within: at.Month() == first.Month(), Today: d == today, Sessions: onDay[d]})
			at = at.AddDate(0, 0, 1)
		}
		all = append(all, week)
	}
	return all
}

func monthHref(at *url.URL, first time.Time) string {
	query := at.Query()
	query.Set("month", first.Format(monthLayout))
	return root + "/calendar?" + query.Encode()
}
