package commitment_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/commitment"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

var causes = commitment.AnalysisInput{
	Causes:  []commitment.Cause{{Category: commitment.Organisation, Text: "Massa lluny"}, {Category: commitment.Fit, Text: "Altres expectatives"}},
	Summary: text.Localized{"ca": "Les sessions eren massa lluny."},
}

var action = commitment.ActionInput{
	What: text.Localized{"ca": "Sessions més a prop"}, Owner: "Núria Responsable", Due: civil.MustParse("2020-03-01"), Progress: commitment.Planned,
}

// rated opens the final round and gives its three ratings.
func (w *world) rated(t *testing.T, vila, poble, small float64) evaluation.Round {
	t.Helper()
	r := w.begun(t, evaluation.Final)
	w.give(t, r, w.large.ID, "vila", vila)
	w.give(t, r, w.large.ID, "poble", poble)
	w.give(t, r, w.small.ID, "poble", small)
	return r
}

func (w *world) standing(t *testing.T) commitment.Standing {
	t.Helper()
	s, err := w.Standing(w.as(t, "technician"), w.programme.ID)
	must(t, err)
	return s
}

// holds are the keys of what keeps the programme from closing.
func (w *world) holds(t *testing.T) string {
	t.Helper()
	held, err := w.supervision.Holds(w.as(t, "technician"), w.programme)
	must(t, err)
	var keys []string
	for _, h := range held {
		keys = append(keys, h.Key)
	}
	return strings.Join(keys, " ")
}

func TestTheStandingIsLive(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if s := w.standing(t); s.State != commitment.Pending || s.Expected != 0 {
			t.Errorf("%+v", s)
		}
		r := w.begun(t, evaluation.HalfWay)
		w.give(t, r, w.large.ID, "vila", 7)
		if s := w.standing(t); s.State != commitment.Pending || s.Missing != 2 || s.Groups[0].Given != 1 || s.Groups[1].State != commitment.Pending {
			t.Errorf("%+v", s)
		}
		w.give(t, r, w.large.ID, "poble", 7)
		w.give(t, r, w.small.ID, "poble", 6.9)
		s := w.standing(t)
		if s.State != commitment.Broken || s.Below != 1 || s.AnalysisDue != civil.MustParse("2020-02-04") || s.Analysed || s.Late {
			t.Errorf("%+v", s)
		}
		w.wait(30)
		if s := w.standing(t); !s.Late {
			t.Errorf("the analysis is late: %+v", s)
		}
		w.give(t, r, w.small.ID, "poble", 7)
		if s := w.standing(t); s.State != commitment.Kept {
			t.Errorf("a corrected rating counts: %+v", s)
		}
		for name, kind := range map[string]fault.Kind{"vila": fault.Forbidden, "supervisor": fault.Forbidden, "outsider": fault.NotFound} {
			_, err := w.Standing(w.as(t, name), w.programme.ID)
			refused(t, err, kind, "")
		}
	})
}

func TestABodyRecordedAsSilentDoesNotKeepTheCommitment(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		w.give(t, r, w.large.ID, "vila", 9)
		w.give(t, r, w.large.ID, "poble", 9)
		_, err := w.evaluation.Remind(w.as(t, "technician"), r.ID)
		must(t, err)
		silent := w.rating(t, r, w.small.ID, "poble")
		_, err = w.evaluation.Excuse(w.as(t, "technician"), silent.ID, db.AnyVersion, "Motiu inventat")
		must(t, err)
		if s := w.standing(t); s.State != commitment.Pending || s.NotAnswered != 1 || s.Missing != 0 {
			t.Errorf("%+v", s)
		}
		_, err = w.evaluation.Close(w.as(t, "technician"), r.ID, db.AnyVersion)
		must(t, err)
		if got := w.holds(t); got != "" {
			t.Errorf("the programme is held by %s", got)
		}
	})
}

func TestABrokenCommitmentHoldsItsProgrammeUntilItIsAnalysedAndActedOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		_, err := w.Analyse(ctx, w.programme.ID, db.AnyVersion, causes)
		refused(t, err, fault.Conflict, "commitment.not_broken")
		r := w.rated(t, 6.9, 10, 10)
		_, err = w.evaluation.Close(ctx, r.ID, db.AnyVersion)
		must(t, err)
		if got := w.holds(t); got != "commitment.hold.analysis commitment.hold.action" {
			t.Error(got)
		}
		_, err = w.supervision.Step(ctx, w.programme.ID, db.AnyVersion, "close")
		refused(t, err, fault.Conflict, "commitment.hold.analysis")
		_, err = w.Analyse(w.as(t, "legal"), w.programme.ID, db.AnyVersion, causes)
		refused(t, err, fault.Forbidden, "")
		_, err = w.Analyse(ctx, w.programme.ID, db.AnyVersion, commitment.AnalysisInput{})
		refused(t, err, fault.Invalid, "")
		_, err = w.Analyse(ctx, w.programme.ID, db.AnyVersion, causes)
		must(t, err)
		if got := w.holds(t); got != "commitment.hold.action" {
			t.Error(got)
		}
		dropped := action
		dropped.Progress = commitment.Dropped
		_, err = w.Plan(ctx, w.programme.ID, dropped)
		refused(t, err, fault.Invalid, "")
		dropped.FollowUp = "Ja no cal"
		_, err = w.Plan(ctx, w.programme.ID, dropped)
		must(t, err)
		if got := w.holds(t); got != "commitment.hold.action" {
			t.Errorf("a dropped action counts: %s", got)
		}
		planned, err := w.Plan(ctx, w.programme.ID, action)
		must(t, err)
		if got := w.holds(t); got != "" {
			t.Error(got)
		}
		w.programme, err = w.supervision.Step(ctx, w.programme.ID, db.AnyVersion, "close")
		must(t, err)
		_, err = w.Analyse(ctx, w.programme.ID, db.AnyVersion, causes)
		refused(t, err, fault.Conflict, "supervision.ended")
		done := action
		done.Progress = commitment.Done
		_, err = w.Follow(ctx, planned.ID, planned.Version, done)
		refused(t, err, fault.Invalid, "")
		done.Evidence = "Acta inventada"
		_, err = w.Follow(ctx, planned.ID, planned.Version, done)
		must(t, err)
		_, err = w.Follow(w.as(t, "outsider"), planned.ID, db.AnyVersion, done)
		refused(t, err, fault.NotFound, "")
	})
}

// closed brings the programme to its end with a broken commitment.
func (w *world) closed(t *testing.T) {
	t.Helper()
	ctx := w.as(t, "technician")
	r := w.rated(t, 6.95, 10, 8)
	_, err := w.evaluation.Close(ctx, r.ID, db.AnyVersion)
	must(t, err)
	_, err = w.Analyse(ctx, w.programme.ID, db.AnyVersion, causes)
	must(t, err)
	_, err = w.Plan(ctx, w.programme.ID, action)
	must(t, err)
	w.programme, err = w.supervision.Step(ctx, w.programme.ID, db.AnyVersion, "close")
	must(t, err)
}

func TestTheReportOfAYearIsPublicAndNamesNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		draft, err := w.Prepare(ctx, commitment.ReportInput{Year: 2020, Intro: text.Localized{"ca": "Any difícil"}})
		must(t, err)
		_, err = w.StepReport(ctx, draft.ID, db.AnyVersion, "publish")
		refused(t, err, fault.Conflict, "commitment.nothing_closed")
		w.closed(t)
		for _, reader := range []context.Context{t.Context(), w.as(t, "outsider"), w.as(t, "auditor")} {
			_, err = w.Report(reader, draft.ID)
			refused(t, err, fault.NotFound, "")
			if all, err := w.Reports(reader); err != nil || len(all) != 0 {
				t.Errorf("a draft is listed: %v, %v", all, err)
			}
		}
		if seen, err := w.Report(ctx, draft.ID); err != nil || len(seen.Content.V.Programmes) != 1 {
			t.Errorf("%+v, %v", seen, err)
		}
		_, err = w.StepReport(w.as(t, "legal"), draft.ID, db.AnyVersion, "publish")
		refused(t, err, fault.Forbidden, "")
		_, err = w.StepReport(w.as(t, "outsider"), draft.ID, db.AnyVersion, "publish")
		refused(t, err, fault.NotFound, "")
		_, err = w.StepReport(ctx, draft.ID, db.AnyVersion, "publish")
		must(t, err)
		published, err := w.Report(t.Context(), draft.ID)
		must(t, err)
		p := published.Content.V.Programmes[0]
		if p.State != commitment.Broken || p.Expected != 3 || p.Below != 1 || p.Lowest != 6.95 || p.Threshold != 7 || len(p.Causes) != 2 || len(p.Actions) != 1 {
			t.Errorf("%+v", p)
		}
		raw, err := json.Marshal(published)
		must(t, err)
		for _, name := range []string{"Elena", "Person", "Núria Responsable", "Body vila", "Massa lluny"} {
			if strings.Contains(strings.Replace(string(raw), "Person technician", "", 1), name) {
				t.Errorf("the report names %q", name)
			}
		}
		_, err = w.Prepare(ctx, commitment.ReportInput{Year: 2020})
		refused(t, err, fault.Conflict, "commitment.published_already")
		_, err = w.StepReport(ctx, draft.ID, db.AnyVersion, "withdraw")
		must(t, err)
		_, err = w.Report(t.Context(), draft.ID)
		refused(t, err, fault.NotFound, "")
	})
}

func TestAPublishedReportStaysAsItWas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		w.closed(t)
		r, err := w.Prepare(ctx, commitment.ReportInput{Year: 2020})
		must(t, err)
		_, err = w.StepReport(ctx, r.ID, db.AnyVersion, "publish")
		must(t, err)
		_, err = w.Plan(ctx, w.programme.ID, action)
		must(t, err)
		if got, err := w.Report(t.Context(), r.ID); err != nil || len(got.Content.V.Programmes[0].Actions) != 1 {
			t.Errorf("%+v, %v", got, err)
		}
		if w.programme.State != supervision.Closed {
			t.Error(w.programme.State)
		}
	})
}
