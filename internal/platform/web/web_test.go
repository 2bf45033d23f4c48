package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"
	"github.com/prometheus/client_golang/prometheus"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

var manage = access.Declare("note.manage", access.Grants{actor.Technician: access.Tenant})

type note struct{ Title string }

type noteInput struct {
	Title string `json:"title"`
}

type noteShape struct {
	Title string `json:"title"`
}

type noteFilter struct{ Words string }

var (
	noteForm   = form.New("form", form.Text("title", func(in *noteInput) *string { return &in.Title }).Required().Limit(8))
	noteTable  = table.New("form", table.Text("title", func(n note) string { return n.Title }).Sort("title"))
	noteFields = form.New("form", form.Text("words", func(f *noteFilter) *string { return &f.Words }))
)

func shape(n note) noteShape { return noteShape(n) }

func page(_ context.Context, _ web.Params, n note) templ.Component {
	return ui.Page(ui.Head{Title: n.Title})
}

// site mounts every shape; who acts is said by a header, as only a test may.
func site(t *testing.T) (http.Handler, *strings.Builder) {
	t.Helper()
	messages, err := i18n.Load(ui.Locales, web.Locales)
	if err != nil {
		t.Fatal(err)
	}
	var written strings.Builder
	r := web.NewRouter()
	r.Messages, r.Log, r.Sessions = messages, slog.New(slog.NewTextHandler(&written, nil)), scs.New()
	r.Frame = func(req *http.Request) ui.Frame { return ui.Frame{Lang: "en", Flash: r.Flash(req)} }
	web.View(r, "/notes/{id}", access.Public, web.ViewSpec[note, noteShape]{
		Load: func(_ context.Context, p web.Params) (note, error) { return load(p.Path("id")) },
		Page: page, Shape: shape,
	})
	web.List(r, "/notes", manage, web.ListSpec[note, noteFilter, noteShape]{
		Table: noteTable, Filter: noteFields, Shape: shape,
		Load: func(_ context.Context, _ web.Params, f noteFilter, _ table.Page) ([]note, int, error) {
			return []note{{"first " + f.Words}}, 1, nil
		},
		Page: func(_ context.Context, _ web.Params, _ noteFilter, list ui.Table) (templ.Component, error) {
			return ui.TableView(list), nil
		},
	})
	web.Submit(r, "/notes/new", manage, web.SubmitSpec[noteInput, note, noteShape]{
		Form: noteForm, Shape: shape, API: "POST /notes", Flash: "ui.cancel",
		Page: func(_ context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			return ui.FormView(view), nil
		},
		Do: func(_ context.Context, p web.Params, in noteInput) (note, error) {
			if in.Title == "stale" {
				return note{}, fault.New(fault.Stale, "record.stale")
			}
			return note(in), nil
		},
		Next: func(n note) string { return "/notes/" + n.Title },
	})
	web.Act(r, "/notes/{id}/drop", manage, web.ActSpec[note, noteShape]{
		Do: func(_ context.Context, p web.Params) (note, error) { return load(p.Path("id")) }, Next: func(note) string { return "/notes/x" }, Shape: shape,
	})
	r.MountOpenAPI()
	acting := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		ctx := i18n.With(req.Context(), messages, "en")
		if role := req.Header.Get("Authorization"); role != "" {
			a := actor.From(ctx)
			a.User, a.Tenant, a.Role = "u", "t", actor.Role(strings.TrimPrefix(role, "Bearer "))
			ctx = actor.With(ctx, a)
		}
		r.ServeHTTP(w, req.WithContext(ctx))
	})
	return web.Observe(r.Log, web.NewMeasure(prometheus.NewRegistry()), web.Secure(r.Sessions.LoadAndSave(acting))), &written
}

func load(id string) (note, error) {
	switch id {
	case "broken":
		return note{}, errors.New("the disk of Joana Invented is full")
	case "missing":
		return note{}, fault.New(fault.NotFound, "record.not_found")
	case "busy":
		return note{}, fault.New(fault.Conflict, "record.duplicate")
	case "panic":
		panic("at the disk")
	}
	return note{id}, nil
}

const asTechnician = "technician"

func TestStatuses(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	for _, c := range []struct {
		name, method, path, role string
		want                     int
	}{
		{"anybody sees what is public", "GET", "/api/v1/notes/a", "", 200},
		{"a stranger may not list", "GET", "/api/v1/notes", "", 401},
		{"another role may not list", "GET", "/api/v1/notes", "citizen", 403},
		{"a technician lists", "GET", "/api/v1/notes", asTechnician, 200},
		{"what is not there", "GET", "/api/v1/notes/missing", "", 404},
		{"what nobody mounted", "GET", "/api/v1/nothing", "", 404},
		{"a conflict", "POST", "/api/v1/notes/busy/drop", asTechnician, 409},
		{"a bug", "GET", "/api/v1/notes/broken", "", 500},
		{"a panic", "GET", "/api/v1/notes/panic", "", 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := testkit.Visit(t, handler).JSON(c.method, c.path, c.role, ""); got.Status != c.want {
				t.Errorf("%s %s: %d, want %d\n%s", c.method, c.path, got.Status, c.want, got.Body)
			}
		})
	}
}

func TestABugShowsNothingButItsReference(t *testing.T) {
	t.Parallel()
	handler, written := site(t)
	got := testkit.Visit(t, handler).Get("/notes/broken?name=Joana")
	if got.Status != 500 || strings.Contains(got.Body, "disk") {
		t.Errorf("status %d, and the page says %q", got.Status, got.Find("main").Text())
	}
	reference := got.Header.Get("X-Request-Id")
	if !strings.Contains(got.Body, reference) || !strings.Contains(written.String(), reference) {
		t.Errorf("the reference %s is not on the page or not in the log", reference)
	}
	if strings.Contains(written.String(), "name=Joana") {
		t.Errorf("the log repeats what was asked:\n%s", written)
	}
}

func TestARefusedFormKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	v := testkit.Visit(t, authorised{handler})
	got := v.Post("/notes/new", url.Values{"title": {"far too long"}})
	if got.Status != 422 || got.Find("[name=title]").AttrOr("value", "") != "far too long" || got.Find("[aria-invalid]").Length() != 1 {
		t.Errorf("status %d, form %s", got.Status, got.Find("form").Text())
	}
	got = v.Post("/notes/new", url.Values{"title": {"stale"}, "version": {"3"}})
	if got.Status != 409 || got.Find("[name=title]").AttrOr("value", "") != "stale" || got.Find("[name=version]").AttrOr("value", "") != "3" {
		t.Errorf("a stale form: status %d, form %s", got.Status, got.Find("form").Text())
	}
	got = v.Post("/notes/new", url.Values{"title": {"right"}})
	if got.Status != 200 || got.Path != "/notes/right" || !strings.Contains(got.Find("[role=status]").Text(), "Cancel") {
		t.Errorf("a right form leads to %d %s, which says %q", got.Status, got.Path, got.Find("[role=status]").Text())
	}
}

// authorised lets every request act as a technician.
type authorised struct{ next http.Handler }

func (a authorised) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Header.Set("Authorization", "Bearer "+asTechnician)
	a.next.ServeHTTP(w, r)
}

func TestJSONIsStrictAndSkipsNoRule(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	v := testkit.Visit(t, handler)
	for body, want := range map[string]int{
		`{"title":"right"}`:               201,
		`{"title":"far too long for it"}`: 422,
		`{"titel":"misspelt"}`:            422,
		`{`:                               422,
		``:                                422,
	} {
		if got := v.JSON("POST", "/api/v1/notes", asTechnician, body); got.Status != want {
			t.Errorf("%s: status %d, want %d", body, got.Status, want)
		}
	}
	got := v.JSON("POST", "/api/v1/notes", asTechnician, `{"title":"far too long for it"}`)
	var problem web.Problem
	if err := json.Unmarshal([]byte(got.Body), &problem); err != nil || len(problem.Errors) != 1 || problem.Errors[0].Location != "title" ||
		got.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("the problem is %s (%v)", got.Body, err)
	}
}

func TestAStrangerIsSentToSignInAndBack(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	request := httptest.NewRequest(http.MethodGet, "/notes?words=a", nil)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Code != 303 || answer.Header().Get("Location") != "/sign-in?back="+url.QueryEscape("/notes?words=a") {
		t.Errorf("%d to %s", answer.Code, answer.Header().Get("Location"))
	}
}

func TestPostsFromOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	request := httptest.NewRequest(http.MethodPost, "/notes/new", strings.NewReader("title=right"))
	request.Header.Set("Authorization", "Bearer "+asTechnician)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "https://elsewhere.example")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Code != http.StatusForbidden {
		t.Errorf("status %d", answer.Code)
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	for _, path := range []string{"/notes/a", "/notes/broken", "/nothing", "/api/v1/notes/a"} {
		h := testkit.Visit(t, handler).Get(path).Header
		if !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(h.Get("Content-Security-Policy"), "unsafe") ||
			h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

func TestListsComeAsPageCSVAndJSON(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	v := testkit.Visit(t, authorised{handler})
	if got := v.Get("/notes?words=of+all"); !strings.Contains(got.Find("table").Text(), "first of all") {
		t.Errorf("the page shows %s", got.Find("table").Text())
	}
	if got := v.Get("/notes?format=csv&words=of+all"); !strings.Contains(got.Body, "first of all") || !strings.Contains(got.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("the file holds %s", got.Body)
	}
	var list web.ListShape[noteShape]
	got := v.Get("/api/v1/notes?words=of+all")
	if err := json.Unmarshal([]byte(got.Body), &list); err != nil || list.Total != 1 || list.Items[0].Title != "first of all" {
		t.Errorf("the JSON is %s (%v)", got.Body, err)
	}
}

func TestOpenAPITellsEveryTwin(t *testing.T) {
	t.Parallel()
	handler, _ := site(t)
	got := testkit.Visit(t, handler).Get("/api/openapi.json")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			Security    []map[string][]string
			Parameters  []struct{ Name string }
			RequestBody *struct{}
		}
	}
	if err := json.Unmarshal([]byte(got.Body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || len(doc.Paths) != 3 {
		t.Fatalf("version %s, paths %v", doc.OpenAPI, doc.Paths)
	}
	if create := doc.Paths["/notes"]["post"]; create.RequestBody == nil || len(create.Security) != 1 {
		t.Errorf("creating: %+v", create)
	}
	if list := doc.Paths["/notes"]["get"]; len(list.Parameters) != 3 {
		t.Errorf("listing takes %+v", list.Parameters)
	}
	if show := doc.Paths["/notes/{id}"]["get"]; len(show.Security) != 0 || len(show.Parameters) != 1 {
		t.Errorf("showing: %+v", show)
	}
}
