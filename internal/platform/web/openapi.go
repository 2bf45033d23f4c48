package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"bastida/internal/platform/access"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

// none is the input of an operation that takes no body.
type none struct{}

// spec is the OpenAPI document, filled in as routes are mounted.
type spec struct {
	api      *huma.OpenAPI
	registry huma.Registry
}

// namer names the schemas after their types. Where two modules have a type of
// one name, the second is named after its module too.
func namer() func(reflect.Type, string) string {
	taken := map[string]reflect.Type{}
	return func(t reflect.Type, hint string) string {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		name := huma.DefaultSchemaNamer(t, hint)
		if t.Kind() != reflect.Struct {
			return name
		}
		if first, known := taken[name]; known && first != t {
			name = strings.ToUpper(moduleOf(t)[:1]) + moduleOf(t)[1:] + name
		}
		taken[name] = t
		return name
	}
}

// moduleOf is the package of a type, or of what a generic type is of.
func moduleOf(t reflect.Type) string {
	said := t.PkgPath()
	if _, of, generic := strings.Cut(t.Name(), "["); generic {
		said = of[:max(strings.LastIndex(of, "."), 0)]
	}
	return path.Base(cmp.Or(said, "other"))
}

func newSpec() *spec {
	registry := huma.NewMapRegistry("#/components/schemas/", namer())
	return &spec{
		registry: registry,
		api: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:       "Bastida",
				Version:     "1",
				Description: "Everything that the pages do. Sign in with a personal token: Authorization: Bearer <token>.",
				License:     &huma.License{Name: "EUPL-1.2"},
			},
			Servers: []*huma.Server{{URL: apiPrefix}},
			Components: &huma.Components{
				Schemas:         registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}},
			},
		},
	}
}

// operation documents one JSON twin. The document is written by huma; the
// routes stay with the shapes, so that pages and JSON cannot differ.
func operation[In, Out any](r *Router, method, path string, perm access.Permission, shape string, query []*huma.Param) {
	out := r.spec.registry.Schema(reflect.TypeFor[Out](), true, "")
	problem := r.spec.registry.Schema(reflect.TypeFor[Problem](), true, "")
	status := http.StatusOK
	if method == http.MethodPost && shape == "submit" {
		status = http.StatusCreated
	}
	op := &huma.Operation{
		OperationID: operationID(method, path),
		Method:      method,
		Path:        path,
		Tags:        []string{r.module},
		Description: "Needs the permission " + perm.Name + ".",
		Parameters:  append(pathParams(path), query...),
		Responses: map[string]*huma.Response{
			strconv.Itoa(status): {Description: "Done", Content: map[string]*huma.MediaType{"application/json": {Schema: out}}},
			"default":            {Description: "Refused", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}}},
		},
	}
	if perm.Name != access.Public.Name {
		op.Security = []map[string][]string{{"token": {}}}
	}
	if reflect.TypeFor[In]() != reflect.TypeFor[none]() {
		in := r.spec.registry.Schema(reflect.TypeFor[In](), true, "")
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: in}}}
	}
	r.spec.api.AddOperation(op)
}

func operationID(method, path string) string {
	name := strings.NewReplacer("/", "-", "{", "", "}", "").Replace(strings.Trim(path, "/"))
	return strings.ToLower(method) + "-" + name
}

func pathParams(path string) (params []*huma.Param) {
	for part := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(part, "{") {
			params = append(params, param(strings.Trim(part, "{}"), "path", true))
		}
	}
	return params
}

func queryOf[F any](f *form.Form[F]) []*huma.Param {
	params := []*huma.Param{param("page", "query", false), param("sort", "query", false)}
	for _, field := range f.Fields {
		if s := field.Spec(); s.Kind != ui.FieldHidden {
			params = append(params, param(s.Name, "query", false))
		}
	}
	return params
}

func param(name, in string, required bool) *huma.Param {
	return &huma.Param{Name: name, In: in, Required: required, Schema: &huma.Schema{Type: huma.TypeString}}
}

func cutMethod(api string) (method, path string) {
	method, path, _ = strings.Cut(api, " ")
	if path == "" {
		panic("web: a form with a JSON twin needs its method and path")
	}
	return method, path
}

// OpenAPI returns the document of everything mounted so far.
func (r *Router) OpenAPI() ([]byte, error) {
	return json.MarshalIndent(r.spec.api, "", "  ")
}

// MountOpenAPI serves the document.
func (r *Router) MountOpenAPI() {
	Handle(r, http.MethodGet, "/api/openapi.json", access.Public, func(w http.ResponseWriter, _ Params) error {
		raw, err := r.OpenAPI()
		if err != nil {
			return err
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(raw) // the reader has gone if this fails
		return nil
	})
}
