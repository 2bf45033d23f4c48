package intake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"
	"github.com/xuri/excelize/v2"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/intake"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/sheet"
	"bastida/internal/platform/table"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// bench is a county that leads its pack, with the administrator Marta and the
// technician Quim; Vilarodona, of its pack; and Ullastre, of another.
type bench struct {
	t                            *testing.T
	db                           *db.DB
	people                       *identity.Service
	service                      *intake.Service
	county, vilarodona, ullastre identity.Body
	marta, quim, pau             identity.User
}

func eachEngine(t *testing.T, test func(b *bench)) {
	t.Helper()
	schemas := []db.Schema{identity.New(nil, false).Module().Schema(), intake.New(nil, nil).Module().Schema()}
	testkit.EachEngine(t, schemas, func(t *testing.T, d *db.DB) {
		b := &bench{t: t, db: d, people: identity.New(d, true)}
		b.service = intake.New(d, b.people)
		b.county = b.body("comarca", "la Comarca", "prova", identity.CountyCouncil)
		b.vilarodona = b.body("01001", "Vilarodona", "prova", identity.Municipality)
		b.ullastre = b.body("02001", "Ullastre", "altra", identity.Municipality)
		b.marta = b.person(b.county, "Marta Roca", "marta@comarca.example", actor.Administrator)
		b.quim = b.person(b.county, "Quim Vila", "quim@comarca.example", actor.Technician)
		b.pau = b.person(b.ullastre, "Pau Serra", "pau@ullastre.example", actor.Administrator)
		test(b)
	})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) body(code, name, pack string, kind identity.BodyKind) identity.Body {
	b.t.Helper()
	made, err := b.people.RegisterBody(b.t.Context(), identity.BodyInput{
		Code: code, Pack: pack, Kind: kind, Name: name, Mark: "XX", Language: "ca", Hue: 200, Chroma: .05, LeadsPack: kind == identity.CountyCouncil,
	})
	b.must(err)
	return made
}

func (b *bench) person(home identity.Body, name, email string, role actor.Role) identity.User {
	b.t.Helper()
	ctx := actor.AsSystem(b.t.Context(), home.ID, "command")
	u, err := b.people.Register(ctx, identity.UserInput{Email: email, Name: name, Language: "ca", Demo: true})
	b.must(err)
	_, err = b.people.Grant(ctx, identity.MembershipInput{UserID: u.ID, Role: role})
	b.must(err)
	return u
}

func (b *bench) as(u identity.User) context.Context {
	b.t.Helper()
	m, _, err := b.people.Act(b.t.Context(), u.ID, "")
	b.must(err)
	return actor.With(b.t.Context(), m.Actor())
}

func (b *bench) bring(ctx context.Context, kind intake.Kind, csv string) (intake.Batch, error) {
	return b.service.Bring(ctx, intake.Upload{Kind: kind, FileName: "x.csv", Content: strings.NewReader(csv)})
}

// preview brings a sheet and returns what it would do.
func (b *bench) preview(ctx context.Context, kind intake.Kind, csv string) (intake.Batch, intake.Report) {
	b.t.Helper()
	batch, err := b.bring(ctx, kind, csv)
	b.must(err)
	batch, report, err := b.service.Preview(ctx, batch.ID)
	b.must(err)
	return batch, report
}

const bodiesCSV = "Codi INE;Nom;Tipus;Llengua;Població\n" +
	"01001;Vilarodona;municipi;català;1250\n" +
	"comarca;Comarca Nova;consell comarcal;ca;\n" +
	"01003;Sant Pol;Municipi;;300\n" +
	"01003;Sant Pol;municipi;;300\n" +
	"02001;Ullastre;municipi;ca;1\n" +
	";Sense codi;municipi;ca;1\n" +
	"01004;Estrany;castell;klingon;1\n"

func TestBodiesAreJudgedRowByRow(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		batch, report := b.preview(b.as(b.quim), intake.Bodies, bodiesCSV)
		if report.Counts != (intake.Counts{New: 1, Changed: 1, Unchanged: 1, Rejected: 4}) {
			t.Errorf("got %+v", report.Counts)
		}
		want := "5 Codi INE intake.twice; 6 Codi INE intake.other_pack; 7 Codi INE form.required; 8 Tipus intake.unknown_word; 8 Llengua intake.unknown_word; "
		if got := reasons(report); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if fmt.Sprint(batch.Ignored()) != "[Població]" {
			t.Errorf("ignored %v", batch.Ignored())
		}
		b.untouched("01003")
	})
}

func reasons(r intake.Report) string {
	var out strings.Builder
	for _, c := range r.Rejected {
		fmt.Fprintf(&out, "%d %s %s; ", c.Row, c.Column, c.Key)
	}
	return out.String()
}

func (b *bench) untouched(code string) {
	b.t.Helper()
	if _, err := b.people.BodyByCode(b.t.Context(), code); !errors.Is(err, fault.NotFound) {
		b.t.Errorf("%s is in: %v", code, err)
	}
}

func TestApplyingBringsTheAcceptedRowsIn(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.quim)
		batch, _ := b.preview(ctx, intake.Bodies, bodiesCSV)
		done, err := b.service.Apply(ctx, batch.ID, batch.Version)
		b.must(err)
		if done.State != intake.Applied || len(done.Grid.V.Rows) != 0 || done.Counts.V.New != 1 {
			t.Errorf("got %+v", done)
		}
		made, err := b.people.BodyByCode(b.t.Context(), "01003")
		if err != nil || made.Name != "Sant Pol" || made.Pack != "prova" || made.Language != "ca" || made.TenantID != made.ID || made.Hue != 200 {
			t.Errorf("got %+v, %v", made, err)
		}
		renamed, err := b.people.BodyByCode(b.t.Context(), "comarca")
		if err != nil || renamed.Name != "Comarca Nova" || renamed.NameFold != "comarca nova" {
			t.Errorf("got %+v, %v", renamed, err)
		}
		_, report, err := b.service.Preview(ctx, batch.ID)
		if err != nil || len(report.Rejected) != 5 {
			t.Errorf("the report: %+v, %v", report, err)
		}
		if _, err := b.service.Apply(ctx, batch.ID, done.Version); !errors.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		again, _ := b.preview(ctx, intake.Bodies, "codi,nom,tipus\n01003,Sant Pol,municipi\n")
		if _, err := b.service.Apply(ctx, again.ID, again.Version); fault.Of(err) == nil || fault.Of(err).Key != "intake.nothing" {
			t.Errorf("nothing new: %v", err)
		}
	})
}

const peopleCSV = "Nom i cognoms,Correu,Funció,Codi de l'ens,Unitat,Idioma\n" +
	"Marta Roca Pla,marta@comarca.example,administrator,,,ca\n" +
	"Neus Coll,neus@vilarodona.example,referent,01001,,es\n" +
	"Neus Coll,neus@vilarodona.example,professional,,Acollida,es\n" +
	"Pau Altre,pau@ullastre.example,tècnica de apoyo,comarca,,\n" +
	"Quim Vila,quim@comarca.example,technician,,,\n" +
	"Ona,ona-vilarodona,professional,,,\n" +
	"Jan Font,jan@ullastre.example,referent,02001,,\n" +
	"Rei,rei@comarca.example,rei,,,\n" +
	"Neus Coll,neus@vilarodona.example,referent,01001,,es\n"

func TestProfessionalsComeInWithTheirRoles(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.marta)
		batch, report := b.preview(ctx, intake.People, peopleCSV)
		if report.Counts != (intake.Counts{New: 3, Changed: 1, Unchanged: 1, Rejected: 4}) {
			t.Errorf("got %+v", report.Counts)
		}
		want := "7 Correu form.not_an_email; 8 Codi de l'ens intake.no_body; 9 Funció intake.unknown_word; 10 Correu intake.twice; "
		if got := reasons(report); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		_, err := b.service.Apply(ctx, batch.ID, batch.Version)
		b.must(err)
		found, _, err := b.people.People(ctx, identity.PersonFilter{}, table.Page{Number: 1, Size: 50, Sort: "u.name_fold"})
		b.must(err)
		var got []string
		for _, p := range found {
			got = append(got, p.Name+": "+p.Held+" at "+p.Home)
		}
		if want := "[Marta Roca Pla: administrator at Comarca Neus Coll: local_officer,professional at Comarca" +
			" Pau Serra: technician at Ullastre Quim Vila: technician at Comarca]"; strings.ReplaceAll(fmt.Sprint(got), "la Comarca", "Comarca") != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

func TestADisabledAccountIsNotBroughtBack(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.marta)
		_, err := b.people.Disable(ctx, b.quim.ID)
		b.must(err)
		_, report := b.preview(ctx, intake.People, "nom,correu,rol\nQuim Vila,quim@comarca.example,technician\n")
		if reasons(report) != "2 correu intake.disabled; " {
			t.Errorf("got %s", reasons(report))
		}
	})
}

func TestOnlyWhoMayBrings(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		if _, err := b.bring(b.as(b.quim), intake.People, peopleCSV); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a technician gives roles: %v", err)
		}
		if _, err := b.bring(b.as(b.pau), intake.Bodies, bodiesCSV); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a body that leads nothing brings bodies: %v", err)
		}
		if _, err := b.bring(b.t.Context(), intake.Bodies, bodiesCSV); !errors.Is(err, fault.Unknown) {
			t.Errorf("a stranger: %v", err)
		}
		batch, _ := b.preview(b.as(b.marta), intake.People, peopleCSV)
		_, _, other := b.service.Preview(b.as(b.pau), batch.ID)
		_, _, technician := b.service.Preview(b.as(b.quim), batch.ID)
		if !errors.Is(other, fault.NotFound) || !errors.Is(technician, fault.Forbidden) {
			t.Errorf("got %v and %v", other, technician)
		}
		if _, total, err := b.service.Batches(b.as(b.quim), intake.Filter{}, table.Page{Number: 1, Size: 9}); total != 0 || err != nil {
			t.Errorf("a technician sees %d batches of people, %v", total, err)
		}
	})
}

func TestAFailureLeavesNothingHalfWritten(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.quim)
		batch, _ := b.preview(ctx, intake.Bodies, bodiesCSV)
		stop := errors.New("the machine stops here")
		err := b.db.Do(ctx, func(tx *db.Tx) error {
			if _, err := b.service.Apply(tx.Context, batch.ID, batch.Version); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		b.untouched("01003")
		after, _, err := b.service.Preview(ctx, batch.ID)
		if err != nil || after.State != intake.Previewed {
			t.Errorf("got %v, %v", after.State, err)
		}
	})
}

func TestAMappingIsOneColumnAField(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.quim)
		batch, _ := b.preview(ctx, intake.Bodies, "a,b,c\n01003,Sant Pol,municipi\n")
		if _, err := b.service.Apply(ctx, batch.ID, batch.Version); fault.Of(err) == nil || fault.Of(err).Key != "intake.unmapped" {
			t.Errorf("unmapped: %v", err)
		}
		for _, mapping := range []map[string]string{
			{"code": "a", "name": "b"}, {"code": "a", "name": "a", "kind": "c"}, {"code": "z", "name": "b", "kind": "c"},
		} {
			if _, err := b.service.Map(ctx, batch.ID, batch.Version, mapping); !errors.Is(err, fault.Invalid) {
				t.Errorf("%v: %v", mapping, err)
			}
		}
		mapped, err := b.service.Map(ctx, batch.ID, batch.Version, map[string]string{"code": "a", "name": "b", "kind": "c"})
		b.must(err)
		if _, err := b.service.Apply(ctx, batch.ID, batch.Version); !errors.Is(err, fault.Stale) {
			t.Errorf("what was not seen: %v", err)
		}
		_, err = b.service.Apply(ctx, batch.ID, mapped.Version)
		b.must(err)
	})
}

func TestDiscardingForgetsTheCells(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(b.marta)
		batch, _ := b.preview(ctx, intake.People, peopleCSV)
		gone, err := b.service.Discard(ctx, batch.ID)
		if err != nil || gone.State != intake.Discarded || len(gone.Grid.V.Rows)+len(gone.Rejected.V) != 0 {
			t.Errorf("got %+v, %v", gone, err)
		}
	})
}

func TestTheWizardWorksWithoutScripts(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		v, send := b.browser(b.quim)
		page := v.Get("/import/new")
		if page.Find(`input[value="people"]`).Length() > 0 {
			t.Error("a technician is offered to bring people")
		}
		if refused := send("x.pdf", []byte("%PDF-1.7")); refused != "/import/new" {
			t.Errorf("a PDF led to %s", refused)
		}
		path := send("ens.xlsx", workbook(t))
		page = v.Get(path)
		for _, text := range []string{"Sant Pol", "Ja és a la fila 4.", "Població", "Importa 2 files", "Aquest ens és d’un altre territori."} {
			if !strings.Contains(page.Body, text) {
				t.Errorf("the preview does not say %q", text)
			}
		}
		list := v.Get(path + "/rejected")
		if !strings.HasPrefix(list.Header.Get("Content-Type"), "text/csv") || !strings.Contains(list.Body, "5,Codi INE,01003,Ja és a la fila 4.") {
			t.Errorf("the list of rejections: %s", list.Body)
		}
		page = v.Submit(page, "#mapping", url.Values{"name": {""}})
		if page.Status != http.StatusUnprocessableEntity {
			t.Errorf("a mapping without the name: %d", page.Status)
		}
		page = v.Submit(v.Get(path), `form[action$="/apply"]`, nil)
		if page.Path != path || page.Find(`form[action$="/apply"]`).Length() > 0 {
			t.Errorf("after applying: %s", page.Path)
		}
		if _, err := b.people.BodyByCode(b.t.Context(), "01003"); err != nil {
			t.Error(err)
		}
		if page := v.Get("/api/v1" + path); !strings.Contains(page.Body, `"state":"applied"`) || strings.Contains(page.Body, "Sant Pol") {
			t.Errorf("the twin: %s", page.Body)
		}
		if page := v.Get("/import"); !strings.Contains(page.Body, "ens.xlsx") {
			t.Error("the list does not name the batch")
		}
	})
}

// browser returns somebody signed in, and how they upload a spreadsheet of
// bodies: it says where that leads.
func (b *bench) browser(u identity.User) (*testkit.Visitor, func(name string, content []byte) string) {
	b.t.Helper()
	server := httptest.NewServer(b.handler())
	b.t.Cleanup(server.Close)
	v := testkit.At(b.t, server.URL)
	v.Post("/sign-in/demo", url.Values{"user": {u.ID.String()}})
	jar, err := cookiejar.New(nil)
	b.must(err)
	client := &http.Client{Jar: jar}
	entered, err := client.PostForm(server.URL+"/sign-in/demo", url.Values{"user": {u.ID.String()}})
	b.must(err)
	b.must(entered.Body.Close())
	return v, func(name string, content []byte) string {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		b.must(form.WriteField("kind", "bodies"))
		part, err := form.CreateFormFile("file", name)
		b.must(err)
		_, err = part.Write(content)
		b.must(err)
		b.must(form.Close())
		request, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, server.URL+"/import/new", &body)
		b.must(err)
		request.Header.Set("Content-Type", form.FormDataContentType())
		answer, err := client.Do(request)
		b.must(err)
		b.must(answer.Body.Close())
		return answer.Request.URL.Path
	}
}

func (b *bench) handler() http.Handler {
	b.t.Helper()
	messages, err := i18n.Load(ui.Locales, web.Locales, sheet.Locales, b.people.Module().Locales, b.service.Module().Locales)
	b.must(err)
	r := web.NewRouter()
	r.Messages, r.Log = messages, slog.New(slog.NewTextHandler(io.Discard, nil))
	r.Sessions = scs.New()
	r.Sessions.Store = identity.SessionStore{DB: b.db}
	r.Frame = func(*http.Request) ui.Frame { return ui.Frame{User: &ui.User{}} }
	b.people.Routes(r.For("identity"))
	b.service.Routes(r.For("intake"))
	web.Handle(r, http.MethodGet, "/", access.Public, func(w http.ResponseWriter, _ web.Params) error {
		w.WriteHeader(http.StatusNoContent)
		return nil
	})
	return web.Secure(r.Sessions.LoadAndSave(b.people.Identify(r, r)))
}

func workbook(t *testing.T) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(bodiesCSV), "\n") {
		cells := strings.Split(line, ";")
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEveryTextExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	module := intake.New(nil, nil).Module()
	messages, err := i18n.Load(module.Locales)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range i18n.Languages {
		for _, key := range module.Keys {
			if !messages.Has(lang, key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}
