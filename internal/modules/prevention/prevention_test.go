package prevention_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/prevention"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

func second[T any](_ T, err error) error { return err }

func (w *world) plan(t *testing.T, email string, in prevention.MeasureInput) prevention.Measure {
	t.Helper()
	m, err := w.plans.Plan(w.as(t, email), in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestATeamLeadPlansForTheOwnBodyOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		in := prevention.MeasureInput{TeamID: north.ID, What: "Peer space", Why: "Load", Owner: "Lead", Due: civil.MustParse("2020-02-28")}
		m := w.plan(t, "lead@vic.example", in)
		for email, wanted := range map[string]fault.Kind{
			"lead@manlleu.example": fault.NotFound, "tech@imas.example": fault.NotFound,
			"prof@vic.example": fault.Forbidden, "auditor@diba.example": fault.Forbidden, "admin@diba.example": fault.Forbidden,
		} {
			ctx := w.as(t, email)
			for verb, err := range map[string]error{
				"plan": second(w.plans.Plan(ctx, in)), "rewrite": second(w.plans.Rewrite(ctx, m.ID, 0, in)),
				"follow": second(w.plans.Follow(ctx, m.ID, 0, prevention.FollowInput{Note: "x"})),
			} {
				if !errors.Is(err, wanted) {
					t.Errorf("%s, %s: %v", email, verb, err)
				}
			}
		}
		reads := func(email string) error {
			_, _, err := w.plans.Measure(w.as(t, email), m.ID)
			return err
		}
		for email, wanted := range map[string]error{
			"prof@vic.example": nil, "tech@diba.example": nil, "lead@manlleu.example": fault.NotFound,
			"tech@imas.example": fault.NotFound, "auditor@diba.example": fault.Forbidden,
		} {
			if err := reads(email); !errors.Is(err, wanted) {
				t.Errorf("%s: %v", email, err)
			}
		}
		found, total, err := w.plans.Measures(w.as(t, "lead@manlleu.example"), prevention.Filter{}, table.Page{Number: 1, Size: 9})
		if err != nil || total != 0 || len(found) != 0 {
			t.Error(found, err)
		}
	})
}

func TestNothingIsDoneWithoutEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 6)
		in := prevention.MeasureInput{TeamID: north.ID, What: "Peer space", Why: "Load", Owner: "Lead", Due: civil.MustParse("2020-02-28")}
		m := w.plan(t, "lead@vic.example", in)
		ctx := w.as(t, "lead@vic.example")
		follow := func(in prevention.FollowInput) (err error) {
			changed, err := w.plans.Follow(ctx, m.ID, m.Version, in)
			if err == nil {
				m = changed
			}
			return err
		}
		if err := follow(prevention.FollowInput{Step: "start", Note: "Begun"}); err != nil || m.State != prevention.UnderWay {
			t.Error(m.State, err)
		}
		for _, step := range []string{"finish", "drop"} {
			if f := fault.Of(follow(prevention.FollowInput{Step: step, Note: "x"})); f == nil || f.Fields[0].Name != "evidence" {
				t.Error(step, f)
			}
		}
		if err := follow(prevention.FollowInput{Step: "finish", Note: "Over", Evidence: "Minutes of 3 March"}); err != nil || !m.Settled || m.EndedOn.String() != "2020-01-20" {
			t.Errorf("%+v %v", m, err)
		}
		if _, err := w.plans.Rewrite(ctx, m.ID, m.Version, in); !errors.Is(err, fault.Conflict) {
			t.Error(err)
		}
		if err := follow(prevention.FollowInput{Step: "start", Note: "x"}); !errors.Is(err, fault.Conflict) {
			t.Error(err)
		}
		if err := follow(prevention.FollowInput{Step: "resume", Note: "Again"}); err != nil || m.Settled || !m.EndedOn.IsZero() {
			t.Errorf("%+v %v", m, err)
		}
		if _, err := w.plans.Follow(ctx, m.ID, 1, prevention.FollowInput{Note: "late"}); !errors.Is(err, fault.Stale) {
			t.Error(err)
		}
		_, notes, err := w.plans.Measure(ctx, m.ID)
		var said []string
		for _, n := range notes {
			said = append(said, n.Text)
		}
		if err != nil || strings.Join(said, " ") != "Again Over Begun" {
			t.Error(said, err)
		}
	})
}

func TestPlansAreFollowedThroughPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north := w.team(t, "North", "vic", 4)
		w.team(t, "South", "manlleu", 5)
		for what, due := range map[string]string{"Later": "2020-06-30", "Sooner": "2020-02-01"} {
			w.plan(t, "tech@diba.example", prevention.MeasureInput{TeamID: north.ID, What: what, Why: "Load", Owner: "Lead", Due: civil.MustParse(due)})
		}
		w.clock.Set(time.Date(2020, 2, 10, 9, 0, 0, 0, time.UTC))
		v := w.visit(t, "lead@vic.example")
		refused := v.Submit(v.Get("/wellbeing/plans/new?team="+north.ID.String()), "#prevention-measure", url.Values{"what": {"Training"}})
		if refused.Status != http.StatusUnprocessableEntity || refused.Find("#f-what").AttrOr("value", "") != "Training" {
			t.Error(refused.Status)
		}
		page := v.Submit(refused, "#prevention-measure", url.Values{"why": {"Safety"}, "owner": {"Lead"}, "due": {"2020-02-05"}})
		shows(t, page, "Training", "planned", "Overdue: it was due on 5 Feb 2020")
		done := v.Submit(v.Get(page.Path+"/follow"), "#prevention-follow", url.Values{"note": {"Held"}, "step": {"finish"}, "evidence": {"Attendance sheet"}})
		shows(t, done, "done", "Attendance sheet", "Person lead@vic.example")
		list := text(v.Get("/wellbeing/plans"))
		order := []int{strings.Index(list, "Sooner"), strings.Index(list, "Overdue: it was due"), strings.Index(list, "Later"), strings.Index(list, "Training")}
		if !slices.IsSorted(order) || order[0] < 0 {
			t.Errorf("what is overdue does not come first: %v %s", order, list)
		}
		w.plans.OfferIndicators(func(context.Context) ([]prevention.Indicator, error) {
			return []prevention.Indicator{
				{Label: "Supervision", Unit: "h", Body: w.bodies["vic"].ID, Value: 18, Kind: prevention.PerPerson},
				{Label: "Peer spaces", Unit: "h", Team: north.ID, Value: 6, Kind: prevention.Whole},
				{Label: "Others", Unit: "h", Body: w.bodies["manlleu"].ID, Value: 7, Kind: prevention.Whole},
			}, nil
		})
		care := v.Get("/wellbeing/care")
		shows(t, care, "North", "Supervision4.5 h", "Peer spaces6.0 h")
		if strings.Contains(care.Body, "South") || strings.Contains(care.Body, "Others") {
			t.Error("the care of another body shows")
		}
		shows(t, w.visit(t, "tech@diba.example").Get("/wellbeing/care"), "South", "Others7.0 h")
		if got := w.visit(t, "lead@manlleu.example").Get(page.Path); got.Status != http.StatusNotFound {
			t.Error(got.Status)
		}
	})
}

func TestTakingPartIsAnIndicatorOnceItIsPublished(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		north, ctx := w.team(t, "North", "vic", 6), w.as(t, "tech@diba.example")
		r, err := w.wellbeing.Prepare(ctx, wellbeing.RoundInput{
			Title: "January", Instrument: "climate-1", Opens: civil.MustParse("2020-01-20"), Closes: civil.MustParse("2020-01-31"), Teams: []string{north.ID.String()},
		})
		if err != nil {
			t.Fatal(err)
		}
		made, err := w.wellbeing.MakeCodes(ctx, r.ID, north.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.wellbeing.Step(ctx, r.ID, "open"); err != nil {
			t.Fatal(err)
		}
		for _, key := range made.Print[:5] {
			if err := w.wellbeing.Answer(t.Context(), key, wellbeing.Ballot{1, 2, 3, 1, 2, 3, 1, 2}); err != nil {
				t.Fatal(err)
			}
		}
		part := func() (answers int) {
			all, _, err := w.plans.Care(w.as(t, "lead@vic.example"))
			if err != nil || len(all) != 1 {
				t.Fatal(len(all), err)
			}
			return all[0].Part.Answers
		}
		if got := part(); got != 0 {
			t.Errorf("before publication: %d", got)
		}
		w.clock.Set(time.Date(2020, 2, 1, 9, 0, 0, 0, time.UTC))
		if _, err := w.wellbeing.Step(ctx, r.ID, "publish"); err != nil {
			t.Fatal(err)
		}
		if got := part(); got != 5 {
			t.Errorf("after publication: %d", got)
		}
	})
}

func TestMessages(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Load(prevention.New(prevention.Deps{}).Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		if !slices.Equal(messages.Keys(lang), messages.Keys("ca")) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
}
