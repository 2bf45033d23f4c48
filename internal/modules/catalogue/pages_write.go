package catalogue

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// written is a resource that was saved, and where its writer goes on.
type written struct {
	Resource
	next string
}

// writeRoutes are beginning a sheet and writing it.
func (s *Service) writeRoutes(r *web.Router) {
	shape := func(w written) ResourceShape { return shapeResource(w.Resource) }
	next := func(w written) string { return w.next }
	web.Submit(r, "/resources/new", Manage, web.SubmitSpec[SheetInput, written, ResourceShape]{
		Form: startForm,
		Page: func(ctx context.Context, _ web.Params, view ui.Form) (templ.Component, error) {
			return startPage(layOut(ctx, view, "")), nil
		},
		Do: func(ctx context.Context, _ web.Params, in SheetInput) (written, error) {
			if err := sheetForm.Check(&in); err != nil {
				return written{}, err
			}
			r, err := s.Create(ctx, in.Sheet)
			return written{r, "/resources/" + r.ID.String() + "/edit"}, err
		},
		Next: next, Flash: "catalogue.done.created", Shape: shape, API: "POST /resources",
	})
	web.Submit(r, "/resources/{id}/edit", Manage, web.SubmitSpec[SheetInput, written, ResourceShape]{
		Form: sheetForm,
		Start: func(ctx context.Context, p web.Params) (SheetInput, int, error) {
			r, err := s.Resource(ctx, p.ID())
			return SheetInput{r.Sheet.V}, r.Version, err
		},
		Page: s.editPage,
		Do: func(ctx context.Context, p web.Params, in SheetInput) (written, error) {
			r, err := s.Edit(ctx, p.ID(), p.Version(), in.Sheet)
			return written{r, afterEdit(p, r)}, err
		},
		Next: next, Flash: "catalogue.done.saved", Shape: shape, API: "PUT /resources/{id}",
	})
}

// afterEdit returns to the list that wanted one more row, or to the resource.
func afterEdit(p web.Params, r Resource) string {
	home := "/resources/" + r.ID.String()
	if list := p.PostFormValue("more"); list != "" && slices.ContainsFunc(sections, func(s section) bool { return s.holds(list) }) {
		return home + "/edit?more=" + list + "#" + list
	}
	return home
}

func (s section) holds(list string) bool {
	return slices.ContainsFunc(s.parts, func(p part) bool { return p.list && p.name == list })
}

// editPage draws the sheet to be written. When somebody saved meanwhile, it
// keeps what was typed, shows what the other wrote, and lets saving again take
// the place of it.
func (s *Service) editPage(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
	r, err := s.Resource(ctx, p.ID())
	if err != nil {
		return nil, err
	}
	page := editView{Resource: r, Form: layOut(ctx, view, p.Get("more"))}
	if p.Method == http.MethodPost && p.Version() != r.Version {
		var mine SheetInput
		if sheetForm.Read(p.PostForm, &mine) == nil {
			mine.tidy()
			page.Clash = differences(ctx, r.Sheet.V, mine.Sheet)
		}
		page.Stale, page.Form.Version = true, r.Version
	}
	return sheetEditPage(page), nil
}

// editView is the page on which a sheet is written.
type editView struct {
	Resource Resource
	Form     laidOut
	Stale    bool
	Clash    []difference // what was saved meanwhile, and what is typed
}

// laidOut is a form with its fields under the parts and sections they belong to.
type laidOut struct {
	ui.Form
	Sections []drawnSection
}

type drawnSection struct {
	Name, Title string
	Parts       []drawnPart
}

// drawnPart is a text in its languages, a list, or one field.
type drawnPart struct {
	Name, Title string
	Help        string
	First       ui.Field     // the field, or the text in the reader's language
	Others      []ui.Field   // the text in the other languages
	Rows        [][]ui.Field // of a list, with one empty row at the end
	Error       string       // what is wrong with a row
	Open        bool         // something is wrong in another language, or a new row is wanted
	Written     int          // other languages that have the text
}

// layOut puts the fields of a drawn form where people look for them. The empty
// row of the list named more is open to be filled in.
func layOut(ctx context.Context, view ui.Form, more string) laidOut {
	fields := map[string]ui.Field{}
	for i := range view.Fields {
		f := &view.Fields[i]
		name, lang := base(f.Name)
		f.Label = i18n.T(ctx, "catalogue.sheet."+name)
		if lang != "" {
			f.Label += " (" + i18n.T(ctx, "catalogue.language."+lang) + ")"
		}
		if f.Kind == ui.FieldNumber && f.Value == "0" {
			f.Value = "" // nothing is stated
		}
		fields[f.Name] = *f
	}
	out := laidOut{Form: view}
	for _, s := range sections {
		drawn := drawnSection{Name: s.name, Title: i18n.T(ctx, "catalogue.sheet.section."+s.name)}
		for _, p := range s.parts {
			if _, asked := fields[p.fields[0].Spec().Name]; asked {
				part := layPart(ctx, p, fields)
				part.Open = part.Open || p.list && p.name == more
				drawn.Parts = append(drawn.Parts, part)
			}
		}
		if len(drawn.Parts) > 0 {
			out.Sections = append(out.Sections, drawn)
		}
	}
	return out
}

func layPart(ctx context.Context, p part, fields map[string]ui.Field) drawnPart {
	key := "catalogue.sheet." + p.name
	drawn := drawnPart{Name: p.name, Title: i18n.T(ctx, key)}
	if i18n.Has(ctx, key+".help") {
		drawn.Help = i18n.T(ctx, key+".help")
	}
	if p.list {
		return layRows(drawn, p, fields)
	}
	reader := i18n.Lang(ctx)
	for _, f := range p.fields {
		field := fields[f.Spec().Name]
		if _, lang := base(field.Name); lang == reader || len(p.fields) == 1 {
			drawn.First = field
			continue
		}
		drawn.Others = append(drawn.Others, field)
		drawn.Open = drawn.Open || field.Error != ""
		if field.Value != "" {
			drawn.Written++
		}
	}
	return drawn
}

// layRows turns columns into rows, and adds an empty one to fill in.
func layRows(drawn drawnPart, p part, fields map[string]ui.Field) drawnPart {
	count := 0
	for _, f := range p.fields {
		count = max(count, len(fields[f.Spec().Name].Values))
	}
	drawn.Rows = make([][]ui.Field, count+1)
	for _, f := range p.fields {
		field := fields[f.Spec().Name]
		drawn.Error = cmp.Or(drawn.Error, field.Error)
		if field.Kind == ui.FieldHidden {
			continue
		}
		for i := range drawn.Rows {
			cell := field
			cell.Value = ""
			if i < len(field.Values) {
				cell.Value = field.Values[i]
			}
			drawn.Rows[i] = append(drawn.Rows[i], cell)
		}
	}
	return drawn
}

// difference is one field that two sheets state differently.
type difference struct {
	Label         string
	Before, After string
}

// differences lists what two sheets state differently, in the order of the
// form, which holds every field of a sheet.
func differences(ctx context.Context, before, after Sheet) (found []difference) {
	was, is := SheetInput{before}, SheetInput{after}
	for _, f := range sheetForm.Fields {
		old, now := f.Show(&was), f.Show(&is)
		for i := range max(len(old), len(now)) {
			d := difference{Before: at(old, i), After: at(now, i)}
			if d.Before == d.After {
				continue
			}
			d.Label = fieldLabel(ctx, f.Spec(), i, max(len(old), len(now)))
			d.Before, d.After = shownValue(ctx, f.Spec(), d.Before), shownValue(ctx, f.Spec(), d.After)
			found = append(found, d)
		}
	}
	return found
}

func at(values []string, i int) string {
	if i < len(values) {
		return values[i]
	}
	return ""
}

// fieldLabel names a field with its language, and with its row when it has
// several.
func fieldLabel(ctx context.Context, s form.Spec, row, count int) string {
	name, lang := base(s.Name)
	label := i18n.T(ctx, "catalogue.sheet."+name)
	if lang != "" {
		label += " (" + i18n.T(ctx, "catalogue.language."+lang) + ")"
	}
	if count > 1 && len(s.Options) == 0 {
		label += " " + strconv.Itoa(row+1)
	}
	return label
}

// shownValue says an option in words, and leaves other values as typed.
func shownValue(ctx context.Context, s form.Spec, value string) string {
	name, _ := base(s.Name)
	switch {
	case slices.Contains(s.Options, value):
		return i18n.T(ctx, "catalogue.sheet."+name+"."+value)
	case s.Kind == ui.FieldCheck && value == "true":
		return i18n.T(ctx, "catalogue.yes")
	case s.Kind == ui.FieldNumber && value == "0":
		return ""
	}
	return value
}

// wrongFields are the fields that need attention, each with its place.
func wrongFields(form laidOut) (links []ui.Link) {
	for _, f := range form.Fields {
		if f.Error != "" {
			links = append(links, ui.Link{Href: "#" + place(f.Name), Label: f.Label + ": " + f.Error})
		}
	}
	return links
}

// place is where a field stands on the page: a column stands in its list.
func place(field string) string {
	for _, s := range sections {
		for _, p := range s.parts {
			if p.list && slices.ContainsFunc(p.fields, func(f form.Field[SheetInput]) bool { return f.Spec().Name == field }) {
				return p.name
			}
		}
	}
	return "f-" + field
}

// rowTitle is what a folded row is known by.
func rowTitle(ctx context.Context, row []ui.Field, at, count int) string {
	if at == count-1 {
		return i18n.T(ctx, "catalogue.edit.new_row")
	}
	first := ""
	for _, f := range row {
		first = cmp.Or(first, f.Value)
		if _, lang := base(f.Name); lang == i18n.Lang(ctx) && f.Value != "" {
			return f.Value
		}
	}
	return first
}
