package intake

import (
	"context"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// look is a batch with what it would do, or did.
type look struct {
	Batch  Batch
	Report Report
}

func path(id record.ID) string { return "/import/" + id.String() }

var batchTable = linked(table.New("intake.batches",
	table.Text("file", func(b Batch) string { return b.FileName }).Wide(),
	table.Said("kind", func(ctx context.Context, b Batch) string { return i18n.T(ctx, "intake.upload.kind."+string(b.Kind)) }),
	table.Value("at", func(b Batch) any { return b.CreatedAt }),
	table.Text("by", func(b Batch) string { return b.BroughtBy }),
	table.Said("state", func(ctx context.Context, b Batch) string { return stateTag(ctx, b).Text }).
		Cell(func(ctx context.Context, b Batch) templ.Component { return ui.StatusTag(stateTag(ctx, b)) }),
	table.Int("accepted", func(b Batch) int { return b.Counts.V.Accepted() }),
	table.Int("rejected", func(b Batch) int { return b.Counts.V.Rejected }),
))

func linked(t *table.Table[Batch]) *table.Table[Batch] {
	t.Href = func(b Batch) string { return path(b.ID) }
	return t
}

func stateTag(ctx context.Context, b Batch) ui.Tag {
	tag := ui.Tag{Text: i18n.T(ctx, "intake.batch.state."+string(b.State)), Icon: "x"}
	switch b.State {
	case Previewed:
		tag.Tone, tag.Icon = ui.Info, "eye"
	case Applied:
		tag.Tone, tag.Icon = ui.OK, ""
	case Discarded:
	}
	return tag
}

var rejectionTable = table.New("intake.rejection",
	table.Int("row", func(r Rejection) int { return r.Row }),
	table.Text("column", func(r Rejection) string { return r.Column }),
	table.Text("value", func(r Rejection) string { return r.Value }),
	table.Said("reason", func(ctx context.Context, r Rejection) string { return i18n.T(ctx, r.Key, r.Args...) }).Wide(),
)

// Routes mounts the wizard.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/import", Use, web.ListSpec[Batch, Filter, BatchShape]{
		Table: batchTable, Filter: filterForm,
		Load: func(ctx context.Context, _ web.Params, f Filter, page table.Page) ([]Batch, int, error) {
			return s.Batches(ctx, f, page)
		},
		Page: func(_ context.Context, _ web.Params, _ Filter, list ui.Table) (templ.Component, error) {
			return batchesPage(list), nil
		},
		Shape: shapeBatch,
	})
	s.uploadRoutes(r)
	web.View(r, "/import/{id}", Use, web.ViewSpec[look, BatchShape]{
		Load: s.look,
		Page: func(ctx context.Context, p web.Params, l look) templ.Component {
			return batchPage(l, mappingView(ctx, l.Batch, nil, nil), rejectedView(ctx, p, l))
		},
		Shape: shapeLook,
	})
	web.Handle(r, http.MethodPost, "/import/{id}/map", Use, func(w http.ResponseWriter, p web.Params) error {
		return s.remap(r, w, p)
	})
	web.Handle(r, http.MethodGet, "/import/{id}/rejected", Use, s.rejected)
	web.Act(r, "/import/{id}/apply", Use, web.ActSpec[Batch, BatchShape]{
		Do:    func(ctx context.Context, p web.Params) (Batch, error) { return s.Apply(ctx, p.ID(), p.Version()) },
		Next:  func(b Batch) string { return path(b.ID) },
		Flash: "intake.applied",
		Shape: shapeBatch,
	})
	web.Act(r, "/import/{id}/discard", Use, web.ActSpec[Batch, BatchShape]{
		Do:    func(ctx context.Context, p web.Params) (Batch, error) { return s.Discard(ctx, p.ID()) },
		Next:  func(Batch) string { return "/import" },
		Flash: "intake.discarded",
		Shape: shapeBatch,
	})
}

func (s *Service) look(ctx context.Context, p web.Params) (look, error) {
	b, report, err := s.Preview(ctx, p.ID())
	return look{b, report}, err
}

// uploadRoutes are the first step. A form with a file fits no shape.
func (s *Service) uploadRoutes(r *web.Router) {
	show := func(w http.ResponseWriter, p web.Params, status int, problem error) error {
		return r.Render(w, p, status, uploadPage(uploadView(p.Context(), kindsFor(p.Context()), p.PostForm, problem)))
	}
	web.Handle(r, http.MethodGet, "/import/new", Use, func(w http.ResponseWriter, p web.Params) error {
		return show(w, p, http.StatusOK, nil)
	})
	web.Handle(r, http.MethodPost, "/import/new", Use, func(w http.ResponseWriter, p web.Params) error {
		b, err := s.receive(w, p)
		if errors.Is(err, fault.Invalid) {
			return show(w, p, http.StatusUnprocessableEntity, err)
		}
		if err != nil {
			return err
		}
		http.Redirect(w, p.Request, path(b.ID), http.StatusSeeOther)
		return nil
	})
}

const mostUpload = 12 << 20 // bytes: a sheet and what surrounds it in the form

func (s *Service) receive(w http.ResponseWriter, p web.Params) (Batch, error) {
	p.Body = http.MaxBytesReader(w, p.Body, mostUpload)
	var in uploadInput
	var tooLarge *http.MaxBytesError
	switch err := p.ParseMultipartForm(4 << 20); {
	case errors.As(err, &tooLarge):
		return Batch{}, fault.New(fault.Invalid, "web.too_large", "megabytes", mostUpload>>20)
	case err != nil:
		return Batch{}, fault.New(fault.Invalid, "web.unreadable")
	}
	if err := uploadForm.Read(p.PostForm, &in); err != nil {
		return Batch{}, err
	}
	file, header, err := p.FormFile("file")
	if err != nil {
		return Batch{}, fault.New(fault.Invalid, "intake.no_file")
	}
	defer file.Close() //nolint:errcheck // only read
	return s.Bring(p.Context(), Upload{in.Kind, header.Filename, file})
}

// remap is the second step. A mapping that is refused comes back as typed.
func (s *Service) remap(r *web.Router, w http.ResponseWriter, p web.Params) error {
	if err := p.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable")
	}
	mapping := map[string]string{}
	for name := range p.PostForm {
		mapping[name] = p.PostForm.Get(name)
	}
	b, err := s.Map(p.Context(), p.ID(), p.Version(), mapping)
	if err == nil {
		http.Redirect(w, p.Request, path(b.ID), http.StatusSeeOther)
		return nil
	}
	if !errors.Is(err, fault.Invalid) {
		return err
	}
	l, failed := s.look(p.Context(), p)
	if failed != nil {
		return failed
	}
	view := mappingView(p.Context(), l.Batch, p.PostForm, err)
	return r.Render(w, p, http.StatusUnprocessableEntity, batchPage(l, view, rejectedView(p.Context(), p, l)))
}

// mostShown is how many rejections a page lists; all of them go to the CSV.
const mostShown = 200

func rejectedView(ctx context.Context, p web.Params, l look) ui.Table {
	shown := l.Report.Rejected[:min(len(l.Report.Rejected), mostShown)]
	view := rejectionTable.View(ctx, shown, len(shown), table.Page{Number: 1, Size: mostShown}, p.URL)
	view.Pager = ui.Pager{}
	view.Export = path(l.Batch.ID) + "/rejected"
	return view
}

// rejected sends every rejection as CSV, for whoever mends the spreadsheet.
func (s *Service) rejected(w http.ResponseWriter, p web.Params) error {
	l, err := s.look(p.Context(), p)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="rejected.csv"`)
	return rejectionTable.WriteCSV(p.Context(), w, l.Report.Rejected)
}
