package evaluation_test

import (
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

func TestARoundAsksEveryBodyOfEveryGroup(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.HalfWay)
		all, err := w.RatingsOf(w.as(t, "auditor"), w.programme.ID)
		if err != nil || len(all) != 3 || r.Missing != 3 || all[0].Answer != evaluation.Missing || r.Scale != 10 {
			t.Fatalf("%+v, %+v, %v", r, all, err)
		}
		for name, want := range map[string]int{"vila": 1, "poble": 1, "technician": 0, "supervisor": 0} {
			if panels, err := w.supervision.PanelsOf(w.as(t, name), w.programme); err != nil || len(panels) != want {
				t.Errorf("%s sees %d panels, %v", name, len(panels), err)
			}
		}
		if due, err := w.Due(w.as(t, "poble")); err != nil || len(due) != 2 {
			t.Errorf("%v, %v", due, err)
		}
		if got := w.letters(t, "poble"); len(got) != 1 || got[0].RefID != r.ID {
			t.Errorf("a body with two groups gets one letter: %+v", got)
		}
		_, err = w.Begin(w.as(t, "technician"), w.programme.ID, evaluation.RoundInput{Moment: evaluation.HalfWay, AnswerBy: civil.MustParse("2020-03-01")})
		refused(t, err, fault.Conflict, "evaluation.opened_already")
		_, err = w.Begin(w.as(t, "technician"), w.programme.ID, evaluation.RoundInput{Moment: evaluation.Final, AnswerBy: civil.MustParse("2020-01-01")})
		refused(t, err, fault.Invalid, "")
		_, err = w.Begin(w.as(t, "vila"), w.programme.ID, evaluation.RoundInput{Moment: evaluation.Final, AnswerBy: civil.MustParse("2020-03-01")})
		refused(t, err, fault.Forbidden, "")
	})
}

func TestARoundNeedsAnOpenProgrammeAndAScale(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		_, err := w.profiles.Load(w.system(t), []byte(`{"code": "bare", "name": {"ca": "Sense"}, "kinds": ["cases"], "supervisor": "allowed", "figures": []}`))
		must(t, err)
		p, err := w.supervision.Create(ctx, supervision.ProgrammeInput{
			Title: "Sense escala", Season: "2020", ProfileCode: "bare", Origin: supervision.FromDecision, OriginNote: "x",
			Starts: civil.MustParse("2020-01-15"), Ends: civil.MustParse("2020-12-15"),
		})
		must(t, err)
		in := evaluation.RoundInput{Moment: evaluation.Final, AnswerBy: civil.MustParse("2020-03-01")}
		_, err = w.Begin(ctx, p.ID, in)
		refused(t, err, fault.Conflict, "evaluation.programme_not_open")
		_, err = w.supervision.AddGroup(ctx, p.ID, supervision.GroupInput{Name: "G", Kind: profiles.Cases})
		must(t, err)
		p, err = w.supervision.Programme(ctx, p.ID)
		must(t, err)
		p, err = w.supervision.Step(ctx, p.ID, p.Version, "open")
		must(t, err)
		_, err = w.Begin(ctx, p.ID, in)
		refused(t, err, fault.Conflict, "evaluation.no_scale")
	})
}

func TestABodyRatesAndCorrectsUntilTheRoundCloses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		one := w.rating(t, r, w.large.ID, "vila")
		_, err := w.Rate(w.as(t, "poble"), one.ID, one.Version, evaluation.RatingInput{Score: 9})
		refused(t, err, fault.NotFound, "")
		_, err = w.Rate(w.as(t, "technician"), one.ID, one.Version, evaluation.RatingInput{Score: 9})
		refused(t, err, fault.Forbidden, "")
		_, err = w.Rate(w.as(t, "outsider"), one.ID, one.Version, evaluation.RatingInput{Score: 9})
		refused(t, err, fault.Forbidden, "")
		for _, bad := range []float64{-0.1, 10.01, 6.955} {
			_, err = w.Rate(w.as(t, "vila"), one.ID, one.Version, evaluation.RatingInput{Score: bad})
			refused(t, err, fault.Invalid, "")
		}
		w.give(t, r, w.large.ID, "vila", 6.9)
		_, err = w.Rate(w.as(t, "vila"), one.ID, one.Version, evaluation.RatingInput{Score: 9})
		refused(t, err, fault.Stale, "")
		w.give(t, r, w.large.ID, "vila", 8.25)
		got := w.rating(t, r, w.large.ID, "vila")
		if got.Score != 8.25 || got.RatedBy != "Person vila" || got.Answer != evaluation.Given {
			t.Errorf("%+v", got)
		}
		_, err = w.Close(w.as(t, "technician"), r.ID, db.AnyVersion)
		refused(t, err, fault.Conflict, "evaluation.ratings_missing")
		w.give(t, r, w.large.ID, "poble", 7)
		w.give(t, r, w.small.ID, "poble", 7)
		_, err = w.Close(w.as(t, "technician"), r.ID, db.AnyVersion)
		must(t, err)
		_, err = w.Rate(w.as(t, "vila"), one.ID, db.AnyVersion, evaluation.RatingInput{Score: 10})
		refused(t, err, fault.Conflict, "evaluation.round_closed")
	})
}

func TestABodyIsRecordedAsSilentOnlyAfterAReminder(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, r := w.as(t, "technician"), w.begun(t, evaluation.Final)
		one := w.rating(t, r, w.large.ID, "vila")
		_, err := w.Excuse(ctx, one.ID, one.Version, "No hi ha ningú")
		refused(t, err, fault.Conflict, "evaluation.not_reminded")
		_, err = w.Remind(ctx, r.ID)
		must(t, err)
		_, err = w.Excuse(w.as(t, "vila"), one.ID, db.AnyVersion, "No en volem saber res")
		refused(t, err, fault.Forbidden, "")
		got, err := w.Excuse(ctx, one.ID, db.AnyVersion, "No hi ha ningú")
		if err != nil || got.Answer != evaluation.NotAnswered || got.Reason == "" {
			t.Errorf("%+v, %v", got, err)
		}
		w.give(t, r, w.large.ID, "vila", 9)
		_, err = w.Excuse(ctx, one.ID, db.AnyVersion, "Massa tard")
		refused(t, err, fault.Conflict, "evaluation.answered_already")
	})
}

func TestRemindersKeepToWhatTheRoundSays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		w.give(t, r, w.large.ID, "vila", 9)
		sweep := func(days int) int {
			t.Helper()
			w.wait(days)
			must(t, w.Sweep(w.system(t)))
			return len(w.letters(t, "poble"))
		}
		for _, step := range []struct{ days, letters int }{{6, 1}, {1, 2}, {1, 2}, {6, 3}, {30, 3}} {
			if got := sweep(step.days); got != step.letters {
				t.Errorf("after %d more days: %d letters, want %d", step.days, got, step.letters)
			}
		}
		if got := w.letters(t, "vila"); len(got) != 1 {
			t.Errorf("who has answered is reminded: %+v", got)
		}
		_, err := w.Remind(w.as(t, "technician"), r.ID)
		refused(t, err, fault.Conflict, "evaluation.reminded_enough")
	})
}

func TestABodyThatComesLaterIsAskedToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		w.group(t, "Grup nou", w.large.SupervisorID, "vila")
		must(t, w.Sweep(w.system(t)))
		must(t, w.Sweep(w.system(t)))
		after, err := w.Round(w.as(t, "technician"), r.ID)
		if err != nil || after.Missing != 4 || len(w.letters(t, "vila")) != 2 {
			t.Errorf("%+v, %v, %d letters", after, err, len(w.letters(t, "vila")))
		}
	})
}

func TestWhoSeesWhichRatings(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		w.give(t, r, w.large.ID, "vila", 6.9)
		count := func(name string) int {
			t.Helper()
			found, total, err := w.Ratings(w.as(t, name), evaluation.RatingFilter{Programme: w.programme.ID}, first)
			if err != nil || total != len(found) {
				t.Errorf("%s: %d of %d, %v", name, len(found), total, err)
			}
			return total
		}
		for name, want := range map[string]int{"technician": 3, "legal": 3, "auditor": 3, "vila": 1, "poble": 2, "supervisor": 0, "stranger": 0, "outsider": 0} {
			if got := count(name); got != want {
				t.Errorf("%s sees %d ratings, want %d", name, got, want)
			}
		}
		_, _, err := w.Ratings(w.as(t, "anna"), evaluation.RatingFilter{}, first)
		refused(t, err, fault.Forbidden, "")
		one := w.rating(t, r, w.large.ID, "vila")
		_, err = w.RatingAt(w.as(t, "supervisor"), one.ID)
		refused(t, err, fault.NotFound, "")
		w.give(t, r, w.large.ID, "poble", 7)
		w.give(t, r, w.small.ID, "poble", 7)
		_, err = w.Close(w.as(t, "technician"), r.ID, db.AnyVersion)
		must(t, err)
		if got := count("supervisor"); got != 3 {
			t.Errorf("a supervisor sees %d ratings after the round closed", got)
		}
		if got := count("stranger"); got != 0 {
			t.Errorf("another supervisor sees %d", got)
		}
		due, err := w.Due(w.as(t, "poble"))
		if err != nil || len(due) != 0 {
			t.Errorf("%v, %v", due, err)
		}
	})
}

func TestAProgrammeDoesNotCloseWithoutItsEvaluation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		hold := func() string {
			t.Helper()
			held, err := w.supervision.Holds(ctx, w.programme)
			must(t, err)
			if len(held) == 0 {
				return ""
			}
			return held[0].Key
		}
		if got := hold(); got != "evaluation.hold.never" {
			t.Error(got)
		}
		r := w.begun(t, evaluation.Final)
		if got := hold(); got != "evaluation.hold.missing" {
			t.Error(got)
		}
		for _, x := range []struct{ group, body string }{{"large", "vila"}, {"large", "poble"}, {"small", "poble"}} {
			id := w.large.ID
			if x.group == "small" {
				id = w.small.ID
			}
			w.give(t, r, id, x.body, 8)
		}
		if got := hold(); got != "evaluation.hold.open" {
			t.Error(got)
		}
		_, err := w.supervision.Step(ctx, w.programme.ID, w.programme.Version, "close")
		refused(t, err, fault.Conflict, "evaluation.hold.open")
		_, err = w.Close(ctx, r.ID, db.AnyVersion)
		must(t, err)
		if got := hold(); got != "" {
			t.Error(got)
		}
	})
}
