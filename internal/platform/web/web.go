// Package web turns verbs into pages and their JSON twins.
//
// A route is declared by shape and cannot be mounted without a permission:
//
//	web.View(r, "/catalogue/{id}", access.Public, web.ViewSpec[Resource, ResourceShape]{
//		Load:  func(ctx context.Context, p web.Params) (Resource, error) { return s.Resource(ctx, p.ID()) },
//		Page:  resourcePage,
//		Shape: shapeResource,
//	})
//
// mounts GET /catalogue/{id} and GET /api/v1/catalogue/{id}, checks the
// permission, draws the frame, turns faults into pages or problem+json, and
// enters the route into OpenAPI and the golden list. The shapes are List, View,
// Submit and Act; Handle is the way out for what fits none.
package web

import (
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/alexedwards/scs/v2"

	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// Router collects the routes of every module.
type Router struct {
	Sessions *scs.SessionManager
	Messages *i18n.Catalogue
	Frame    func(r *http.Request) ui.Frame // what surrounds a page; asked once a page
	Log      *slog.Logger

	module string
	mux    *http.ServeMux
	routes []Route
	spec   *spec
}

// Route is one mounted route, for the golden list and the tests that walk it.
type Route struct {
	Module     string
	Method     string
	Path       string
	Permission access.Permission
	Shape      string
	JSON       bool
}

// NewRouter returns an empty router.
func NewRouter() *Router {
	return &Router{mux: http.NewServeMux(), spec: newSpec()}
}

// For names the module whose routes come next.
func (r *Router) For(module string) *Router {
	r.module = module
	return r
}

// Routes returns what was mounted, in order of path.
func (r *Router) Routes() []Route {
	routes := slices.Clone(r.routes)
	slices.SortFunc(routes, func(a, b Route) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return routes
}

// ServeHTTP implements http.Handler. Addresses that no module mounted get the
// error page in the reader's language.
func (r *Router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if _, pattern := r.mux.Handler(req); pattern == "" {
		r.fail(w, req, errNoPage, strings.HasPrefix(req.URL.Path, apiPrefix))
		return
	}
	r.mux.ServeHTTP(w, req)
}

const apiPrefix = "/api/v1"

// Handle mounts a handler of the caller's own, for what no shape fits: files,
// fragments, redirects. Errors are shown as everywhere.
func Handle(r *Router, method, path string, perm access.Permission, do func(w http.ResponseWriter, p Params) error) {
	r.mount(Route{Method: method, Path: path, Permission: perm, Shape: "handle"}, do)
}

func (r *Router) mount(route Route, do func(w http.ResponseWriter, p Params) error) {
	route.Module = r.module
	route.JSON = strings.HasPrefix(route.Path, apiPrefix)
	if route.Permission.Name == "" {
		panic("web: " + route.Path + " has no permission")
	}
	r.routes = append(r.routes, route)
	pattern := route.Method + " " + route.Path
	if strings.HasSuffix(route.Path, "/") {
		pattern += "{$}"
	}
	r.mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) {
		remember(req.Context(), pattern)
		err := route.Permission.Require(req.Context())
		if err == nil {
			err = do(w, Params{req})
		}
		if err != nil {
			r.fail(w, req, err, route.JSON)
		}
	})
}

// Params is what a request says beside its form.
type Params struct{ *http.Request }

// Path returns a wildcard of the path.
func (p Params) Path(name string) string { return p.PathValue(name) }

// ID returns the wildcard {id}.
func (p Params) ID() record.ID { return record.ID(p.PathValue("id")) }

// Get returns a value of the query.
func (p Params) Get(name string) string { return p.URL.Query().Get(name) }

// Version returns the version of the record that the sender saw, from the form
// or the If-Match header; zero when the sender does not say.
func (p Params) Version() int {
	said := p.PostFormValue("version")
	if tag := p.Header.Get("If-Match"); tag != "" {
		said = strings.Trim(tag, `"`)
	}
	n, err := strconv.Atoi(said)
	if err != nil {
		return 0
	}
	return n
}

// Pattern returns the route that answers a request, such as "GET /calls/{id}",
// or nothing when none does: for tests that walk the pages.
func (r *Router) Pattern(req *http.Request) string {
	_, pattern := r.mux.Handler(req)
	return strings.TrimSuffix(pattern, "{$}")
}
