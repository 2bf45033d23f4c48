package certificates

import (
	"errors"
	"slices"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

var (
	january  = civil.MustParse("2020-01-01")
	february = civil.MustParse("2020-02-01")
	march    = civil.MustParse("2020-03-01")
	december = civil.MustParse("2020-12-31")
)

func member(id record.ID) supervision.Participant {
	p := supervision.Participant{GroupID: "g1", Joined: january, Profession: profession.SocialWorker}
	p.ID = id
	return p
}

func TestCreditIsDerived(t *testing.T) {
	t.Parallel()
	const sw, ed = profession.SocialWorker, profession.SocialEducator
	for _, test := range []struct {
		name       string
		kind       profiles.Kind
		people     []profession.Profession
		supervisor profession.Profession
		want       Credit
	}{
		{"alone", profiles.Individual, []profession.Profession{sw}, profession.Psychologist, IndividualCredit},
		{"social workers with one of them", profiles.Cases, []profession.Profession{sw, sw}, sw, MonoCredit},
		{"social workers with somebody else", profiles.MonoProfessional, []profession.Profession{sw, sw}, profession.Psychologist, OtherCredit},
		{"a mixed group with a social worker", profiles.MultiProfessional, []profession.Profession{sw, ed}, sw, OtherCredit},
		{"a mixed group whatever it is called", profiles.MonoProfessional, []profession.Profession{ed, sw}, sw, OtherCredit},
		{"educators with an educator", profiles.MonoProfessional, []profession.Profession{ed, ed}, ed, OtherCredit},
		{"a mixed group without a supervisor yet", profiles.Teams, []profession.Profession{ed, sw}, "", OtherCredit},
		{"nobody yet", profiles.Cases, nil, sw, Undecided},
		{"no supervisor yet", profiles.Cases, []profession.Profession{sw}, "", Undecided},
	} {
		if got := CreditOf(test.kind, test.people, test.supervisor); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCompositionIsWhoWasThereWhenItMet(t *testing.T) {
	t.Parallel()
	people := []supervision.Participant{member("a"), member("b"), member("c")}
	meetings := []coverage.Meeting{{Group: "g1", Day: february}}
	mistaken, left := member("x"), member("y")
	mistaken.Left, mistaken.Profession = civil.MustParse("2020-01-10"), profession.Lawyer
	left.Left, left.Profession = march, profession.SocialEducator
	got := composition("g1", append(people, mistaken, left), meetings)
	if len(got) != 4 || slices.Contains(got, profession.Lawyer) || !slices.Contains(got, profession.SocialEducator) {
		t.Error("got", got)
	}
}

func TestAccreditationComesBeforeTheFirstSession(t *testing.T) {
	t.Parallel()
	today := civil.MustParse("2020-06-01")
	for _, test := range []struct {
		on, first civil.Date
		want      string
	}{
		{february, march, ""},
		{march, march, "certificates.accreditation.late"},
		{civil.MustParse("2020-03-02"), march, "certificates.accreditation.late"},
		{march, civil.Date{}, ""},
		{december, civil.Date{}, "certificates.accreditation.future"},
	} {
		got := ""
		if err := (AccreditationInput{On: test.on}).check(today, test.first); err != nil {
			if !errors.Is(err, fault.Invalid) {
				t.Error(err)
			}
			got = fault.Of(err).Fields[0].Key
		}
		if got != test.want {
			t.Errorf("on %s, first session on %s: got %q, want %q", test.on, test.first, got, test.want)
		}
	}
}

func TestCreditIsEarnedOnlyWithAPriorAccreditationOfItsType(t *testing.T) {
	t.Parallel()
	prior := Accreditation{Credit: MonoCredit, Event: "E-1", On: january, Minutes: 600}
	worth := 1.5
	stated := []profiles.Figure{{Key: profiles.CreditPerHour, Kind: profiles.MonoProfessional, Value: &worth}}
	for _, test := range []struct {
		name       string
		figures    []profiles.Figure
		credit     Credit
		accredited []Accreditation
		want       string
		credits    float64
	}{
		{"accredited", stated, MonoCredit, []Accreditation{prior}, "", 15},
		{"the figure is of another type", stated, OtherCredit, []Accreditation{{Credit: OtherCredit, On: january, Minutes: 600}}, "certificates.earned.not_stated", 0},
		{"nobody stated what an hour gives", []profiles.Figure{{Key: profiles.CreditPerHour}}, MonoCredit, []Accreditation{prior}, "certificates.earned.not_stated", 0},
		{"not accredited", stated, MonoCredit, nil, "certificates.earned.not_accredited", 0},
		{"accredited as another type", stated, OtherCredit, []Accreditation{prior}, "certificates.earned.other_type", 0},
		{"accredited on the day of the first session", stated, MonoCredit, []Accreditation{{Credit: MonoCredit, On: february, Minutes: 600}}, "certificates.earned.late", 0},
		{"undecided", stated, Undecided, []Accreditation{prior}, "certificates.earned.undecided", 0},
	} {
		got := earn(profiles.Profile{Figures: test.figures}, test.credit, test.accredited, february, 660)
		if got.Why != test.want || (got.Credits != nil) != (test.credits > 0) || got.Credits != nil && *got.Credits != test.credits {
			t.Errorf("%s: got %+v", test.name, got)
		}
	}
}
