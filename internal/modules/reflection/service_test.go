package reflection_test

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/obstacles"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/reflection"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

func content(worked string) reflection.Content { return reflection.Content{Worked: worked} }

func (w *world) save(t *testing.T, name string, version int, c reflection.Content) (reflection.Record, error) {
	t.Helper()
	return w.Save(w.as(t, name), w.at, reflection.Keystrokes{Version: version, Tab: "tab-" + name}, c)
}

func (w *world) reads(t *testing.T, name string) reflection.Entry {
	t.Helper()
	_, e, err := w.Page(w.as(t, name), w.at.Group, w.at.Session)
	must(t, err)
	return e
}

func refused(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

// complains tells whether a refusal complains of a field, and repeats a text.
func complains(t *testing.T, err error, field, said string) {
	t.Helper()
	if f := fault.Of(err); f != nil {
		for _, c := range f.Fields {
			if c.Name == field && (said == "" || len(c.Args) > 1 && strings.Contains(c.Args[1].(string), said)) {
				return
			}
		}
	}
	t.Errorf("got %+v, want a complaint of %s with %q", fault.Of(err), field, said)
}

func TestTheGroupAndItsSupervisorWriteAndReadAllOfIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		whole := reflection.Content{
			Worked: "El límit amb les famílies.", Themes: []string{"roles", "violence"}, Goals: []string{"Pensar els límits"},
			Actions:   []reflection.Action{{What: "Portar un text", Who: "Persona berta", By: civil.MustParse("2020-02-03")}, {What: "Llegir-lo"}},
			Obstacles: []reflection.Obstacle{{Kind: "forms", Text: "Dos formularis iguals"}}, Next: civil.MustParse("2020-02-17"),
		}
		r, err := w.save(t, "anna", 0, whole)
		must(t, err)
		for _, name := range []string{"anna", "berta", "elena"} {
			e := w.reads(t, name)
			if e.Content.Worked != whole.Worked || !slices.Equal(e.Content.Themes, whole.Themes) || len(e.Content.Actions) != 2 ||
				e.Content.Obstacles[0] != whole.Obstacles[0] || e.Content.Next != whole.Next || e.Record.EditedBy != "Persona anna" {
				t.Errorf("%s reads %+v", name, e)
			}
		}
		_, err = w.save(t, "elena", r.Version, content("Reescrit per qui supervisa."))
		must(t, err)
		if got := w.reads(t, "anna").Content.Worked; got != "Reescrit per qui supervisa." {
			t.Error(got)
		}
	})
}

// TestNobodyElseDoesAnything tries every verb of the record as people of other
// roles, as a professional of the same body, as the program, with a token and
// in another tenant.
func TestNobodyElseDoesAnything(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.save(t, "anna", 0, content("Nostre."))
		must(t, err)
		token := w.people["anna"].Actor()
		token.Allow = map[string]bool{reflection.Write.Name: true}
		elsewhere := w.people["anna"].Actor()
		elsewhere.Tenant = w.vila
		nobody := actor.Actor{Tenant: w.office, Role: actor.Supervisor}
		who := map[string]context.Context{
			"system": w.system(t), "token": actor.With(t.Context(), token), "elsewhere": actor.With(t.Context(), elsewhere), "nobody": actor.With(t.Context(), nobody),
		}
		for _, name := range []string{"carla", "manager", "technician", "administrator"} {
			who[name] = w.as(t, name)
		}
		for name, ctx := range who {
			_, errBook := w.Book(ctx, w.at.Group)
			_, _, errPage := w.Page(ctx, w.at.Group, w.at.Session)
			_, errSave := w.Save(ctx, w.at, reflection.Keystrokes{Version: 1}, content("Seu."))
			_, _, errKeep := w.Keep(ctx, w.at, reflection.Keystrokes{Fields: url.Values{"worked": {"x"}}})
			_, errLook := w.Look(ctx, w.at.Group, content("x"))
			_, errUnsaved := w.UnsavedOf(ctx, w.at)
			errShare := w.obstacles.Share(ctx, w.at.Group, obstacles.ShareInput{Kind: "forms", Text: "x", Sure: true})
			for verb, err := range map[string]error{
				"Book": errBook, "Page": errPage, "Save": errSave, "Keep": errKeep, "Look": errLook, "UnsavedOf": errUnsaved, "Share": errShare,
				"Drop": w.Drop(ctx, w.at, "x"),
			} {
				if !errors.Is(err, fault.NotFound) && !errors.Is(err, fault.Forbidden) && !errors.Is(err, fault.Unknown) {
					t.Errorf("%s may %s: %v", name, verb, err)
				}
			}
		}
	})
}

// TestTheProgramIsNobodyInAGroupWithoutSupervisor: its account is empty, and so
// is the place of the supervisor.
func TestTheProgramIsNobodyInAGroupWithoutSupervisor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		g, err := w.supervision.AddGroup(w.as(t, "technician"), w.programme.ID, supervision.GroupInput{
			Name: "Sense", Kind: profiles.Cases, Hours: 1, Bodies: []supervision.GroupBody{{BodyID: w.vila, Professionals: 4}},
		})
		must(t, err)
		if _, err := w.Book(w.system(t), g.ID); err == nil {
			t.Error("the program reads the record")
		}
	})
}

func TestIdentifiersAreRefusedAndNamesAreConfirmed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.KnowNames(func(_ context.Context, words []string) (names []string, err error) {
			if slices.Contains(words, "Fatoumata") {
				names = append(names, "Fatoumata")
			}
			return names, nil
		})
		c := reflection.Content{
			Worked: "La Persona Anna i la senyora de 12345678Z.", Actions: []reflection.Action{{What: "Trucar al 612 345 678"}},
			Obstacles: []reflection.Obstacle{{Kind: "forms", Text: "m@vila.example"}},
		}
		_, err := w.save(t, "anna", 0, c)
		complains(t, err, "worked", "[12345678Z]")
		complains(t, err, "actions.0.what", "[612 345 678]")
		complains(t, err, "obstacles.0.text", "[m@vila.example]")
		c = content("La Maria Puig i la Fatoumata, amb l’Ajuntament de vila.")
		_, err = w.save(t, "anna", 0, c)
		complains(t, err, "allowed", "Fatoumata, Maria Puig")
		c.Allowed = []string{"Fatoumata"}
		_, err = w.save(t, "anna", 0, c)
		complains(t, err, "allowed", "Maria Puig")
		c.Allowed = []string{"Fatoumata", "Maria Puig", "res"}
		_, err = w.save(t, "anna", 0, c)
		must(t, err)
		if got := w.reads(t, "anna").Content.Allowed; len(got) != 2 {
			t.Errorf("allowed: %v", got)
		}
		c = reflection.Content{Worked: "x", Themes: []string{"dance"}, Actions: []reflection.Action{{What: "y", Who: "Persona carla"}}, Obstacles: []reflection.Obstacle{{Kind: "dance", Text: "z"}}}
		_, err = w.save(t, "anna", 1, c)
		complains(t, err, "themes", "")
		complains(t, err, "actions.0.who", "")
		complains(t, err, "obstacles.0.kind", "")
	})
}

func TestTwoWhoWriteOverwriteNothingUnseen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r, err := w.save(t, "anna", 0, content("De l’Anna."))
		must(t, err)
		_, err = w.save(t, "berta", 0, content("De la Berta."))
		refused(t, err, fault.Stale, "record.stale")
		kept, by, err := w.Keep(w.as(t, "berta"), w.at, reflection.Keystrokes{Version: 0, Tab: "b", Fields: url.Values{"worked": {"De la Berta."}}})
		if err != nil || by != "Persona anna" {
			t.Errorf("typing on is told of %q, %v", by, err)
		}
		if got := w.reads(t, "anna").Content.Worked; got != "De l’Anna." {
			t.Error(got)
		}
		_, err = w.Save(w.as(t, "berta"), w.at, reflection.Keystrokes{Version: r.Version, Tab: "other", From: kept.ID}, content("Les dues."))
		must(t, err)
		if e := w.reads(t, "berta"); e.Content.Worked != "Les dues." || len(e.Mine) != 0 {
			t.Errorf("%+v", e)
		}
	})
}

func TestWhatIsTypedIsKeptForItsWriterAlone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		anna := w.as(t, "anna")
		for _, typed := range []string{"Una", "Una frase amb 12345678Z i 612 345 678"} {
			_, _, err := w.Keep(anna, w.at, reflection.Keystrokes{Tab: "one", Fields: url.Values{"worked": {typed}}})
			must(t, err)
		}
		_, _, err := w.Keep(anna, w.at, reflection.Keystrokes{Tab: "two", Fields: url.Values{"worked": {"L’altra finestra"}}})
		must(t, err)
		all, err := w.UnsavedOf(anna, w.at)
		must(t, err)
		var texts []string
		for _, u := range all {
			texts = append(texts, u.Values.Get("worked"))
		}
		slices.Sort(texts)
		if !slices.Equal(texts, []string{"L’altra finestra", "Una frase amb █████ i █████"}) {
			t.Errorf("kept: %q", texts)
		}
		if others, err := w.UnsavedOf(w.as(t, "berta"), w.at); err != nil || len(others) != 0 {
			t.Errorf("somebody else sees %d, %v", len(others), err)
		}
		refused(t, w.Drop(w.as(t, "berta"), w.at, all[0].ID), fault.NotFound, "")
		must(t, w.Drop(anna, w.at, all[0].ID))
		_, _, err = w.Keep(anna, w.at, reflection.Keystrokes{Tab: "long", Fields: url.Values{"worked": {strings.Repeat("x", 200_001)}}})
		refused(t, err, fault.Invalid, "reflection.too_long")
	})
}

func TestWhoLeavesReadsNoMoreAndTheOthersGoOn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r, err := w.save(t, "anna", 0, content("Abans."))
		must(t, err)
		for _, name := range []string{"anna", "berta"} {
			_, _, err = w.Keep(w.as(t, name), w.at, reflection.Keystrokes{Version: r.Version, Tab: "x", Fields: url.Values{"worked": {name}}})
			must(t, err)
		}
		_, err = w.supervision.Leave(w.as(t, "technician"), w.members["anna"].ID)
		must(t, err)
		_, err = w.Book(w.as(t, "anna"), w.at.Group)
		refused(t, err, fault.NotFound, "")
		if e := w.reads(t, "berta"); e.Content.Worked != "Abans." || len(e.Mine) != 1 {
			t.Errorf("who stays reads %+v", e)
		}
		_, err = w.save(t, "berta", r.Version, content("Després."))
		must(t, err)
		must(t, w.db.View(w.system(t), func(tx *db.Tx) error {
			sealed, err := db.One[string](tx, "SELECT content FROM reflection_record WHERE tenant_id = $1")
			left, errLeft := db.All[record.ID](tx, "SELECT user_id FROM reflection_typed WHERE tenant_id = $1 ORDER BY user_id")
			if !strings.HasPrefix(sealed, "1.2.") || len(left) != 1 || left[0] != w.people["berta"].UserID {
				t.Errorf("locked as %.8s, typed texts of %v (%v)", sealed, left, errLeft)
			}
			return err
		}))
	})
}

func TestTheRecordGoesWhenItsTimeIsOver(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.save(t, "anna", 0, content("Per sempre?"))
		must(t, err)
		sweepAt := func(day string) {
			w.clock.Set(civil.MustParse(day).Start(i18n.Zone))
			must(t, w.Sweep(w.system(t)))
		}
		sweepAt("2030-01-01")
		if b, err := w.Book(w.as(t, "anna"), w.at.Group); err != nil || b.Erased.Destroyed || !b.Until.IsZero() {
			t.Errorf("nobody stated how long: %+v, %v", b.Erased, err)
		}
		w.state(t, 12)
		sweepAt("2021-12-14")
		if b, err := w.Book(w.as(t, "anna"), w.at.Group); err != nil || b.Erased.Destroyed || b.Until != civil.MustParse("2021-12-15") {
			t.Errorf("the day before: %+v until %s, %v", b.Erased, b.Until, err)
		}
		sweepAt("2021-12-15")
		sweepAt("2021-12-16")
		b, e, err := w.Page(w.as(t, "anna"), w.at.Group, w.at.Session)
		if err != nil || !b.Erased.Destroyed || b.Erased.Reason != reflection.ByRetention || e.Content.Worked != "" || !e.Written() {
			t.Errorf("when it is over: %+v %+v, %v", b.Erased, e, err)
		}
		_, err = w.save(t, "anna", e.Record.Version, content("Un altre cop."))
		refused(t, err, fault.Conflict, "crypt.destroyed")
		_, _, err = w.Keep(w.as(t, "anna"), w.at, reflection.Keystrokes{Fields: url.Values{"worked": {"x"}}})
		refused(t, err, fault.Conflict, "crypt.destroyed")
	})
}

// state says for how many months records are kept, in the copy of the rules
// that the programme has.
func (w *world) state(t *testing.T, months float64) {
	t.Helper()
	rows := db.TableOf[programme]("supervision_programme")
	must(t, w.db.Do(w.system(t), func(tx *db.Tx) error {
		_, err := rows.Edit(tx, w.programme.ID, db.AnyVersion, func(p *programme) error {
			for i := range p.Profile.V.Figures {
				if p.Profile.V.Figures[i].Key == profiles.RetentionMonths {
					p.Profile.V.Figures[i].Value, p.Profile.V.Figures[i].Source = &months, "Decret inventat"
				}
			}
			return nil
		})
		return err
	}))
}

// programme is the one column that a test changes behind the back of its owner.
type programme struct {
	record.Row
	Profile record.JSON[profiles.Profile] `db:"profile"`
}

func TestATechnicianDestroysTheKeysOfAClosedProgrammeOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.save(t, "anna", 0, content("Nostre."))
		must(t, err)
		for _, name := range []string{"anna", "elena", "manager", "administrator"} {
			_, err := w.Destroy(w.as(t, name), w.programme.ID)
			refused(t, err, fault.Forbidden, "")
		}
		_, err = w.Destroy(w.as(t, "technician"), w.programme.ID)
		refused(t, err, fault.Conflict, "reflection.not_closed")
		w.step(t, "close")
		_, err = w.save(t, "anna", 1, content("Tard."))
		refused(t, err, fault.Conflict, "reflection.closed")
		if got := w.reads(t, "anna").Content.Worked; got != "Nostre." {
			t.Errorf("after closing the group reads %q", got)
		}
		_, err = w.Destroy(w.as(t, "technician"), w.programme.ID)
		must(t, err)
		_, err = w.Destroy(w.as(t, "technician"), w.programme.ID)
		refused(t, err, fault.Conflict, "reflection.nothing_left")
		e, err := w.Erasure(w.as(t, "technician"), w.programme.ID)
		if err != nil || !e.Keys[0].Status.Destroyed || e.Keys[0].Status.Reason != reflection.ByOrder || e.Keys[0].Records != 1 {
			t.Errorf("%+v, %v", e.Keys, err)
		}
	})
}

// TestAnObstacleLeavesWithoutATrace compares what is stored of two obstacles of
// a month: nothing tells who, which group, or when.
func TestAnObstacleLeavesWithoutATrace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		share := func(text string) error {
			return w.obstacles.Share(w.as(t, "anna"), w.at.Group, obstacles.ShareInput{Kind: "forms", Text: text, Sure: true})
		}
		for text, found := range map[string]string{
			"A vila fan servir dos formularis":                    "",
			"El grup del Montseny demana un sol formulari":        "Grup del Montseny",
			"La Persona elena diu que sobra":                      "Persona elena",
			"Com el cas de Maria Puig":                            "Maria Puig",
			"Truqueu al 612 345 678":                              "612 345 678",
			"A l’ajuntament de vila s’omple dues vegades el full": "Ajuntament de vila",
		} {
			if err := share(text); found != "" {
				complains(t, err, "text", found)
			} else {
				must(t, err)
			}
		}
		err := w.obstacles.Share(w.as(t, "anna"), w.at.Group, obstacles.ShareInput{Kind: "dance", Text: "Dos formularis"})
		complains(t, err, "kind", "")
		complains(t, err, "sure", "")
		found, total, err := w.obstacles.Backlog(w.as(t, "technician"), obstacles.Filter{}, table.Page{Number: 1, Size: 10})
		if err != nil || total != 1 || found[0].CreatedAt.Day() != 1 || found[0].CreatedAt.Hour() != 0 || !found[0].UpdatedAt.Equal(found[0].CreatedAt.Time) {
			t.Fatalf("%+v, %v", found, err)
		}
		must(t, w.db.View(w.system(t), func(tx *db.Tx) error {
			n, err := db.One[int](tx, "SELECT COUNT(*) FROM audit_entry WHERE tenant_id = $1 AND (kind = 'obstacles_obstacle' OR record_id = $2)", found[0].ID)
			if n != 0 {
				t.Errorf("the audit trail holds %d entries of it", n)
			}
			return err
		}))
		_, err = w.obstacles.Answer(w.as(t, "technician"), found[0].ID, found[0].Version, obstacles.AnswerInput{Stage: obstacles.Solved, Answer: "Un de sol"})
		must(t, err)
		_, _, err = w.obstacles.Backlog(w.as(t, "anna"), obstacles.Filter{}, table.Page{Number: 1, Size: 10})
		refused(t, err, fault.Forbidden, "")
	})
}
