package coverage_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

var everything = table.Page{Number: 1, Size: 50}

// names are the people of lines with how they stand.
func names(lines []coverage.Line) (found []string) {
	for _, l := range lines {
		found = append(found, strings.TrimPrefix(l.Person.Name, "Person ")+" "+string(l.State))
	}
	return found
}

func TestWhoHasHadWhatIsReadByThoseWhoMay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		w.clock.Set(civil.MustParse("2020-12-31").Start(i18n.Zone))
		lines, total, err := w.Coverage(w.as(t, "technician"), w.programme.ID, coverage.Filter{}, everything)
		must(t, err)
		if got := names(lines); total != 3 || !slices.Equal(got, []string{"joan missed", "berta missed", "anna reached"}) {
			t.Errorf("gaps first, the largest before: %v", got)
		}
		lines, _, err = w.Coverage(w.as(t, "officer"), w.programme.ID, coverage.Filter{}, everything)
		must(t, err)
		if got := names(lines); !slices.Equal(got, []string{"berta missed", "anna reached"}) {
			t.Errorf("an officer reads their own body: %v", got)
		}
		lines, _, err = w.Coverage(w.as(t, "technician"), w.programme.ID, coverage.Filter{Only: coverage.OnlyGaps, Body: w.bodies["coast"].ID}, everything)
		if got := names(lines); err != nil || !slices.Equal(got, []string{"joan missed"}) {
			t.Errorf("filtered: %v, %v", got, err)
		}
		for name, want := range map[string]error{"anna": fault.Forbidden, "laia": fault.Forbidden, "elsewhere": fault.NotFound} {
			if _, _, err := w.Coverage(w.as(t, name), w.programme.ID, coverage.Filter{}, everything); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		}
		if _, err := w.Of(w.as(t, "officer"), w.programme.ID, w.members["joan"].ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("somebody of another body: %v", err)
		}
	})
}

func TestAProfessionalSeesTheirOwnLine(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		mine, err := w.Mine(w.as(t, "anna"))
		must(t, err)
		if len(mine) != 1 || mine[0].Person.Name != "Person anna" || mine[0].Minutes != 240 || mine[0].Action != "A1" || mine[0].Programme.Title != w.programme.Title {
			t.Errorf("got %+v", mine)
		}
		if none, err := w.Mine(w.as(t, "technician")); err != nil || len(none) != 0 {
			t.Errorf("who takes part in nothing has %v, %v", none, err)
		}
	})
}

func TestStandingSaysWhatCanBeKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		standing := func() map[coverage.Standard]coverage.Standing {
			all, err := w.Standing(ctx, w.programme.ID)
			must(t, err)
			by := map[coverage.Standard]coverage.Standing{}
			for _, s := range all {
				by[s.Standard] = s
			}
			return by
		}
		now := standing()
		if s := now[coverage.ExternalSupervisor]; s.Met != 0 || s.Of != 1 {
			t.Errorf("nobody has seen evidence: %+v", s)
		}
		if s := now[coverage.SignedRegisters]; s.Of != 0 {
			t.Errorf("nothing was held: %+v", s)
		}
		if now[coverage.FinalReport].Known {
			t.Error("nobody keeps final reports")
		}
		w.vouch(t)
		w.hold(t)
		w.AskFinal(func(context.Context, record.ID) (map[record.ID]bool, error) {
			return map[record.ID]bool{w.group.ID: true}, nil
		})
		for standard, s := range standing() {
			if met := 1; !s.Known || s.Of != 1 || s.Met != met && standard != coverage.MinimumHours {
				t.Errorf("%s: %+v", standard, s)
			}
		}
		if s := standing()[coverage.MinimumHours]; s.Met != 1 {
			t.Errorf("in March everybody is in line with the calendar: %+v", s)
		}
		w.clock.Set(civil.MustParse("2020-11-01").Start(i18n.Zone))
		if s := standing()[coverage.MinimumHours]; s.Met != 0 || !slices.Equal(s.Lacking, []record.ID{w.group.ID}) {
			t.Errorf("in November Joan is not: %+v", s)
		}
	})
}

// vouch enters evidence of the supervisor and says that it was seen.
func (w *world) vouch(t *testing.T) {
	t.Helper()
	ctx := w.as(t, "technician")
	p, err := w.register.AddEvidence(ctx, w.group.SupervisorID, supervisors.EvidenceInput{
		Kind: supervisors.SupervisorTraining, Title: "Course", Institution: "Invented school", Date: civil.MustParse("2015-01-01"),
	})
	must(t, err)
	_, err = w.register.VerifyEvidence(ctx, w.group.SupervisorID, p.ID, supervisors.VerificationInput{On: civil.MustParse("2020-01-10"), Seen: supervisors.Original})
	must(t, err)
}

func TestPagesShowHoursOfTheOwnBody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		at := w.programme.Href() + "/coverage"
		p := w.visit(t, "technician").Get(at)
		for _, want := range []string{"Person anna", "Person joan", "A1 · ", "Attendance is 50%, and the threshold is 80%.", "Attendance register signed", "0 of 1 group"} {
			if !strings.Contains(p.Text(), want) {
				t.Errorf("no %q for the technician", want)
			}
		}
		officer := w.visit(t, "officer")
		for _, path := range []string{at, at + "?format=csv", at + "/by/profession", at + "/by/group", at + "/people/" + w.members["anna"].ID.String()} {
			p := officer.Get(path)
			if p.Status != http.StatusOK || strings.Contains(p.Body, "joan") || strings.Contains(p.Body, "Body of coast") {
				t.Errorf("%s shows an officer somebody of another body: %d", path, p.Status)
			}
		}
		if p := officer.Get(at + "?format=csv"); !strings.Contains(p.Body, "Person anna,Body of valley,") {
			t.Error("CSV:", p.Body)
		}
		for _, path := range []string{at + "/by/nonsense", at + "/people/" + w.members["joan"].ID.String()} {
			if p := officer.Get(path); p.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, p.Status)
			}
		}
		if p := w.visit(t, "anna").Get(at); p.Status != http.StatusForbidden {
			t.Error("a professional reads everybody's:", p.Status)
		}
		if p := w.visit(t, "elsewhere").Get(at); p.Status != http.StatusNotFound {
			t.Error("another tenant:", p.Status)
		}
	})
}
