package catalogue_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/packs"
)

func TestEverySheetOfThePacksKeepsItsWords(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(packs.FS, "*/resources/*.json")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		raw, err := packs.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := catalogue.Decode(raw)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		again, err := json.Marshal(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var was, is map[string]any
		if json.Unmarshal(raw, &was) != nil || json.Unmarshal(again, &is) != nil {
			t.Fatal(file)
		}
		for key, value := range was {
			empty := value == nil || key == "status"
			if list, isList := value.([]any); isList && len(list) == 0 {
				empty = true
			}
			if inner, isMap := value.(map[string]any); isMap && key == "contact" {
				empty = inner["phone"] == nil && inner["email"] == nil && inner["form"] == false
			}
			if !empty && is[key] == nil {
				t.Errorf("%s: %s is lost", file, key)
			}
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{
		"a misspelt name":       `{"code":"A","kind":"material","title":{"ca":"T"},"titel":1}`,
		"something after":       `{"code":"A","kind":"material","title":{"ca":"T"}} {}`,
		"no title":              `{"code":"A","kind":"material","title":{"ca":" "}}`,
		"an unknown kind":       `{"code":"A","kind":"thing","title":{"ca":"T"}}`,
		"an unknown language":   `{"code":"A","kind":"material","title":{"ca":"T","xx":"T"}}`,
		"an end before a start": `{"code":"A","kind":"material","title":{"ca":"T"},"valid_from":"2020-02-01","valid_to":"2020-01-01"}`,
		"a modality twice":      `{"code":"A","kind":"material","title":{"ca":"T"},"modalities":[{"code":"a","name":{"ca":"A"}},{"code":"a","name":{"ca":"B"}}]}`,
		"an eighteenth goal":    `{"code":"A","kind":"material","title":{"ca":"T"},"sdgs":[18]}`,
		"an amount in words":    `{"code":"A","kind":"material","title":{"ca":"T"},"budget":{"amount":"much","currency":"EUR"}}`,
	} {
		if _, err := catalogue.Decode([]byte(raw)); !errors.Is(err, fault.Invalid) {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}

func TestVersionsStayAsTheyWere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		ctx := w.as(t, "writer@diba.example")
		changed := r.Sheet.V
		changed.MaxHours = 24
		edited, err := w.Edit(ctx, r.ID, r.Version, changed)
		if err != nil || !edited.Changed {
			t.Fatal(edited.Changed, err)
		}
		if _, err := w.Edit(ctx, r.ID, r.Version, changed); !errors.Is(err, fault.Stale) {
			t.Error("a stale edit:", err)
		}
		if _, err := w.Publish(ctx, r.ID, r.Version); !errors.Is(err, fault.Stale) {
			t.Error("publishing what one did not see:", err)
		}
		back, err := w.Edit(ctx, r.ID, edited.Version, r.Sheet.V)
		if err != nil || back.Changed {
			t.Error("the sheet says again what the version says:", err)
		}
		if _, err := w.Publish(ctx, r.ID, back.Version); !errors.Is(err, fault.Conflict) {
			t.Error("published without news:", err)
		}
		again, _ := w.Edit(ctx, r.ID, back.Version, changed)
		published, err := w.Publish(ctx, r.ID, again.Version)
		if err != nil || published.Published != 2 {
			t.Fatal(published.Published, err)
		}
		all, err := w.Versions(ctx, r.ID)
		if err != nil || len(all) != 2 || all[0].Sheet.V.MaxHours != 24 || all[1].Sheet.V.MaxHours != 18 {
			t.Error(all, err)
		}
		seen, err := w.PublishedByID(t.Context(), r.ID)
		if err != nil || seen.Number != 2 || seen.BodyCode != "diba" || seen.Sheet.MaxHours != 24 {
			t.Error(seen, err)
		}
		found, err := w.ByCode(ctx, "20270")
		if err != nil || found.ID != r.ID {
			t.Error(found.ID, err)
		}
		if err := w.db.Do(ctx, func(tx *db.Tx) error {
			_, err := db.Bulk(tx, "an attempt", "UPDATE catalogue_version SET number = 9 WHERE tenant_id = $1")
			return err
		}); err == nil {
			t.Error("a published version was changed")
		}
	})
}

func TestWhoMayWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.load(t, "diba", teams)
		sheet := r.Sheet.V
		sheet.Code = "other"
		for _, c := range []struct {
			role        actor.Role
			body        string
			read, write error
		}{
			{actor.Technician, "diba", nil, nil},
			{actor.LegalOfficer, "diba", nil, fault.Forbidden},
			{actor.Auditor, "diba", nil, fault.Forbidden},
			{actor.Administrator, "diba", nil, fault.Forbidden},
			{actor.LocalOfficer, "diba", fault.Forbidden, fault.Forbidden},
			{actor.Citizen, "diba", fault.Forbidden, fault.Forbidden},
			{actor.Technician, "imas", fault.NotFound, fault.NotFound},
		} {
			ctx := actor.With(t.Context(), actor.Actor{Tenant: w.bodies[c.body].ID, User: "u", Role: c.role, Name: "Somebody"})
			if _, err := w.Resource(ctx, r.ID); !errors.Is(err, c.read) {
				t.Errorf("%s of %s reads: %v", c.role, c.body, err)
			}
			if _, err := w.Edit(ctx, r.ID, r.Version, sheet); !errors.Is(err, c.write) {
				t.Errorf("%s of %s writes: %v", c.role, c.body, err)
			}
			if c.write == nil {
				continue
			}
			if _, err := w.Withdraw(ctx, r.ID, db.AnyVersion); !errors.Is(err, c.write) {
				t.Errorf("%s of %s withdraws: %v", c.role, c.body, err)
			}
		}
		if _, err := w.Resource(t.Context(), r.ID); !errors.Is(err, fault.Unknown) {
			t.Error("a stranger reads a working sheet:", err)
		}
		if _, _, err := w.Mine(w.as(t, "officer@diba.example"), catalogue.OwnFilter{}, table.Page{Number: 1, Size: 9}); !errors.Is(err, fault.Forbidden) {
			t.Error("a local officer lists drafts:", err)
		}
	})
}

func TestOwnListFindsDrafts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.load(t, "diba", teams)
		ctx := w.as(t, "writer@diba.example")
		if _, err := w.Create(ctx, catalogue.Sheet{Code: "N1", Kind: catalogue.Economic, Title: map[string]string{"es": "Ayuda"}}); err != nil {
			t.Fatal(err)
		}
		page := table.Page{Number: 1, Size: 9, Sort: "title_fold"}
		for _, c := range []struct {
			filter catalogue.OwnFilter
			want   int
		}{
			{catalogue.OwnFilter{}, 2},
			{catalogue.OwnFilter{State: catalogue.Draft}, 1},
			{catalogue.OwnFilter{Words: "ayuda"}, 1},
			{catalogue.OwnFilter{Kind: catalogue.Material}, 1},
			{catalogue.OwnFilter{Words: "none"}, 0},
		} {
			found, total, err := w.Mine(ctx, c.filter, page)
			if err != nil || total != c.want || len(found) != c.want {
				t.Errorf("%+v finds %d: %v", c.filter, total, err)
			}
		}
	})
}

// Every message that the module can say is there in every language, and
// nothing else is.
func TestMessages(t *testing.T) {
	t.Parallel()
	module := catalogue.New(nil, nil).Module()
	messages, err := i18n.Load(module.Locales)
	if err != nil {
		t.Fatal(err)
	}
	keys := module.Keys
	for _, life := range module.Lives {
		keys = append(keys, life.Keys...)
	}
	for _, lang := range i18n.Languages {
		for _, key := range keys {
			if !messages.Has(lang, key) {
				t.Errorf("%s: no %s", lang, key)
			}
		}
		if got, want := messages.Keys(lang), messages.Keys("ca"); !slices.Equal(got, want) {
			t.Errorf("%s has other keys than ca", lang)
		}
	}
}

func TestTheDocumentOfTheAPI(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		raw, err := w.router.OpenAPI()
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Paths      map[string]any
			Components struct {
				Schemas map[string]struct{ Properties map[string]struct{ Type any } }
			}
		}
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/catalogue/resources", "/catalogue/{id}"} {
			if doc.Paths[path] == nil {
				t.Errorf("%s is not described", path)
			}
		}
		sheet := doc.Components.Schemas["SheetShape"].Properties
		if sheet["valid_from"].Type != "string" || sheet["title"].Type != "object" || len(sheet) < 35 {
			t.Errorf("%d fields of a sheet: %v", len(sheet), sheet)
		}
	})
}
