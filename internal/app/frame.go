package app

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/module"
	"bastida/internal/platform/ui"
)

// frame is what surrounds a page: who is acting, in whose name, and where they
// may go.
func (a *App) frame(r *http.Request) ui.Frame {
	ctx := r.Context()
	f := ui.Frame{
		Lang: i18n.Lang(ctx), Languages: i18n.Languages, Path: r.URL.RequestURI(),
		Theme: identity.Theme(ctx, a.Router), Tenant: a.face(ctx), Menu: a.menu(ctx, r.URL.Path),
		Flash: a.Router.Flash(r), Demo: a.demo, Query: r.URL.Query().Get("q"),
	}
	if a.demo {
		f.Today = civil.Of(a.Clock.Now().In(i18n.Zone))
	}
	if who := actor.From(ctx); who.SignedIn() {
		f.User = &ui.User{
			Name: who.Name, Initials: identity.Initials(who.Name), Role: i18n.T(ctx, "role."+string(who.Role)),
			Memberships: memberships(ctx, who.Membership),
		}
	}
	return f
}

func memberships(ctx context.Context, current record.ID) (links []ui.Link) {
	for _, m := range identity.Held(ctx) {
		label := i18n.T(ctx, "role."+string(m.Role)) + ", " + m.TenantName
		if m.BodyName != "" {
			label = i18n.T(ctx, "role."+string(m.Role)) + ", " + m.BodyName + " → " + m.TenantName
		}
		links = append(links, ui.Link{Href: m.ID.String(), Label: label, Current: m.ID == current})
	}
	return links
}

// face is the mark of the body in whose data the reader works. A page must not
// fail because its mark is missing, so strangers and errors get the
// installation's own.
func (a *App) face(ctx context.Context) ui.Tenant {
	tenant := actor.From(ctx).Tenant
	if tenant == "" {
		return ui.Tenant{Name: "Bastida", Mark: "Ba"}
	}
	b, err := a.identity.Body(ctx, tenant)
	if err != nil {
		return ui.Tenant{Name: "Bastida", Mark: "Ba"}
	}
	return ui.Tenant{
		Code: b.Code, Name: b.Name, Unit: cmp.Or(a.speaksFor(ctx), b.Unit), Mark: b.Mark,
		StyleHref: fmt.Sprintf("/theme/%s.css?v=%d", b.Code, b.Version),
	}
}

// speaksFor says for which body somebody acts in the tenant of another.
func (a *App) speaksFor(ctx context.Context) string {
	who := actor.From(ctx)
	for _, m := range identity.Held(ctx) {
		if m.ID == who.Membership && m.BodyName != "" {
			return i18n.T(ctx, "app.speaks_for", "body", m.BodyName)
		}
	}
	return ""
}

// menu lists the places that the reader may open, in their order. The current
// one is the longest that the address begins with.
func (a *App) menu(ctx context.Context, path string) []ui.Link {
	var entries []module.Entry
	for _, m := range a.Modules {
		for _, e := range m.Menu {
			if e.Perm.May(ctx) {
				entries = append(entries, e)
			}
		}
	}
	slices.SortStableFunc(entries, func(x, y module.Entry) int { return cmp.Compare(x.Order, y.Order) })
	links := make([]ui.Link, len(entries))
	current := -1
	for i, e := range entries {
		links[i] = ui.Link{Href: e.Href, Label: i18n.T(ctx, e.Label), Icon: e.Icon}
		if e.Count != nil {
			links[i].Count = e.Count(ctx)
		}
		under := path == e.Href || strings.HasPrefix(path, e.Href+"/")
		if under && (current < 0 || len(e.Href) > len(links[current].Href)) {
			current = i
		}
	}
	if current >= 0 {
		links[current].Current = true
	}
	return links
}
