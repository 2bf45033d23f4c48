package accounts

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// none is for twins that are not promised.
type none struct{}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.peopleRoutes(r)
	s.bodyRoutes(r)
	s.accountRoutes(r)
	s.tokenRoutes(r)
	web.Handle(r, http.MethodGet, "/permissions", identity.ReadUsers, func(w http.ResponseWriter, p web.Params) error {
		return r.Render(w, p, http.StatusOK, permissionsPage(s.matrix(p.Context(), p)))
	})
}

// formPage draws a form on a page of its own.
func formPage(title, up, upLabel string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
		return formView(i18n.T(ctx, title), ui.Crumb{Href: up, Label: i18n.T(ctx, upLabel)}, view), nil
	}
}

// mostPermissions of the matrix stand on one page: it has a column for each role.
const mostPermissions = 20

// matrix is permissions against roles, a page of them.
func (s *Service) matrix(ctx context.Context, p web.Params) ui.Table {
	all := s.people.Scopes()
	at := table.New[access.Permission]("accounts.permissions").Read(p.URL.Query())
	from := min((at.Number-1)*mostPermissions, len(all))
	to := min(from+mostPermissions, len(all))
	view := ui.Table{
		Caption: i18n.T(ctx, "accounts.permissions.title"),
		Columns: []ui.Column{{Name: "permission", Label: i18n.T(ctx, "accounts.permission"), Wide: true}},
	}
	for _, role := range actor.Roles {
		view.Columns = append(view.Columns, ui.Column{Name: string(role), Label: i18n.T(ctx, "role."+string(role))})
	}
	for _, p := range all[from:to] {
		row := ui.Row{Cells: []templ.Component{code(p.Name)}}
		for _, role := range actor.Roles {
			row.Cells = append(row.Cells, reach(p.Reach(actor.Actor{Role: role})))
		}
		view.Rows = append(view.Rows, row)
	}
	view.Pager = ui.Pager{From: from + 1, To: to, Total: len(all)}
	if at.Number > 1 {
		view.Pager.First, view.Pager.Previous = p.URL.Path, p.URL.Path+"?page="+strconv.Itoa(at.Number-1)
	}
	if to < len(all) {
		view.Pager.Next = p.URL.Path + "?page=" + strconv.Itoa(at.Number+1)
	}
	return view
}

// reachKey is the message that says how far a permission goes.
func reachKey(r access.Reach) string {
	switch r {
	case access.Tenant:
		return "accounts.reach.all"
	case access.OwnBody:
		return "accounts.reach.own"
	case access.Own:
		return "accounts.reach.person"
	default:
		return "accounts.reach.none"
	}
}
