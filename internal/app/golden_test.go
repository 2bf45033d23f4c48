package app_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
)

var update = flag.Bool("update", false, "rewrite docs/reference instead of comparing with it")

// golden compares text with a page of docs/reference: what changes there is
// read in review like any other text.
func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(root, "docs", "reference", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != text {
		t.Errorf("docs/reference/%s is not what the program says now; run make golden and read the difference", name)
	}
}

// open starts the program on an embedded database of its own.
func open(t *testing.T) *app.App {
	t.Helper()
	a, err := app.Open(t.Context(), app.Options{Config: app.Config{Data: t.TempDir()}, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# Routes\n\n| path | method | module | shape | permission |\n|---|---|---|---|---|\n")
	for _, r := range open(t).Router.Routes() {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Path, r.Method, r.Module, r.Shape, r.Permission.Name)
	}
	golden(t, "routes.md", b.String())
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	words := map[access.Reach]string{access.Nowhere: "–", access.Own: "own", access.OwnBody: "own body", access.Tenant: "all"}
	var b strings.Builder
	b.WriteString("# Permissions\n\nHow far each permission reaches for each role, within a tenant.\n\n| permission |")
	for _, role := range actor.Roles {
		b.WriteString(" " + string(role) + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(actor.Roles)) + "\n")
	all := open(t).Permissions()
	slices.SortFunc(all, func(x, y access.Permission) int { return cmp.Compare(x.Name, y.Name) })
	for _, p := range all {
		fmt.Fprintf(&b, "| %s |", p.Name)
		for _, role := range actor.Roles {
			b.WriteString(" " + words[p.Reach(actor.Actor{Role: role})] + " |")
		}
		b.WriteString("\n")
	}
	golden(t, "permissions.md", b.String())
}

func TestStates(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# States\n\nEach step names the permission that it takes.\n")
	for _, m := range open(t).Modules {
		for _, life := range m.Lives {
			fmt.Fprintf(&b, "\n## %s\n\n```mermaid\n%s```\n", life.Subject, life.Mermaid)
		}
	}
	golden(t, "states.md", b.String())
}

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	raw, err := open(t).Router.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "openapi.json", string(raw)+"\n")
}

// TestEveryPermissionOfARouteIsDeclared keeps the matrix complete.
func TestEveryPermissionOfARouteIsDeclared(t *testing.T) {
	t.Parallel()
	a := open(t)
	known := map[string]bool{access.Public.Name: true, access.SignedIn.Name: true}
	for _, p := range a.Permissions() {
		known[p.Name] = true
	}
	for _, r := range a.Router.Routes() {
		if !known[r.Permission.Name] {
			t.Errorf("%s %s: permission %s is in no module's list", r.Method, r.Path, r.Permission.Name)
		}
	}
}

// said finds the keys that the code says as constants. Keys put together at run
// time come from declarations, which list theirs.
var said = regexp.MustCompile(`(?:i18n\.(?:T|Has)\(ctx, |fault\.New\([a-zA-Z.]+, |wrong\.Add\("[a-z_]+", |Flash: +|Label: +)"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"`)

// comment finds the lines that only explain.
var comment = regexp.MustCompile(`(?m)^\s*//.*$`)

func TestLocalesHaveNoGaps(t *testing.T) {
	t.Parallel()
	a := open(t)
	messages := a.Router.Messages
	needed := map[string]string{}
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") ||
			!strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".templ") {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, found := range said.FindAllStringSubmatch(comment.ReplaceAllString(string(raw), ""), -1) {
			if !strings.HasSuffix(found[1], "_") { // the beginning of a key that is put together
				needed[found[1]] = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range a.Modules {
		for _, key := range m.Keys {
			needed[key] = "module " + m.Name
		}
		for _, life := range m.Lives {
			for _, key := range life.Keys {
				needed[key] = "states of " + m.Name
			}
		}
	}
	for _, p := range a.Permissions() {
		needed["permission."+p.Name] = "permissions"
	}
	for _, role := range actor.Roles {
		needed["role."+string(role)] = "roles"
	}
	for key, where := range needed {
		for _, lang := range i18n.Languages {
			if !messages.Has(lang, key) {
				t.Errorf("%s: %q has no text in %q", where, key, lang)
			}
		}
	}
	first := messages.Keys(i18n.Languages[0])
	for _, lang := range i18n.Languages[1:] {
		for _, key := range missing(first, messages.Keys(lang)) {
			t.Errorf("%q is in %q and not in %q", key, i18n.Languages[0], lang)
		}
		for _, key := range missing(messages.Keys(lang), first) {
			t.Errorf("%q is in %q and not in %q", key, lang, i18n.Languages[0])
		}
	}
}

func missing(from, in []string) (out []string) {
	for _, key := range from {
		if _, found := slices.BinarySearch(in, key); !found {
			out = append(out, key)
		}
	}
	return out
}
