package instruments_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/instruments"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func messages(t *testing.T, s *instruments.Service) *i18n.Catalogue {
	t.Helper()
	all, err := i18n.Load(ui.Locales, rule.Locales, s.Module().Locales)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// visit opens the pages of this module as somebody with a role.
func visit(t *testing.T, s *instruments.Service, role actor.Role) *testkit.Visitor {
	t.Helper()
	r := web.NewRouter()
	r.Sessions, r.Messages, r.Log = scs.New(), messages(t, s), slog.New(slog.DiscardHandler)
	r.Frame = func(*http.Request) ui.Frame { return ui.Frame{Lang: "en"} }
	s.Module().Routes(r.For("instruments"))
	return testkit.Visit(t, r.Sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx := i18n.With(as(req.Context(), role, "diba"), r.Messages, "en")
		r.ServeHTTP(w, req.WithContext(ctx))
	})))
}

func TestPagesShowAnInstrument(t *testing.T) {
	eachEngine(t, func(t *testing.T, _ context.Context, s *instruments.Service) {
		v := visit(t, s, actor.Technician)
		list := v.Get("/instruments")
		if list.Status != http.StatusOK || list.Find(`a[href="/instruments/C1-034"]`).Length() == 0 || !strings.Contains(list.Body, "Technical data C1-034") {
			t.Errorf("list: %d %s", list.Status, list.Find("main").Text())
		}
		for _, path := range []string{"/instruments/C1-034", "/instruments/C1-034/1"} {
			page := v.Get(path)
			for _, want := range []string{"Social workers", "answers.had_supervision == true", "answers.social_workers + answers", "EUPL-1.2", "The official form (PDF) was not available"} {
				if !strings.Contains(page.Body, want) {
					t.Errorf("%s does not show %q", path, want)
				}
			}
		}
		for _, path := range []string{"/instruments/C1-035", "/instruments/C1-034/2", "/instruments/C1-034/x/try"} {
			if page := v.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
	})
}

func TestTheTwinGivesThePublishedFormat(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		v := visit(t, s, actor.Auditor)
		if list := v.JSON(http.MethodGet, "/api/v1/instruments", "", ""); !strings.Contains(list.Body, `"code":"C1-034"`) || !strings.Contains(list.Body, `"total":1`) {
			t.Errorf("list: %s", list.Body)
		}
		one := v.JSON(http.MethodGet, "/api/v1/instruments/C1-034/1", "", "")
		if _, err := s.Load(as(ctx, actor.Administrator, "imas"), []byte(one.Body)); err != nil {
			t.Errorf("another installation cannot load it: %v", err)
		}
	})
}

func TestPagesAreOnlyForThoseWhoMayRead(t *testing.T) {
	eachEngine(t, func(t *testing.T, _ context.Context, s *instruments.Service) {
		v := visit(t, s, actor.LocalOfficer)
		for _, path := range []string{"/instruments", "/instruments/C1-034", "/instruments/C1-034/1/try", "/api/v1/instruments"} {
			if page := v.Get(path); page.Status != http.StatusForbidden || strings.Contains(page.Body, "Social workers") {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
	})
}

func TestTryingOutComputesAndStoresNothing(t *testing.T) {
	eachEngine(t, func(t *testing.T, _ context.Context, s *instruments.Service) {
		v := visit(t, s, actor.Technician)
		const path = "/instruments/C1-034/1/try"
		page := v.Get(path)
		if page.Find(`[name="a_last_session"]`).Length() != 0 || page.Find("[data-refresh]").Length() == 0 || page.Find("[style]").Length() != 0 {
			t.Error("the first drawing of the questions is wrong")
		}
		page = v.Post(path+"?update=1", url.Values{"a_had_supervision": {"true"}, "a_lawyers": {"some"}})
		if page.Status != http.StatusOK || page.Find(`[name="a_last_session"]`).Length() != 1 || page.Find(".error").Length() != 0 {
			t.Errorf("updating the questions: %d", page.Status)
		}
		if page.Find(`[name="a_lawyers"]`).AttrOr("value", "") != "some" {
			t.Error("what was typed is lost")
		}
		page = v.Submit(page, "#sheet", nil)
		if page.Status != http.StatusUnprocessableEntity || page.Find("#f-a_lawyers-error").Length() != 1 {
			t.Errorf("half a form: %d", page.Status)
		}
		page = v.Submit(page, "#sheet", instruments.Filled())
		scores := page.Find(".facts").First().Text()
		if page.Status != http.StatusOK || !strings.Contains(scores, "Professionals taking part") || !strings.Contains(scores, "6") {
			t.Errorf("scores: %d %q", page.Status, scores)
		}
	})
}

func TestASheetIsDrawnInTheReadersLanguage(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		sheet := open(ctx, t, s)
		sheet, err := s.SaveDraft(ctx, sheet.ID, sheet.Version, instruments.Filled())
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"ca": "Treballadors i treballadores socials", "es": "10 de 10 (Muy urgente)", "it": "Sì", "en": "Professionals taking part"} {
			ctx := i18n.With(ctx, messages(t, s), lang)
			view, err := s.View(ctx, sheet, nil)
			if err != nil {
				t.Fatal(err)
			}
			var page strings.Builder
			if err := instruments.Answers(view).Render(ctx, &page); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(page.String(), want) || strings.Contains(page.String(), "instruments.") {
				t.Errorf("%s: %s", lang, page.String())
			}
		}
	})
}

func TestQuestionsShowEveryComplaintBesideItsField(t *testing.T) {
	eachEngine(t, func(t *testing.T, ctx context.Context, s *instruments.Service) {
		ctx = i18n.With(ctx, messages(t, s), "en")
		sheet := open(ctx, t, s)
		problem := s.Check(ctx, sheet)
		view, err := s.View(ctx, sheet, problem)
		if err != nil {
			t.Fatal(err)
		}
		view.RefreshHref = "/somewhere"
		var page strings.Builder
		if err := instruments.Questions(view).Render(ctx, &page); err != nil {
			t.Fatal(err)
		}
		if got, want := strings.Count(page.String(), `class="error"`), len(fault.Of(problem).Fields); got != want || want == 0 {
			t.Errorf("%d complaints drawn of %d", got, want)
		}
		if !strings.Contains(page.String(), `formaction="/somewhere"`) {
			t.Error("without scripts the questions cannot be updated")
		}
	})
}
