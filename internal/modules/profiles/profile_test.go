package profiles_test

import (
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/modules/profiles"
)

func value(v float64) *float64 { return &v }

var rules = profiles.Profile{
	Code: "leps", Kinds: []profiles.Kind{profiles.MonoProfessional, profiles.MultiProfessional},
	KindOnly: map[profiles.Kind][]profession.Profession{profiles.MonoProfessional: {profession.SocialWorker}},
	Figures: []profiles.Figure{
		{Key: profiles.MinHoursPerson, Kind: profiles.MonoProfessional, Required: true},
		{Key: profiles.MinHoursPerson, Value: value(6), Source: "a norm"},
		{Key: profiles.MaxGroup, Value: value(15), Source: "a norm"},
	},
}

func TestAFigureOfTheKindComesBeforeTheGeneralOne(t *testing.T) {
	t.Parallel()
	if got, stated := rules.Figure(profiles.MinHoursPerson, profiles.MultiProfessional); got != 6 || !stated {
		t.Errorf("the general figure is %v, %v", got, stated)
	}
	if _, stated := rules.Figure(profiles.MinHoursPerson, profiles.MonoProfessional); stated {
		t.Error("a kind whose own figure nobody stated takes the general one")
	}
	if _, stated := rules.Figure(profiles.MinGroup, profiles.MonoProfessional); stated {
		t.Error("a rule that the profile does not have is stated")
	}
	if missing := rules.Missing(); len(missing) != 1 || missing[0].Name() != "min_hours_person.mono_professional" {
		t.Errorf("missing: %v", missing)
	}
}

func TestStatingAFigureLeavesOtherCopiesAlone(t *testing.T) {
	t.Parallel()
	mine := rules
	in := profiles.FigureInput{Name: "min_hours_person.mono_professional", Value: 12, Source: "decision 4"}
	if err := mine.State(in, "Giulia", civil.MustParse("2020-01-20")); err != nil {
		t.Fatal(err)
	}
	if got, stated := mine.Figure(profiles.MinHoursPerson, profiles.MonoProfessional); got != 12 || !stated {
		t.Errorf("stated %v, %v", got, stated)
	}
	if len(rules.Missing()) != 1 {
		t.Error("the profile itself changed")
	}
	if err := mine.State(profiles.FigureInput{Name: "nothing"}, "", civil.Date{}); fault.Of(err).Kind != fault.NotFound {
		t.Errorf("an unknown figure: %v", err)
	}
}

func TestWhoMayBeSupervised(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		who  profession.Profession
		kind profiles.Kind
		want bool
	}{
		{profession.SocialWorker, profiles.MonoProfessional, true},
		{profession.Psychologist, profiles.MonoProfessional, false},
		{profession.Psychologist, profiles.MultiProfessional, true},
	} {
		if got := rules.Admits(c.who, c.kind); got != c.want {
			t.Errorf("%s in %s: %v", c.who, c.kind, got)
		}
	}
}
