package app_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/web"
)

// What a group writes and what must be nowhere else. theme is a word of the
// taxonomy that nothing else of this installation holds.
const (
	written  = "zxqvwritten paraules del grup"
	promised = "zxqvpromised acord del grup"
	hindered = "zxqvhindered obstacle del grup"
	typing   = "zxqvtyping encara sense desar"
	theme    = "violence"
	anywhere = "zxqv"
)

const reflectiveProfile = `{"code": "funder", "name": {"ca": "Finançador inventat"}, "kinds": ["cases"], "supervisor": "allowed", "figures": [
	{"key": "max_hours_group", "unit": "h", "value": 18, "source": "invented", "status": "assumed", "required": true}]}`

// written down by the program while it runs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// house is an installation with a group that has written, a person of every
// role, and a line manager of the group's body.
type house struct {
	app.Insides
	t         *testing.T
	app       *app.App
	base      string
	data      string
	log       *journal
	office    record.ID
	vila      record.ID
	people    map[string]identity.Acting
	programme supervision.Programme
	group     supervision.Group
	session   record.ID
	member    supervision.Participant
}

func newHouse(t *testing.T, url string) *house {
	t.Helper()
	h := &house{t: t, data: t.TempDir(), log: &journal{}, people: map[string]identity.Acting{}}
	config := app.Config{Data: h.data, Log: "debug"}
	if strings.HasPrefix(url, "postgres") {
		config.Database = url
	}
	a, err := app.Open(t.Context(), app.Options{Config: config, Demo: true, Log: h.log})
	h.must(err)
	t.Cleanup(func() { _ = a.Close() })
	h.app, h.Insides = a, a.Inside()
	server := httptest.NewServer(a.Handler)
	t.Cleanup(server.Close)
	h.base = server.URL
	for code, id := range map[string]*record.ID{"office": &h.office, "vila": &h.vila} {
		b, err := h.Identity.RegisterBody(t.Context(), identity.BodyInput{Code: code, Pack: "test", Name: "Body " + code, Language: "ca"})
		h.must(err)
		*id = b.ID
	}
	for _, role := range actor.Roles {
		h.account(string(role), role)
	}
	h.account("member", actor.Professional)
	h.account("leader", actor.Supervisor)
	h.account("manager", actor.TeamLead)
	h.season()
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) system() context.Context {
	return actor.AsSystem(h.t.Context(), h.office, "command")
}

func (h *house) account(name string, role actor.Role) {
	h.t.Helper()
	var body record.ID
	if role == actor.Professional || role == actor.TeamLead || role == actor.LocalOfficer {
		body = h.vila
	}
	u, err := h.Identity.Register(h.system(), identity.UserInput{Email: name + "@vila.example", Name: "Persona " + name, Language: "ca", Demo: true})
	h.must(err)
	m, err := h.Identity.Grant(h.system(), identity.MembershipInput{UserID: u.ID, Role: role, BodyID: body})
	h.must(err)
	h.people[name] = identity.Acting{ID: m.ID, TenantID: h.office, UserID: u.ID, Role: role, UserName: u.Name, BodyID: body}
}

func (h *house) as(name string) context.Context {
	return actor.With(h.t.Context(), h.people[name].Actor())
}

func (h *house) season() {
	h.t.Helper()
	_, err := h.Profiles.Load(h.system(), []byte(reflectiveProfile))
	h.must(err)
	technician := h.as("technician")
	who, err := h.Supervisors.Add(technician, supervisors.SupervisorInput{
		Name: "Persona leader", Email: "leader@vila.example", External: true, Profession: profession.Psychologist, Languages: []string{"ca"},
	})
	h.must(err)
	day := civil.Of(h.app.Clock.Now())
	h.programme, err = h.Supervision.Create(technician, supervision.ProgrammeInput{
		Title: "Programa inventat", Season: "ara", ProfileCode: "funder", Origin: supervision.FromDecision, OriginNote: "Decret inventat",
		Starts: day.AddDays(-30), Ends: day.AddDays(30),
	})
	h.must(err)
	h.group, err = h.Supervision.AddGroup(technician, h.programme.ID, supervision.GroupInput{
		Name: "Grup", Kind: profiles.Cases, Hours: 18, Bodies: []supervision.GroupBody{{BodyID: h.vila, Professionals: 4}},
	})
	h.must(err)
	h.member, err = h.Supervision.Enrol(technician, h.group.ID, supervision.ParticipantInput{
		Name: "Persona member", Email: "member@vila.example", Profession: profession.SocialWorker, BodyID: h.vila,
	})
	h.must(err)
	h.group, err = h.Supervision.Group(technician, h.group.ID)
	h.must(err)
	h.group, err = h.Supervision.Allocate(technician, h.group.ID, h.group.Version, who.ID)
	h.must(err)
	h.step("open")
	h.must(h.app.DB.Do(h.system(), func(tx *db.Tx) error {
		row := sessions.Session{ProgrammeID: h.programme.ID, GroupID: h.group.ID, GroupName: "Grup", SupervisorUser: h.people["leader"].UserID, Day: day, Start: 600, Minutes: 120}
		err := h.Meetings.Add(tx, &row)
		h.session = row.ID
		return err
	}))
}

func (h *house) step(name string) {
	h.t.Helper()
	p, err := h.Supervision.Programme(h.as("technician"), h.programme.ID)
	h.must(err)
	h.programme, err = h.Supervision.Step(h.as("technician"), p.ID, p.Version, name)
	h.must(err)
}

func (h *house) record() string { return h.group.Href() + "/record" }

func (h *house) page() string { return h.record() + "/" + h.session.String() }

// visit opens a browser as somebody; nobody is a stranger.
func (h *house) visit(name string) *testkit.Visitor {
	h.t.Helper()
	v := testkit.At(h.t, h.base)
	if name != "" {
		m := h.people[name]
		v.Post("/sign-in/demo", url.Values{"user": {m.UserID.String()}, "membership": {m.ID.String()}, "back": {"/account"}})
	}
	return v
}

func (h *house) write() {
	h.t.Helper()
	v := h.visit("member")
	saved := v.Submit(v.Get(h.page()+"/edit"), "#reflection-record", url.Values{
		"worked": {written}, "themes": {theme}, "actions.0.what": {promised}, "obstacles.0.kind": {"forms"}, "obstacles.0.text": {hindered},
	})
	if saved.Path != h.page() || saved.Status != http.StatusOK {
		h.t.Fatalf("saved: %d %s: %s", saved.Status, saved.Path, strings.Join(strings.Fields(saved.Find("main").Text()), " "))
	}
	for _, name := range []string{"member", "leader"} {
		page := h.visit(name)
		form := page.Get(h.page() + "/edit").Find("#reflection-record")
		sent := url.Values{"worked": {typing + " de " + name}, "tab": {"tab-" + name}, "version": {form.Find("[name=version]").AttrOr("value", "")}}
		if kept := page.Post(form.AttrOr("data-draft", ""), sent); kept.Status != http.StatusOK {
			h.t.Fatalf("draft: %d %s", kept.Status, kept.Body)
		}
	}
}

// TestNobodyButTheGroupReadsItsRecord looks for what a group wrote everywhere:
// in every page and every answer of the API that anybody may ask for, in CSV,
// search, mail and log, in every column of the database, and in the files of
// the installation. Then somebody leaves, and then the key is destroyed.
func TestNobodyButTheGroupReadsItsRecord(t *testing.T) {
	t.Parallel()
	testkit.EachURL(t, nil, func(t *testing.T, url string) {
		h := newHouse(t, url)
		h.write()
		// The members can read: a search that finds nothing here would find nothing anywhere.
		h.reads("member", h.page(), written, promised, hindered, "Violència i agressions")
		h.reads("leader", h.page(), written, promised, hindered)
		h.reads("leader", h.record()+"/print", written, promised, hindered)
		h.reads("leader", h.page()+"/unsaved", typing+" de leader")
		h.hides("leader", h.page()+"/unsaved", typing+" de member")
		h.closed(append(rolesOf(), "manager", ""))
		h.nothingStored()

		_, err := h.Supervision.Leave(h.as("technician"), h.member.ID)
		h.must(err)
		h.closed([]string{"member"})
		h.reads("leader", h.page(), written)
		h.must(h.app.DB.View(h.system(), func(tx *db.Tx) error {
			status, err := h.Keys.Status(tx, h.group.Ref())
			left, errLeft := db.One[int](tx, "SELECT COUNT(*) FROM reflection_typed WHERE tenant_id = $1")
			if status.Generation != 2 || left != 1 {
				t.Errorf("after somebody left: generation %d, %d typed texts (%v)", status.Generation, left, errLeft)
			}
			return err
		}))

		h.destroy()
		h.hides("leader", h.page(), anywhere)
		h.hides("leader", h.record()+"/print", anywhere)
		if edit := h.visit("leader").Get(h.page() + "/edit"); strings.Contains(edit.Body, anywhere) {
			t.Error("the form remembers what was erased")
		}
		h.nothingStored()
		if strings.Contains(h.log.String(), anywhere) {
			t.Error("the log holds what the group wrote")
		}
		h.nothingInFiles()
	})
}

func rolesOf() (names []string) {
	for _, role := range actor.Roles {
		names = append(names, string(role))
	}
	return names
}

func (h *house) reads(name, path string, wanted ...string) {
	h.t.Helper()
	page := h.visit(name).Get(path)
	for _, w := range wanted {
		if page.Status != http.StatusOK || !strings.Contains(page.Body, w) {
			h.t.Errorf("%s cannot read %q at %s: status %d", name, w, path, page.Status)
		}
	}
}

func (h *house) hides(name, path, unwanted string) {
	h.t.Helper()
	if page := h.visit(name).Get(path); strings.Contains(page.Body, unwanted) {
		h.t.Errorf("%s reads %q at %s", name, unwanted, path)
	}
}

// closed asks for every page and every answer in the name of each person.
func (h *house) closed(names []string) {
	h.t.Helper()
	var addresses []string
	for _, route := range h.app.Router.Routes() {
		if route.Method == http.MethodGet && !strings.HasPrefix(route.Path, "/sign-out") {
			addresses = append(addresses, h.addresses(route)...)
		}
	}
	for _, name := range names {
		v := h.visit(name)
		for _, address := range addresses {
			page := v.Get(address)
			if strings.Contains(page.Body, anywhere) {
				h.t.Errorf("%q reads what the group wrote at %s", name, address)
			}
			if strings.Contains(address, "/record") && page.Status == http.StatusOK && !strings.HasPrefix(page.Path, "/sign-in") {
				h.t.Errorf("%q opens %s", name, address)
			}
		}
		for _, path := range []string{"/edit", "/draft", "/unsaved/x/drop"} {
			if page := v.Post(h.page()+path, url.Values{"worked": {"escrit per un altre"}}); page.Status < http.StatusBadRequest {
				h.t.Errorf("%q posts to %s: %d", name, path, page.Status)
			}
		}
	}
}

// addresses fills in the wildcards of a route: with the group, the programme
// and the session in turn. Routes of other subjects are asked for once.
func (h *house) addresses(route web.Route) (filled []string) {
	path := strings.TrimSuffix(route.Path, "{$}")
	switch {
	case path == "/search":
		return []string{"/search?q=paraules", "/search?q=zx"}
	case !strings.Contains(path, "{") && route.Shape == "list" && !route.JSON:
		return []string{path + "?format=csv"}
	case !strings.Contains(path, "{"):
		return []string{path}
	case !strings.Contains(path, "supervision"):
		return nil
	}
	for _, id := range []record.ID{h.group.ID, h.programme.ID, h.session} {
		address := strings.NewReplacer("{id}", id.String(), "{session}", h.session.String()).Replace(path)
		if !strings.Contains(address, "{") {
			filled = append(filled, address)
		}
	}
	return filled
}

// nothingStored reads every column of every table, the audit trail, the mail
// and the queue among them.
func (h *house) nothingStored() {
	h.t.Helper()
	stored := columnsOf(h.t, h.app.DB)
	if len(stored["audit_entry"]) == 0 || len(stored["reflection_record"]) == 0 {
		h.t.Fatal("the tables are not where the test looks")
	}
	h.must(h.app.DB.ViewAcross(h.t.Context(), "a test reads everything", func(tx *db.Tx) error {
		for name, columns := range stored {
			for _, column := range columns {
				values, err := db.All[string](tx, fmt.Sprintf("SELECT COALESCE(CAST(%q AS TEXT), '') FROM %q", column, name))
				if err != nil {
					return err
				}
				for _, v := range values {
					if strings.Contains(v, anywhere) || strings.Contains(v, theme) {
						h.t.Errorf("%s.%s holds what the group wrote", name, column)
					}
				}
			}
		}
		return nil
	}))
}

// destroy closes the programme and orders the destruction, as a technician on
// the page without scripts.
func (h *house) destroy() {
	h.t.Helper()
	erasure := h.programme.Href() + "/erasure"
	v := h.visit("technician")
	if early := v.Post(erasure, url.Values{"confirmed": {"1"}}); strings.Contains(early.Body, "Les claus s’han destruït") {
		h.t.Error("the keys of a programme under way are destroyed")
	}
	h.reads("leader", h.page(), written)
	h.step("close")
	asked := v.Submit(v.Get(erasure), `main form[action$="/erasure"]`, nil)
	h.reads("leader", h.page(), written)
	done := v.Submit(asked, `main form[action$="/erasure"]`, nil)
	if !strings.Contains(done.Body, "Les claus s’han destruït") {
		h.t.Errorf("destroyed: %d %s", done.Status, strings.Join(strings.Fields(done.Find("main").Text()), " "))
	}
}

// nothingInFiles reads the raw bytes that the installation leaves on disk: the
// database, its log of writes, attachments.
func (h *house) nothingInFiles() {
	h.t.Helper()
	read := 0
	h.must(filepath.WalkDir(h.data, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		read += len(raw)
		for _, secret := range []string{anywhere, theme} {
			if bytes.Contains(raw, []byte(secret)) {
				h.t.Errorf("%s holds what the group wrote", name)
			}
		}
		return err
	}))
	if read == 0 {
		h.t.Error("no file was read")
	}
}
