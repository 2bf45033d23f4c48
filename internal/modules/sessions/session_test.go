package sessions_test

import (
	"testing"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/sessions"
)

func TestSessionsOverlapWhenTheyShareAMinute(t *testing.T) {
	t.Parallel()
	day := civil.MustParse("2020-02-04")
	nine := sessions.Session{Day: day, Start: 540, Minutes: 120}
	for name, c := range map[string]struct {
		other sessions.Session
		want  bool
	}{
		"the same":       {nine, true},
		"inside":         {sessions.Session{Day: day, Start: 600, Minutes: 10}, true},
		"the last":       {sessions.Session{Day: day, Start: 659, Minutes: 60}, true},
		"right after":    {sessions.Session{Day: day, Start: 660, Minutes: 60}, false},
		"right before":   {sessions.Session{Day: day, Start: 480, Minutes: 60}, false},
		"on another day": {sessions.Session{Day: day.AddDays(1), Start: 540, Minutes: 120}, false},
	} {
		if nine.Overlaps(c.other) != c.want || c.other.Overlaps(nine) != c.want {
			t.Errorf("%s: not %v", name, c.want)
		}
	}
}

func TestASessionBeginsByTheClockOnTheWallAlsoWhenTheClocksChange(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	s := sessions.Session{Day: civil.MustParse("2020-03-29"), Start: 600, Minutes: 90}
	if got := s.Begins(zone).Format("15:04"); got != "10:00" {
		t.Errorf("begins at %s", got)
	}
	if got := s.Ends(zone).Format("15:04"); got != "11:30" {
		t.Errorf("ends at %s", got)
	}
}

func TestCodesAreOfOnePersonInOneSession(t *testing.T) {
	t.Parallel()
	a, b := sessions.Session{SignKey: "aaaaaaaaaaaa"}, sessions.Session{SignKey: "bbbbbbbbbbbb"}
	if a.PersonalCode("p") == b.PersonalCode("p") || a.PersonalCode("p") == a.PersonalCode("q") || len(a.PersonalCode("p")) != 6 {
		t.Errorf("codes %s %s %s", a.PersonalCode("p"), b.PersonalCode("p"), a.PersonalCode("q"))
	}
	if again := (sessions.Session{SignKey: "aaaaaaaaaaaa"}); again.PersonalCode("p") != a.PersonalCode("p") {
		t.Error("a code changes")
	}
}
