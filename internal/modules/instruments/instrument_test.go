package instruments

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/packs"
)

// annex is the technical annex of the demonstration call.
func annex(t testing.TB) Instrument {
	t.Helper()
	raw, err := packs.FS.ReadFile("diba/instruments/C1-034.json")
	if err != nil {
		t.Fatal(err)
	}
	in, err := decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// filled answers everything that the annex requires, as a form sends it.
func filled() url.Values {
	return url.Values{
		"a_social_workers": {"3"}, "a_social_educators": {"2"}, "a_psychologists": {"0"}, "a_lawyers": {"0"},
		"a_family_workers": {"1"}, "a_administratives": {"0"}, "a_team_structure": {"single"}, "a_modality": {"cases"},
		"a_needs": {"housing", "roles"}, "a_needs_text": {"Casos complexos d'habitatge."}, "a_goals_text": {"Compartir criteris."},
		"a_urgency": {"10"}, "a_had_supervision": {"false"}, "a_preferred_days": {"monday"}, "a_part_of_day": {"morning"},
		"a_space_available": {"true"}, "a_consent_to_group": {"true"}, "a_coordinator_name": {"Marta Serra"},
		"a_coordinator_position": {"Coordinadora"}, "a_coordinator_email": {"marta@vila.example"}, "a_coordinator_phone": {"600 000 000"},
	}
}

func with(values url.Values, name string, texts ...string) url.Values {
	values[name] = texts
	return values
}

func TestTheAnnexIsFitToPublish(t *testing.T) {
	t.Parallel()
	if err := annex(t).check(); err != nil {
		t.Error(err)
	}
}

func TestReadingUnderstandsEveryKind(t *testing.T) {
	t.Parallel()
	r := annex(t).read(with(filled(), "a_earliest_start", "2020-03-02"))
	if len(r.wrong) > 0 {
		t.Fatal(r.wrong)
	}
	for code, want := range map[string]any{
		"social_workers": int64(3), "team_structure": "single", "needs": []string{"housing", "roles"}, "urgency": int64(10),
		"had_supervision": false, "earliest_start": "2020-03-02", "coordinator_name": "Marta Serra",
	} {
		if !reflect.DeepEqual(r.answers[code], want) {
			t.Errorf("%s: %#v", code, r.answers[code])
		}
	}
}

func TestComplaintsStandBesideTheirItem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		text []string
		want string
	}{
		{"a_social_workers", nil, "form.required"},
		{"a_social_workers", []string{"  "}, "form.required"},
		{"a_social_workers", []string{"three"}, "form.not_a_number"},
		{"a_social_workers", []string{"501"}, "form.out_of_range"},
		{"a_urgency", []string{"-1"}, "form.out_of_range"},
		{"a_modality", []string{"both"}, "form.not_an_option"},
		{"a_needs", []string{"housing", "roles", "change", "violence"}, "instruments.too_many"},
		{"a_needs", []string{"housing", "none"}, "form.not_an_option"},
		{"a_had_supervision", []string{"maybe"}, "form.not_an_option"},
		{"a_earliest_start", []string{"2020-02-30"}, "form.not_a_date"},
		{"a_coordinator_phone", []string{strings.Repeat("6", 41)}, "form.too_long"},
	} {
		wrong := annex(t).read(with(filled(), c.name, c.text...)).wrong
		if len(wrong) != 1 || wrong[0].Name != c.name || wrong[0].Key != c.want {
			t.Errorf("%s %q: %v", c.name, c.text, wrong)
		}
	}
}

func TestAnItemAppliesWhenTheAnswersBeforeItSaySo(t *testing.T) {
	t.Parallel()
	in := annex(t)
	typed := with(filled(), "a_last_session", "not a date")
	if r := in.read(typed); r.applies["last_session"] || len(r.wrong) > 0 {
		t.Errorf("a question that is not asked is held against the reader: %v", r.wrong)
	}
	typed["a_had_supervision"] = []string{"true"}
	if r := in.read(typed); !r.applies["last_session"] || len(r.wrong) != 1 {
		t.Errorf("the same question, asked: %v", r.wrong)
	}
}

func TestScoresSayWhatTheyLack(t *testing.T) {
	t.Parallel()
	in := annex(t)
	results := in.results(in.read(filled()).answers)
	if !results[0].Known || results[0].Value != 6 || results[1].Value != 3 {
		t.Errorf("%+v", results)
	}
	results = in.results(in.read(with(filled(), "a_lawyers")).answers)
	if results[0].Known || fmt.Sprint(results[0].Missing) != "[lawyers]" {
		t.Errorf("%+v", results[0])
	}
}

func TestADraftKeepsWhatIsNotShown(t *testing.T) {
	t.Parallel()
	in, sheet := annex(t), Sheet{State: Open}
	keep := func(typed url.Values) {
		t.Helper()
		if err := sheet.keep(in, typed); err != nil {
			t.Fatal(err)
		}
	}
	keep(with(with(filled(), "a_had_supervision", "true"), "a_last_usefulness", "8"))
	keep(with(with(filled(), "a_had_supervision", "false"), "a_last_usefulness", "8"))
	if _, told := sheet.Values()["last_usefulness"]; told {
		t.Error("an item that does not apply still has an answer")
	}
	keep(filled()) // the form no longer shows the question
	keep(with(filled(), "a_had_supervision", "true"))
	if sheet.Values()["last_usefulness"] != int64(8) {
		t.Error("what was typed did not come back with its question")
	}
	keep(with(with(filled(), "a_had_supervision", "true"), "a_needs"))
	if _, told := sheet.Values()["needs"]; told {
		t.Error("boxes that were cleared are still ticked")
	}
	keep(with(filled(), "a_intruder", "x"))
	if sheet.Typed.V.Has("a_intruder") {
		t.Error("a name that is no item was kept")
	}
	if err := sheet.keep(in, url.Values{"a_needs_text": {strings.Repeat("x", mostTyped+1)}}); !errors.Is(err, fault.Invalid) {
		t.Errorf("a text without end: %v", err)
	}
}

func TestWhatStandsAgainstPublishing(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*Instrument){
		"[code: instruments.bad_code]":                                      func(in *Instrument) { in.Code = "C1 034" },
		"[version: instruments.bad_version]":                                func(in *Instrument) { in.Version = 0 },
		"[status: instruments.is_draft]":                                    func(in *Instrument) { in.Status = Draft },
		"[title: form.required]":                                            func(in *Instrument) { in.Title = nil },
		"[sections: instruments.no_items]":                                  func(in *Instrument) { in.Sections, in.Scores = nil, nil },
		"[sections.team.psychologists.label: instruments.not_said]":         func(in *Instrument) { item(in, 2).Label = text.Localized{"ca": "x", "es": "x", "it": "x"} },
		"[sections.team.psychologists.label: instruments.unknown_language]": func(in *Instrument) { item(in, 2).Label["fr"] = "x" },
		"[sections.team.social_workers: instruments.twice]":                 func(in *Instrument) { item(in, 1).Code = "social_workers" },
		"[sections.team.Psychologists: instruments.bad_name]":               func(in *Instrument) { item(in, 2).Code = "Psychologists" },
		"[sections.team.psychologists: instruments.unknown_kind]":           func(in *Instrument) { item(in, 2).Kind = "drawing" },
		"[sections.team.psychologists: instruments.few_options]":            func(in *Instrument) { item(in, 2).Kind = Choice },
		"[sections.team.psychologists: instruments.bad_scale]":              func(in *Instrument) { item(in, 2).Kind = Scale },
		"[sections.team.psychologists: instruments.bad_limits]":             func(in *Instrument) { *item(in, 2).Max = -1 },
		"[sections.team.psychologists: instruments.no_options]":             func(in *Instrument) { item(in, 2).Options = item(in, 6).Options },
		"[sections.team.psychologists.labels: instruments.bad_label]":       func(in *Instrument) { item(in, 2).Labels = map[string]text.Localized{"x": item(in, 2).Label} },
		"[sections.team.psychologists.when: rule.malformed]":                func(in *Instrument) { item(in, 2).When = "answers." },
		"[sections.team.psychologists.when: rule.not_a_condition]":          func(in *Instrument) { item(in, 2).When = "1 + 1" },
		"[sections.team.psychologists.when: instruments.not_asked_before]":  func(in *Instrument) { item(in, 2).When = "answers.lawyers > 0" },
		"[scores.professionals: rule.unknown_name]":                         func(in *Instrument) { in.Scores[0].Expression = "people + 1" },
		"[scores.professionals: instruments.not_asked_before]":              func(in *Instrument) { in.Scores[0].Expression = "answers.mayors + 1" },
		"[scores.professionals: instruments.twice]":                         func(in *Instrument) { in.Scores[1].Code = "professionals" },
	} {
		in := annex(t)
		spoil(&in)
		if err := in.check(); !errors.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s: %v", want, err)
		}
	}
}

func item(in *Instrument, at int) *Item { return &in.Sections[0].Items[at] }

func TestDecodingIsStrict(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `[]`, `{"codes": "x"}`, `{"code": 3}`, `{} {}`, `{"sections": [{"items": [{"wen": "true"}]}]}`} {
		if _, err := decode([]byte(raw)); !errors.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestTheFormatComesBackAsItWas(t *testing.T) {
	t.Parallel()
	in := annex(t)
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := decode(raw)
	if err != nil || !reflect.DeepEqual(again, in) {
		t.Errorf("it differs: %v", err)
	}
}

// TestAnythingMayBeTyped: whatever comes, a draft is kept, only items that
// apply have answers, and keeping the same again changes nothing.
func TestAnythingMayBeTyped(t *testing.T) {
	t.Parallel()
	in := annex(t)
	var names []string
	for item := range in.items() {
		names = append(names, field(item.Code))
	}
	typing := rapid.MapOf(rapid.SampledFrom(names), rapid.SliceOf(rapid.OneOf(
		rapid.String(), rapid.SampledFrom([]string{"true", "false", "3", "shared", "housing", "2020-02-13", "-0", "1e3", "\x00"}))))
	rapid.Check(t, func(t *rapid.T) {
		sheet := Sheet{State: Open}
		for _, typed := range []url.Values{typing.Draw(t, "first"), typing.Draw(t, "second")} {
			if err := sheet.keep(in, typed); err != nil {
				t.Fatal(err)
			}
		}
		applies := in.read(sheet.Typed.V).applies
		for code := range sheet.Values() {
			if !applies[code] {
				t.Fatalf("%s does not apply and has an answer", code)
			}
		}
		before := sheet.Values()
		if err := sheet.keep(in, sheet.Typed.V); err != nil || !reflect.DeepEqual(sheet.Values(), before) {
			t.Fatalf("keeping twice: %v", err)
		}
		in.view(t.Context(), sheet.Typed.V, in.read(sheet.Typed.V).wrong.Err())
	})
}
