package instruments

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/instruments", Read, web.ListSpec[edition, noFilter, RowShape]{
		Table:  instrumentList,
		Filter: form.New[noFilter]("instruments.filter"),
		Load: func(ctx context.Context, _ web.Params, _ noFilter, p table.Page) ([]edition, int, error) {
			return s.list(ctx, p)
		},
		Page: func(_ context.Context, _ web.Params, _ noFilter, list ui.Table) (templ.Component, error) {
			return listPage(list), nil
		},
		Shape: shapeRow,
	})
	one := web.ViewSpec[instrumentPage, Instrument]{
		Load:  s.loadPage,
		Page:  func(_ context.Context, _ web.Params, p instrumentPage) templ.Component { return onePage(p) },
		Shape: shapeInstrument,
	}
	web.View(r, "/instruments/{code}", Read, one)
	web.View(r, "/instruments/{code}/{version}", Read, one)
	// A form made of data fits no declared form.
	web.Handle(r, http.MethodGet, "/instruments/{code}/{version}/try", Read, s.tryOut(r))
	web.Handle(r, http.MethodPost, "/instruments/{code}/{version}/try", Read, s.tryOut(r))
}

type noFilter struct{}

var instrumentList = newList()

func newList() *table.Table[edition] {
	list := table.New("instruments.instrument",
		table.Text("code", func(e edition) string { return e.Code }).Sort("code"),
		table.Said("title", func(ctx context.Context, e edition) string {
			return e.Definition.V.Title.In(i18n.Lang(ctx))
		}).Wide(),
		table.Int("version", func(e edition) int { return e.Number }),
		table.Int("items", func(e edition) int { return count(e.Definition.V) }),
		table.Value("published", func(e edition) any { return e.CreatedAt }).Sort("created_at"),
	)
	list.Href = func(e edition) string { return href(e.Code) }
	return list
}

func count(in Instrument) (n int) {
	for range in.items() {
		n++
	}
	return n
}

func href(code string) string { return "/instruments/" + url.PathEscape(code) }

// instrumentPage is one version of an instrument beside the others.
type instrumentPage struct {
	Instrument
	Editions []edition
}

// loadPage finds the version in the address, or the newest when it names none.
func (s *Service) loadPage(ctx context.Context, p web.Params) (instrumentPage, error) {
	all, err := s.editions(ctx, p.Path("code"))
	if err != nil {
		return instrumentPage{}, err
	}
	version := p.Path("version")
	at := slices.IndexFunc(all, func(e edition) bool {
		return version == "" || version == strconv.Itoa(e.Number)
	})
	if at < 0 {
		return instrumentPage{}, fault.New(fault.NotFound, "record.not_found")
	}
	return instrumentPage{all[at].instrument(), all}, nil
}

func (p instrumentPage) tryHref() string {
	return href(p.Code) + "/" + strconv.Itoa(p.Version) + "/try"
}

func (p instrumentPage) versions() []ui.Link {
	links := make([]ui.Link, len(p.Editions))
	for i, e := range p.Editions {
		number := strconv.Itoa(e.Number)
		links[i] = ui.Link{Href: href(e.Code) + "/" + number, Label: number, Current: e.Number == p.Version}
	}
	return links
}

// statusTag is a status in a word; retired stands out, because nobody should
// begin with it.
func statusTag(ctx context.Context, s Status) *ui.Tag {
	tone := ui.OK
	if s == Retired {
		tone = ui.Warn
	}
	return &ui.Tag{Tone: tone, Text: i18n.T(ctx, "instruments.status."+string(s))}
}

// terms says what an item demands of an answer, besides its kind.
func terms(ctx context.Context, i Item) (said []string) {
	if i.Required {
		said = append(said, i18n.T(ctx, "instruments.item.required"))
	}
	if i.Min != nil {
		said = append(said, i18n.T(ctx, "instruments.item.min", "min", *i.Min))
	}
	if i.Max != nil {
		said = append(said, i18n.T(ctx, "instruments.item.max", "max", *i.Max))
	}
	return said
}

// trial is an instrument being tried out: nothing is stored.
type trial struct {
	instrumentPage
	View     SheetView
	Computed bool
}

// largestTrial is the most bytes a trial may carry.
const largestTrial = 1 << 20

// tryOut shows an empty trial, and answers one that was sent with its scores
// or with what is wrong. An update of the questions asks for neither.
func (s *Service) tryOut(r *web.Router) func(http.ResponseWriter, web.Params) error {
	return func(w http.ResponseWriter, p web.Params) error {
		loaded, err := s.loadPage(p.Context(), p)
		if err != nil {
			return err
		}
		p.Body = http.MaxBytesReader(w, p.Body, largestTrial)
		if err := p.ParseForm(); err != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		sent := p.Method == http.MethodPost && p.Get("update") == ""
		status := http.StatusOK
		var problem error
		if sent {
			problem = loaded.read(p.PostForm).wrong.Err()
		}
		if problem != nil {
			status = http.StatusUnprocessableEntity
		}
		view := loaded.view(p.Context(), p.PostForm, problem)
		view.RefreshHref = loaded.tryHref() + "?update=1"
		return r.Render(w, p, status, trialPage(trial{loaded, view, sent && problem == nil}))
	}
}

func trialForm(ctx context.Context, t trial) ui.Form {
	f := t.View.Form()
	f.Action, f.Submit, f.Cancel = t.tryHref(), i18n.T(ctx, "instruments.compute"), href(t.Code)
	return f
}

func languageNames(ctx context.Context, in Instrument) string {
	names := in.languages()
	for i, lang := range names {
		names[i] = i18n.T(ctx, "ui.language."+lang)
	}
	return strings.Join(names, ", ")
}

// fact is one line of what is known; nothing known is drawn as a dash.
func fact(label, text string) ui.Fact {
	if text == "" {
		return ui.Fact{Label: label}
	}
	return ui.Fact{Label: label, Value: ui.Text(text)}
}

func answerFacts(answers []AnswerView) []ui.Fact {
	facts := make([]ui.Fact, len(answers))
	for i, a := range answers {
		facts[i] = fact(a.Label, a.Text)
	}
	return facts
}

func scoreFacts(scores []ScoreView) []ui.Fact {
	facts := make([]ui.Fact, len(scores))
	for i, s := range scores {
		facts[i] = fact(s.Title, s.Text)
		if !s.Known {
			facts[i].Value = ui.Muted(s.Text)
		}
	}
	return facts
}
