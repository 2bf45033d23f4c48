package supervisors

import (
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
)

func TestUnavailabilityCoversItsHours(t *testing.T) {
	t.Parallel()
	friday, monday := civil.MustParse("2020-03-06"), civil.MustParse("2020-03-09")
	for name, c := range map[string]struct {
		in             UnavailabilityInput
		day            civil.Date
		start, minutes int
		want           bool
	}{
		"a day":                    {UnavailabilityInput{From: friday}, friday, 9 * hour, 90, true},
		"the day after":            {UnavailabilityInput{From: friday}, friday.AddDays(1), 9 * hour, 90, false},
		"last day of a span":       {UnavailabilityInput{From: friday, To: monday}, monday, 9 * hour, 90, true},
		"a weekday":                {UnavailabilityInput{Weekdays: []string{"fri"}}, friday.AddDays(70), 9 * hour, 90, true},
		"another weekday":          {UnavailabilityInput{Weekdays: []string{"fri"}}, monday, 9 * hour, 90, false},
		"a weekday before it runs": {UnavailabilityInput{From: monday, Weekdays: []string{"fri"}}, friday, 9 * hour, 90, false},
		"overlapping the start":    {UnavailabilityInput{From: friday, Start: "10:00", End: "12:00"}, friday, 9 * hour, 90, true},
		"ending as it starts":      {UnavailabilityInput{From: friday, Start: "10:30", End: "12:00"}, friday, 9 * hour, 90, false},
		"starting as it ends":      {UnavailabilityInput{From: friday, Start: "10:30", End: "12:00"}, friday, 12 * hour, 90, false},
	} {
		u, err := c.in.unavailability("s")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := u.Covers(c.day, c.start, c.minutes); got != c.want {
			t.Errorf("%s: covers %v", name, got)
		}
	}
}

func TestUnavailabilityIsRefusedWhenItSaysNothing(t *testing.T) {
	t.Parallel()
	day := civil.MustParse("2020-03-06")
	for want, in := range map[string]UnavailabilityInput{
		"from supervisors.days_or_weekdays": {},
		"to supervisors.ends_before":        {From: day, To: day.AddDays(-1)},
		"start supervisors.not_a_time":      {From: day, Start: "nine"},
		"end supervisors.not_a_time":        {From: day, End: "25:00"},
		"end supervisors.ends_before":       {From: day, Start: "12:00", End: "10:00"},
	} {
		_, err := in.unavailability("s")
		f := fault.Of(err)
		if f == nil || len(f.Fields) != 1 || f.Fields[0].Name+" "+f.Fields[0].Key != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestOwnSupervisionSaysWithWhomAndHowOften(t *testing.T) {
	t.Parallel()
	today := civil.MustParse("2020-01-20")
	for name, c := range map[string]struct {
		in   EvidenceInput
		want int
	}{
		"a diploma":         {EvidenceInput{Kind: SupervisorTraining, Date: today}, 0},
		"own supervision":   {EvidenceInput{Kind: OwnSupervision, Person: "Marta Roca", Frequency: "monthly"}, 0},
		"with nobody":       {EvidenceInput{Kind: OwnSupervision}, 2},
		"of tomorrow":       {EvidenceInput{Kind: Teaching, Date: today.AddDays(1)}, 1},
		"over before began": {EvidenceInput{Kind: Teaching, Date: today, Expires: today.AddDays(-1)}, 1},
	} {
		complaints := 0
		if f := fault.Of(c.in.check(today)); f != nil {
			complaints = len(f.Fields)
		}
		if complaints != c.want {
			t.Errorf("%s: %d complaints, want %d", name, complaints, c.want)
		}
	}
}
