package app_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/testkit"
)

// afterWindow is a day on which the call of 2020 is closed and under review.
var afterWindow = civil.MustParse("2020-02-17")

var shared struct {
	once   sync.Once
	app    *app.App
	server *httptest.Server
	err    error
}

// demo returns a demonstration that every test of this package may look at and
// none may change.
func demo(t *testing.T) (*app.App, *httptest.Server) {
	t.Helper()
	shared.once.Do(func() {
		shared.app, shared.err = app.NewDemo(t.Context(), afterWindow)
		if shared.err == nil {
			shared.server = httptest.NewServer(shared.app.Handler)
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.app, shared.server
}

// person is somebody of the demonstration to sign in as.
type person struct {
	words, tenant string
	role          actor.Role
}

var (
	technician  = person{"", "diba", actor.Technician}
	legal       = person{"", "diba", actor.LegalOfficer}
	stranger    = person{}
	otherOffice = person{"", "imas", actor.Technician}
)

// signIn returns a visitor who acts as the person.
func signIn(t *testing.T, a *app.App, server *httptest.Server, p person) *testkit.Visitor {
	t.Helper()
	v := testkit.At(t, server.URL)
	if p == stranger {
		return v
	}
	u := find(t, a, p)
	page := v.Post("/sign-in/demo", url.Values{"user": {u.UserID.String()}, "membership": {u.ID.String()}, "back": {"/catalogue"}})
	if page.Status != http.StatusOK {
		t.Fatalf("signing in as %v: status %d", p, page.Status)
	}
	return v
}

func find(t *testing.T, a *app.App, p person) identity.DemoUser {
	t.Helper()
	users, err := a.DemoUsers(t.Context(), p.words)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		if u.TenantCode == p.tenant && u.Role == p.role {
			return u
		}
	}
	t.Fatalf("nobody is %v", p)
	return identity.DemoUser{}
}

// walk looks at two addresses of every route that the visitor meets.
func walk(t *testing.T, a *app.App, v *testkit.Visitor) map[string][]string {
	t.Helper()
	return v.Walk([]string{"/", "/catalogue", "/ui", "/sign-in"}, a.Router.Pattern, 2,
		func(address string, page testkit.Page) { inspect(t, a, address, page) })
}

// keyLike finds a message key that was shown instead of a message.
var keyLike = regexp.MustCompile(`\b[a-z]{3,}(\.[a-z0-9_]+){1,4}\b`)

// inspect holds a page to what every page must be.
func inspect(t *testing.T, a *app.App, address string, page testkit.Page) {
	t.Helper()
	if page.Find("h1").Length() != 1 {
		t.Errorf("%s has %d main headings", address, page.Find("h1").Length())
	}
	if page.Find("[style], style, script:not([src])").Length() > 0 {
		t.Errorf("%s carries a style or a script of its own, which the security policy blocks", address)
	}
	shown := page.Find("body").Clone()
	shown.Find("code, .user-content, textarea, input, script").Remove()
	for _, word := range keyLike.FindAllString(shown.Text(), -1) {
		module, _, _ := strings.Cut(word, ".")
		if slices.Contains(a.Router.Messages.Keys("ca"), word) || isModule(a, module) {
			t.Errorf("%s shows %q, which looks like a key without its message", address, word)
		}
	}
}

func isModule(a *app.App, name string) bool {
	for _, m := range a.Modules {
		if m.Name == name {
			return true
		}
	}
	return false
}

// TestEveryLinkLeadsSomewhere walks the site as each role of the Diputació.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	t.Parallel()
	a, server := demo(t)
	for _, role := range append([]actor.Role{actor.Stranger}, actor.Roles...) {
		t.Run("as "+string(role), func(t *testing.T) {
			t.Parallel()
			p := stranger
			if role != actor.Stranger {
				p = person{"", "diba", role}
			}
			walk(t, a, signIn(t, a, server, p))
		})
	}
}

// TestNobodySeesWhatIsNotTheirs asks for every page that the Diputació's people
// reach, as people of other bodies and of other roles. The answers are kept in
// docs/reference: whoever may newly see something is read there in review.
func TestNobodySeesWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	a, server := demo(t)
	samples := map[string][]string{}
	for _, p := range []person{technician, legal, {"", "diba", actor.Administrator}, {"Ramon Díaz", "diba", actor.LocalOfficer}} {
		for pattern, addresses := range walk(t, a, signIn(t, a, server, p)) {
			if samples[pattern] == nil {
				samples[pattern] = addresses
			}
		}
	}
	askers := []struct {
		name string
		person
	}{
		{"stranger", stranger},
		{"technician of another organisation", otherOffice},
		{"officer of another municipality", person{"Abrera", "diba", actor.LocalOfficer}},
	}
	for _, role := range actor.Roles {
		askers = append(askers, struct {
			name string
			person
		}{string(role), person{"", "diba", role}})
	}
	var b strings.Builder
	b.WriteString("# Who may open what\n\nEach page of the Diputació as the walk met it, asked for by others: 200 shown, 303 sent to sign in, 403 refused, 404 hidden.\n\n| route |")
	var visitors []*testkit.Visitor
	for _, asker := range askers {
		fmt.Fprintf(&b, " %s |", asker.name)
		visitors = append(visitors, signIn(t, a, server, asker.person))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(askers)) + "\n")
	public := publicPatterns(a)
	for _, pattern := range slices.Sorted(maps.Keys(samples)) {
		fmt.Fprintf(&b, "| %s |", strings.TrimPrefix(pattern, "GET "))
		for i, v := range visitors {
			status := shown(v.Get(samples[pattern][0]))
			fmt.Fprintf(&b, " %d |", status)
			twin := "/api/v1" + samples[pattern][0]
			if status != http.StatusOK && v.Get(twin).Status == http.StatusOK {
				t.Errorf("%s as %s: the page answers %d and its JSON twin shows it", pattern, askers[i].name, status)
			}
			foreign := askers[i].person == stranger || askers[i].person == otherOffice
			if foreign && strings.Contains(pattern, "{") && !public[pattern] && status == http.StatusOK {
				t.Errorf("%s, a record of one body, is shown to a %s", pattern, askers[i].name)
			}
		}
		b.WriteString("\n")
	}
	golden(t, "visibility.md", b.String())
}

// shown returns the status of a page, 303 when it turned out to be the way in.
func shown(page testkit.Page) int {
	if page.Status == http.StatusOK && strings.HasPrefix(page.Path, "/sign-in?") {
		return http.StatusSeeOther
	}
	return page.Status
}

// publicPatterns are the routes whose records everybody may see: those of
// everybody's permission, and the bodies of the installation, whose names are
// public.
func publicPatterns(a *app.App) map[string]bool {
	public := map[string]bool{}
	for _, r := range a.Router.Routes() {
		public[r.Method+" "+r.Path] = r.Permission.Name == access.Public.Name || r.Path == "/bodies/{id}"
	}
	return public
}
