package app

import (
	"context"
	"net"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

func listen(ctx context.Context, address string) (net.Listener, error) {
	return (&net.ListenConfig{}).Listen(ctx, "tcp", address)
}

// probes are for machines: is it alive, is it ready, how is it doing.
func (a *App) probes(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := a.DB.Ping(r.Context()); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics, promhttp.HandlerOpts{}))
}

// routes are the pages that belong to no module.
func (a *App) routes(r *web.Router) {
	web.Handle(r, http.MethodGet, "/", access.Public, a.home)
	web.Handle(r, http.MethodGet, "/theme/{style}", access.Public, a.theme)
	web.Handle(r, http.MethodGet, "/search", access.SignedIn, a.search)
	web.Handle(r, http.MethodGet, "/ui", access.Public, func(w http.ResponseWriter, p web.Params) error {
		return r.Render(w, p, http.StatusOK, ui.Gallery())
	})
	if a.demo {
		web.Handle(r, http.MethodPost, "/demo/today", access.Public, a.setToday)
	}
}

// home sends people to where their work is, and strangers to the catalogue.
func (a *App) home(w http.ResponseWriter, p web.Params) error {
	next := "/catalogue"
	if actor.From(p.Context()).SignedIn() {
		next = a.desk(p.Context())
	}
	http.Redirect(w, p.Request, next, http.StatusSeeOther)
	return nil
}

// desk is the first place of the reader's menu after the catalogue.
func (a *App) desk(ctx context.Context) string {
	for _, link := range a.menu(ctx, "") {
		if link.Href != "/catalogue" {
			return link.Href
		}
	}
	return "/catalogue"
}

// theme serves the two colour numbers of a body as a style sheet, because the
// security policy lets no page carry styles of its own.
func (a *App) theme(w http.ResponseWriter, p web.Params) error {
	code, ok := strings.CutSuffix(p.Path("style"), ".css")
	if !ok {
		return fault.New(fault.NotFound, "web.no_page")
	}
	b, err := a.identity.BodyByCode(p.Context(), code)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(ui.TenantStyle(b.Hue, b.Chroma)) // the reader has gone if this fails
	return nil
}

// search asks every module for what the reader may find, and offers the places
// of the menu whose name begins so.
func (a *App) search(w http.ResponseWriter, p web.Params) error {
	ctx, words := p.Context(), strings.TrimSpace(p.Get("q"))
	var found []ui.Hits
	if words != "" {
		for _, m := range a.Modules {
			if m.Search == nil {
				continue
			}
			hits, err := m.Search(ctx, words)
			if err != nil {
				return err
			}
			found = append(found, hits...)
		}
	}
	if places := a.placesFor(ctx, words); len(places.Hits) > 0 {
		found = append(found, places)
	}
	page := ui.SearchView(words, found)
	if p.Header.Get("Hx-Request") != "" {
		page = ui.SearchHits(words, found)
	}
	return a.Router.Render(w, p, http.StatusOK, page)
}

func (a *App) placesFor(ctx context.Context, words string) ui.Hits {
	places := ui.Hits{Label: i18n.T(ctx, "app.search.places")}
	for _, link := range a.menu(ctx, "") {
		if strings.Contains(strings.ToLower(link.Label), strings.ToLower(words)) {
			places.Hits = append(places.Hits, ui.Hit{Href: link.Href, Label: link.Label, Icon: link.Icon})
		}
	}
	return places
}

// setToday moves the demo's clock and lets happen what falls due by then.
func (a *App) setToday(w http.ResponseWriter, p web.Params) error {
	day, err := civil.Parse(p.PostFormValue("today"))
	if err != nil {
		return fault.New(fault.Invalid, "form.not_a_date")
	}
	if err := a.Replay(p.Context(), day); err != nil {
		return err
	}
	back := p.PostFormValue("back")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") {
		back = "/"
	}
	http.Redirect(w, p.Request, back, http.StatusSeeOther)
	return nil
}
