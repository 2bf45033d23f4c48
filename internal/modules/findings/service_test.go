package findings_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bastida/engine/disclosure"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/findings"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/db"
)

func key(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	return fmt.Sprint(err)
}

func (w *world) results(t *testing.T, email string, id record.ID) findings.Release {
	t.Helper()
	found, err := w.findings.Results(w.as(t, email), id)
	if err != nil {
		t.Fatal(err)
	}
	return found.Release
}

func TestACodeIsGoodForOneAnswerWithinTheDays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		_, codes := w.round(t, "January", "2020-01-21", last, north)
		mine := codes[north.ID][0]
		if _, err := w.wellbeing.Asked(t.Context(), mine); key(err) != "wellbeing.not_yet" {
			t.Error(key(err))
		}
		w.clock.Set(time.Date(2020, 1, 31, 22, 30, 0, 0, time.UTC)) // 23:30 of the last day
		asked, err := w.wellbeing.Asked(t.Context(), strings.ToLower(strings.ReplaceAll(mine, "-", " ")))
		if err != nil || asked.Team != "North" || len(asked.Sheet.Wordings["it"].Items) != 8 {
			t.Error(asked, err)
		}
		for _, wrong := range []wellbeing.Ballot{{1, 2}, {0, 0, 0, 0, 0, 0, 0, 9}} {
			if err := w.wellbeing.Answer(t.Context(), mine, wrong); !errors.Is(err, fault.Invalid) {
				t.Error(wrong, err)
			}
		}
		if err := w.wellbeing.Answer(t.Context(), mine, all(2)); err != nil {
			t.Fatal(err)
		}
		if err := w.wellbeing.Answer(t.Context(), mine, all(4)); key(err) != "wellbeing.code_used" {
			t.Error(key(err))
		}
		if err := w.wellbeing.Answer(t.Context(), "AAAA-BBBB-CCCC", all(4)); key(err) != "wellbeing.no_such_code" {
			t.Error(key(err))
		}
		w.clock.Set(time.Date(2020, 1, 31, 23, 30, 0, 0, time.UTC))
		if err := w.wellbeing.Answer(t.Context(), codes[north.ID][1], all(1)); key(err) != "wellbeing.over" {
			t.Error(key(err))
		}
	})
}

func TestColleaguesAnswerInTheSameInstant(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 8)
		r, codes := w.round(t, "January", first, last, north)
		done := make(chan error, 16)
		for i := range 16 { // every code twice
			go func() { done <- w.wellbeing.Answer(t.Context(), codes[north.ID][i%8], all(i%5)) }()
		}
		taken := 0
		for range 16 {
			if err := <-done; err == nil {
				taken++
			} else if key(err) != "wellbeing.code_used" {
				t.Error(err)
			}
		}
		if taken != 8 {
			t.Errorf("%d answers were taken", taken)
		}
		w.publish(t, r)
		if f := w.results(t, "tech@diba.example", r.ID).Figure("all", "load", disclosure.Means); f.Answers != 8 {
			t.Errorf("%+v", f)
		}
	})
}

// TestTheDatabaseDoesNotTellWhoseAnswerIsWhose looks at the tables as whoever
// owns the database does, after answers in a known order at known instants.
func TestTheDatabaseDoesNotTellWhoseAnswerIsWhose(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		_, codes := w.round(t, "January", first, last, north)
		before := w.rows(t, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry")
		state := func() string {
			return fmt.Sprint(w.rows(t, "SELECT id, CAST(created_at AS TEXT), CAST(updated_at AS TEXT), ballots FROM wellbeing_box"),
				w.rows(t, "SELECT id, CAST(version AS TEXT), CAST(created_at AS TEXT), CAST(updated_at AS TEXT), CAST(used AS TEXT) FROM wellbeing_code ORDER BY id"))
		}
		give := func(order []int) {
			for n, i := range order {
				w.clock.Set(time.Date(2020, 1, 21+n, 9, 17*n, 0, 0, time.UTC))
				if err := w.wellbeing.Answer(t.Context(), codes[north.ID][i], all(i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		give([]int{3, 0, 4})
		opening := fmt.Sprint(civil.MustParse(first).Start(time.FixedZone("", 3600)).UnixMilli())
		for _, row := range w.rows(t, "SELECT CAST(created_at AS TEXT), CAST(updated_at AS TEXT) FROM wellbeing_code UNION ALL SELECT CAST(created_at AS TEXT), CAST(updated_at AS TEXT) FROM wellbeing_box") {
			if row != opening+" "+opening {
				t.Errorf("a row says when: %s, and the opening is %s", row, opening)
			}
		}
		if after := w.rows(t, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_entry"); !slices.Equal(before, after) {
			t.Errorf("the audit trail grew from %v to %v entries", before, after)
		}
		if got := w.rows(t, "SELECT ballots FROM wellbeing_box"); len(got) != 1 || !strings.HasPrefix(got[0], "[[0,") {
			t.Errorf("the box is not sorted: %v", got)
		}
		one := state()
		w.forget(t)
		give([]int{4, 3, 0})
		if two := state(); one != two {
			t.Errorf("the order of the answers shows:\n%s\n%s", one, two)
		}
	})
}

// forget empties box and codes, as if nobody had answered.
func (w *world) forget(t *testing.T) {
	t.Helper()
	raw := w.raw(t)
	for _, statement := range []string{
		"UPDATE wellbeing_box SET ballots = '[]', version = 1", "UPDATE wellbeing_code SET used = FALSE, version = 1",
	} {
		if _, err := raw.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

// raw is the database as its owner sees it.
func (w *world) raw(t *testing.T) *sql.DB {
	t.Helper()
	driver, name := "sqlite", "file:"+w.url
	if w.db.Engine == db.Postgres {
		driver, name = "pgx", w.url
	}
	raw, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = raw.Close() })
	return raw
}

func (w *world) rows(t *testing.T, query string) (lines []string) {
	t.Helper()
	rows, err := w.raw(t).QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells := make([]string, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestNobodySeesAnythingBeforePublicationAndAnswersAreDestroyedByIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		r, codes := w.round(t, "January", first, last, north)
		w.answer(t, codes[north.ID])
		tech := w.as(t, "tech@diba.example")
		if _, err := w.wellbeing.Step(tech, r.ID, "publish"); key(err) != "flow.wrong_state" {
			t.Errorf("an open round: %s", key(err))
		}
		if _, err := w.wellbeing.MakeCodes(tech, r.ID, north.ID, nil); key(err) != "wellbeing.codes_closed" {
			t.Errorf("codes of an open round: %s", key(err))
		}
		for email := range w.demo {
			if _, err := w.findings.Results(w.as(t, email), r.ID); err == nil {
				t.Errorf("%s sees results of an open round", email)
			}
		}
		w.publish(t, r)
		if left := w.rows(t, "SELECT id FROM wellbeing_box UNION ALL SELECT id FROM wellbeing_code"); len(left) > 0 {
			t.Errorf("%d boxes and codes are left", len(left))
		}
		for email, sees := range map[string]bool{
			"tech@diba.example": true, "lead@vic.example": true, "prof@vic.example": true, "lead@manlleu.example": true,
			"admin@diba.example": false, "auditor@diba.example": false, "tech@imas.example": false,
		} {
			if _, err := w.findings.Results(w.as(t, email), r.ID); (err == nil) != sees {
				t.Errorf("%s: %v", email, err)
			}
		}
		for _, u := range w.results(t, "lead@manlleu.example", r.ID).Units.V {
			if u.Kind != findings.Everybody {
				t.Errorf("Manlleu sees %+v", u)
			}
		}
	})
}

func TestASmallTeamIsNeitherShownNorWorkedOut(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		big, small := w.team(t, "Big", "vic", 9), w.team(t, "Small", "vic", 4)
		r, codes := w.round(t, "January", first, last, big, small)
		w.answer(t, codes[big.ID])
		w.answer(t, codes[small.ID])
		w.publish(t, r)
		release := w.results(t, "tech@diba.example", r.ID)
		for unit, wanted := range map[string]disclosure.Code{
			"team " + small.ID.String(): disclosure.TooFewPeople,
			"team " + big.ID.String():   disclosure.Complementary,
		} {
			f := release.Figure(unit, "load", disclosure.Means)
			if f.Withheld == nil || f.Withheld.Code != wanted || f.Answers != 0 || f.Mean != 0 {
				t.Errorf("%s: %+v", unit, f)
			}
		}
		if f := release.Figure("all", "load", disclosure.Means); f.Withheld != nil || f.Answers != 13 || f.Mean != 2.38 {
			t.Errorf("everybody: %+v", f)
		}
		stored := w.rows(t, "SELECT figures FROM findings_release")
		if strings.Contains(stored[0], `"answers":4`) {
			t.Error("what was withheld is stored")
		}
	})
}

func TestTwoMeasurementsDoNotTellOfWhoCameBetween(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north, south := w.team(t, "North", "vic", 9), w.team(t, "South", "manlleu", 9)
		r, codes := w.round(t, "January", first, last, north, south)
		for _, c := range codes {
			w.answer(t, c)
		}
		w.publish(t, r)
		ctx := w.as(t, "tech@diba.example")
		in := north.Input()
		in.Joined = 1
		north, err := w.teams.Edit(ctx, north.ID, north.Version, in)
		if err != nil || north.Headcount != 10 {
			t.Fatal(north.Headcount, err)
		}
		again, codes := w.round(t, "March", "2020-03-02", "2020-03-13", north, south)
		w.clock.Set(time.Date(2020, 3, 3, 9, 0, 0, 0, time.UTC))
		for _, c := range codes {
			w.answer(t, c)
		}
		w.publish(t, again)
		release := w.results(t, "tech@diba.example", again.ID)
		f := release.Figure("team "+north.ID.String(), "load", disclosure.Means)
		if f.Withheld == nil || f.Withheld.Code != disclosure.OverTime || f.Withheld.Since != "January" {
			t.Errorf("North, with one person more: %+v", f)
		}
		if f := release.Figure("team "+south.ID.String(), "load", disclosure.Means); f.Withheld != nil || f.Answers != 9 {
			t.Errorf("South, with the same people: %+v", f)
		}
		trend, err := w.findings.Trend(ctx, "climate-1")
		if err != nil || len(trend) != 2 || trend[0].Title != "January" {
			t.Error(len(trend), err)
		}
	})
}

func TestAMissingLimitStopsThePublication(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		r, codes := w.round(t, "January", first, last, north)
		w.answer(t, codes[north.ID])
		if _, err := w.raw(t).ExecContext(t.Context(), "DELETE FROM territory_parameter WHERE param_key = 'disclosure.min_answers'"); err != nil {
			t.Fatal(err)
		}
		w.clock.Set(r.Closes.AddDays(1).Start(time.UTC).Add(9 * time.Hour))
		if _, err := w.wellbeing.Step(w.as(t, "tech@diba.example"), r.ID, "publish"); key(err) != "territory.no_parameter" {
			t.Error(key(err))
		}
		if left := w.rows(t, "SELECT id FROM wellbeing_box"); len(left) != 1 {
			t.Error("the answers were destroyed all the same")
		}
	})
}

func TestAnInstrumentWithoutWordingCannotBeAsked(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, north := w.as(t, "tech@diba.example"), w.team(t, "North", "vic", 6)
		in := wellbeing.RoundInput{
			Title: "Burnout", Instrument: "olbi-1", Opens: civil.MustParse(first), Closes: civil.MustParse(last), Teams: []string{north.ID.String()},
		}
		refused := func(wanted string) {
			t.Helper()
			_, err := w.wellbeing.Prepare(ctx, in)
			if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Key != wanted {
				t.Errorf("%v, not %s", err, wanted)
			}
		}
		refused("wellbeing.no_wording")
		typed := wellbeing.WordingInput{Language: "ca", Items: strings.Repeat("Un enunciat inventat\n", 15), Answers: "a\nb\nc\nd", Source: "Manual"}
		var got []string
		for _, c := range fault.Of(second(w.wellbeing.Word(ctx, "olbi-1", 0, typed))).Fields {
			got = append(got, c.Key)
		}
		if !slices.Equal(got, []string{"wellbeing.tick_licence", "wellbeing.tick_wording", "wellbeing.items_count"}) {
			t.Error(got)
		}
		typed.Items += "L’últim | mai | poc | força | molt"
		typed.Licence, typed.Checked = true, true
		adopted, err := w.wellbeing.Word(w.as(t, "admin@diba.example"), "olbi-1", 0, typed)
		if err != nil {
			t.Fatal(err)
		}
		if v := adopted.Adoption.Wordings.V["ca"]; v.By != "Person admin@diba.example" || v.On.String() != first || len(v.Items[15].Answers) != 4 {
			t.Errorf("%+v", v)
		}
		refused("wellbeing.no_least")
		least := wellbeing.LeastInput{Least: map[string]int{"exhaustion": 9, "disengagement": 6}, Source: "Manual"}
		if _, err := w.wellbeing.State(ctx, "olbi-1", 0, least); !errors.Is(err, fault.Invalid) {
			t.Error(err)
		}
		least.Least["exhaustion"] = 6
		if _, err := w.wellbeing.State(ctx, "olbi-1", 0, least); err != nil {
			t.Fatal(err)
		}
		if _, err := w.wellbeing.Prepare(ctx, in); err != nil {
			t.Error(err)
		}
		for _, email := range []string{"lead@vic.example", "auditor@diba.example"} {
			if _, err := w.wellbeing.Word(w.as(t, email), "olbi-1", 0, typed); !errors.Is(err, fault.Forbidden) {
				t.Error(email, err)
			}
		}
		other, err := w.wellbeing.Instrument(w.as(t, "tech@imas.example"), "olbi-1")
		if err != nil || len(other.Adoption.Wordings.V) != 0 {
			t.Error("the wording of a body is given to another", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestOnlyATechnicianMeasures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		r, _ := w.round(t, "January", first, last, north)
		verbs := map[string]func(context.Context) error{
			"prepare": func(ctx context.Context) error { return second(w.wellbeing.Prepare(ctx, r.Input())) },
			"step":    func(ctx context.Context) error { return second(w.wellbeing.Step(ctx, r.ID, "cancel")) },
			"codes":   func(ctx context.Context) error { return second(w.wellbeing.MakeCodes(ctx, r.ID, north.ID, nil)) },
			"team":    func(ctx context.Context) error { return second(w.teams.Add(ctx, north.Input())) },
		}
		for name, verb := range verbs {
			for _, email := range []string{"lead@vic.example", "prof@vic.example", "auditor@diba.example", "admin@diba.example"} {
				if err := verb(w.as(t, email)); !errors.Is(err, fault.Forbidden) {
					t.Errorf("%s, %s: %v", name, email, err)
				}
			}
		}
		other := w.as(t, "tech@imas.example")
		for name, err := range map[string]error{
			"round": second(w.wellbeing.Round(other, r.ID)), "team": second(w.teams.Team(other, north.ID)), "step": second(w.wellbeing.Step(other, r.ID, "cancel")),
		} {
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("%s of another tenant: %v", name, err)
			}
		}
		if err := second(w.teams.Team(w.as(t, "lead@manlleu.example"), north.ID)); !errors.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestWhatIsToldDependsOnHowManyAnswered(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		seven := w.team(t, "Seven", "vic", 7)
		r, codes := w.round(t, "January", first, last, seven)
		w.answer(t, codes[seven.ID])
		w.publish(t, r)
		release := w.results(t, "tech@diba.example", r.ID)
		if f := release.Figure("all", "load", disclosure.Means); f.Withheld != nil || f.Answers != 7 {
			t.Errorf("a mean of seven: %+v", f)
		}
		if f := release.Figure("all", "load", disclosure.Distributions); f.Withheld == nil || f.Withheld.Minimum != 8 || f.Shares != nil {
			t.Errorf("how seven answers spread: %+v", f)
		}
		in := r.Input()
		in.Title, in.Sensitive, in.Opens, in.Closes = "Violence", true, civil.MustParse("2020-03-02"), civil.MustParse("2020-03-13")
		ctx := w.as(t, "tech@diba.example")
		sensitive, err := w.wellbeing.Prepare(ctx, in)
		if err != nil {
			t.Fatal(err)
		}
		made, err := w.wellbeing.MakeCodes(ctx, sensitive.ID, seven.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.wellbeing.Step(ctx, sensitive.ID, "open"); err != nil {
			t.Fatal(err)
		}
		w.clock.Set(time.Date(2020, 3, 3, 9, 0, 0, 0, time.UTC))
		w.answer(t, made.Print)
		w.publish(t, sensitive)
		if f := w.results(t, "tech@diba.example", sensitive.ID).Figure("all", "load", disclosure.Means); f.Withheld == nil || f.Withheld.Minimum != 20 {
			t.Errorf("seven answers on a sensitive matter: %+v", f)
		}
	})
}

func TestThatAllAnsweredAlikeIsNotTold(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 9)
		r, codes := w.round(t, "January", first, last, north)
		for _, key := range codes[north.ID] {
			if err := w.wellbeing.Answer(t.Context(), key, all(0)); err != nil {
				t.Fatal(err)
			}
		}
		w.publish(t, r)
		release := w.results(t, "tech@diba.example", r.ID)
		for _, kind := range []disclosure.Kind{disclosure.Means, disclosure.Distributions} {
			if f := release.Figure("all", "load", kind); f.Withheld == nil || f.Withheld.Code != disclosure.Unanimity {
				t.Errorf("%s: %+v", kind, f)
			}
		}
		if f := release.Figure("all", "participation", disclosure.Participation); f.Withheld != nil || f.Answers != 9 {
			t.Errorf("that everybody answered: %+v", f)
		}
	})
}
