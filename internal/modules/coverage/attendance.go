package coverage

import (
	"math"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// Meeting is a session that was held, with the minutes that each participant
// attended.
type Meeting struct {
	Session  record.ID
	Group    record.ID
	Day      civil.Date
	Minutes  int
	Attended map[record.ID]int // by participant
}

// Attendance is the minutes that somebody attended of those that were held
// while they belonged.
type Attendance struct{ Minutes, Held int }

func (a Attendance) plus(b Attendance) Attendance {
	return Attendance{a.Minutes + b.Minutes, a.Held + b.Held}
}

// Share is the whole per cent attended, rounded down so that nobody reads a
// threshold that was not reached. known is false while nothing was held.
func (a Attendance) Share() (percent int, known bool) {
	if a.Held == 0 {
		return 0, false
	}
	return a.Minutes * 100 / a.Held, true
}

// attendanceOf counts the meetings of the days on which somebody belonged.
func attendanceOf(p supervision.Participant, meetings []Meeting) (a Attendance, visits []Visit) {
	for _, m := range meetings {
		if m.Group != p.GroupID || !p.On(m.Day) {
			continue
		}
		a = a.plus(Attendance{m.Attended[p.ID], m.Minutes})
		visits = append(visits, Visit{m.Day, m.Minutes, m.Attended[p.ID]})
	}
	return a, visits
}

// Visit is what somebody attended of one session.
type Visit struct {
	Day      civil.Date `json:"day"`
	Minutes  int        `json:"minutes"`
	Attended int        `json:"attended"`
}

// Comparator says how a share is compared with a threshold.
type Comparator string

// The comparators. Unsaid is a threshold of which nobody has said how to
// compare.
const (
	AtLeast  Comparator = "at_least"
	MoreThan Comparator = "more_than"
	Unsaid   Comparator = ""
)

// Threshold is the share of the time held that has to be attended.
type Threshold struct {
	Ruled      bool // the rules have one, whether or not its value is stated
	Stated     bool
	Hundredths int // of a per cent
	Compare    Comparator
}

// ThresholdOf reads the threshold of a kind of supervision.
func ThresholdOf(rules profiles.Profile, kind profiles.Kind) (t Threshold) {
	t.Ruled = rules.Rule(profiles.AttendanceThreshold, kind).Key != ""
	percent, stated := rules.Figure(profiles.AttendanceThreshold, kind)
	t.Stated, t.Hundredths = stated, int(math.Round(percent*100))
	if strict, said := rules.Figure(profiles.AttendanceStrict, kind); said {
		t.Compare = AtLeast
		if strict > 0 {
			t.Compare = MoreThan
		}
	}
	return t
}

// Percent is the threshold as it is said.
func (t Threshold) Percent() float64 { return float64(t.Hundredths) / 100 }

// Judge returns nil when the threshold is met, and otherwise why not. Where the
// rules have no threshold there is nothing to meet.
func (t Threshold) Judge(a Attendance) error {
	const whole = 10_000 // hundredths of a per cent
	attended, wanted := a.Minutes*whole, a.Held*t.Hundredths
	switch {
	case !t.Ruled:
		return nil
	case !t.Stated:
		return fault.New(fault.Conflict, "coverage.reason.threshold_not_stated")
	case a.Held == 0:
		return fault.New(fault.Conflict, "coverage.reason.nothing_held")
	case attended > wanted, attended == wanted && t.Compare == AtLeast:
		return nil
	case attended == wanted && t.Compare == Unsaid:
		return fault.New(fault.Conflict, "coverage.reason.comparator_not_stated", "threshold", t.Percent())
	}
	share, _ := a.Share()
	return fault.New(fault.Conflict, "coverage.reason.below", "share", share, "threshold", t.Percent())
}

// Minutes are hours of the rules, which may have decimals.
func Minutes(hours float64) int { return int(math.Round(hours * 60)) }

// Hours are minutes as people say them.
func Hours(minutes int) float64 { return float64(minutes) / 60 }

// Label is the message key of the threshold as it is said.
func (t Threshold) Label() string {
	if t.Compare == Unsaid {
		return "coverage.threshold.unsaid"
	}
	return "coverage.threshold." + string(t.Compare)
}
