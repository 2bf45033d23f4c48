package publishing

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/catalogue"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

var sheetTable = &table.Table[catalogue.Resource]{
	Subject: "publishing.list",
	Columns: []*table.Column[catalogue.Resource]{
		table.Said("title", func(ctx context.Context, r catalogue.Resource) string { return ui.Find(ctx, r.Sheet.V.Title).Text }).Sort("title_fold").Wide(),
		table.Text("code", func(r catalogue.Resource) string { return r.Code }).Sort("code"),
		table.Text("edition", func(r catalogue.Resource) string { return r.Edition }).Sort("edition"),
		table.Said("state", func(ctx context.Context, r catalogue.Resource) string { return stateTag(ctx, r).Text }).Sort("state").
			Cell(func(ctx context.Context, r catalogue.Resource) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
		table.Said("published", publishedWords).Sort("published"),
		table.Value("updated", func(r catalogue.Resource) any { return r.UpdatedAt }).Sort("updated_at"),
		table.Said("editor", func(ctx context.Context, r catalogue.Resource) string { return author(ctx, r.EditedBy) }),
	},
	Href: home,
}

// home is the page of a resource.
func home(r catalogue.Resource) string { return "/resources/" + r.ID.String() }

func publishedWords(ctx context.Context, r catalogue.Resource) string {
	if r.Published == 0 {
		return "–"
	}
	return i18n.T(ctx, "publishing.version", "number", r.Published)
}

// dossier is a resource with its versions, newest first.
type dossier struct {
	catalogue.Resource
	Versions []catalogue.Version
}

// newest returns the sheet as it was last published.
func (d dossier) newest() catalogue.Sheet {
	if len(d.Versions) == 0 {
		return catalogue.Sheet{}
	}
	return d.Versions[0].Sheet.V
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, "/resources", catalogue.Read, web.ListSpec[catalogue.Resource, catalogue.OwnFilter, ResourceShape]{
		Table:  sheetTable,
		Filter: filterForm,
		Load: func(ctx context.Context, _ web.Params, f catalogue.OwnFilter, page table.Page) ([]catalogue.Resource, int, error) {
			return s.catalogue.Mine(ctx, f, page)
		},
		Page: func(ctx context.Context, _ web.Params, _ catalogue.OwnFilter, list ui.Table) (templ.Component, error) {
			return listPage(list, catalogue.Manage.May(ctx)), nil
		},
		Shape: shapeResource,
	})
	s.writeRoutes(r)
	web.View(r, "/resources/{id}", catalogue.Read, web.ViewSpec[dossier, ResourceShape]{
		Load: s.dossier,
		Page: func(ctx context.Context, _ web.Params, d dossier) templ.Component {
			var changes []ui.Difference
			if d.Changed {
				changes = differences(ctx, d.newest(), d.Sheet.V)
			}
			return resourcePage(d, changes)
		},
		Shape: func(d dossier) ResourceShape { return shapeResource(d.Resource) },
	})
	web.View(r, "/resources/{id}/versions/{number}", catalogue.Read, web.ViewSpec[catalogue.Version, VersionShape]{
		Load:  s.versionOf,
		Page:  func(_ context.Context, _ web.Params, v catalogue.Version) templ.Component { return versionPage(v) },
		Shape: shapeVersion,
	})
	step(r, "publish", s.catalogue.Publish)
	step(r, "withdraw", s.catalogue.Withdraw)
}

// step mounts a verb that moves a resource.
func step(r *web.Router, name string, verb func(context.Context, record.ID, int) (catalogue.Resource, error)) {
	web.Act(r, "/resources/{id}/"+name, catalogue.Manage, web.ActSpec[catalogue.Resource, ResourceShape]{
		Do: func(ctx context.Context, p web.Params) (catalogue.Resource, error) {
			return verb(ctx, p.ID(), p.Version())
		},
		Next:  home,
		Flash: "publishing.done." + name,
		Shape: shapeResource,
	})
}

func (s *Service) dossier(ctx context.Context, p web.Params) (dossier, error) {
	r, err := s.catalogue.Resource(ctx, p.ID())
	if err != nil {
		return dossier{}, err
	}
	all, err := s.catalogue.Versions(ctx, r.ID)
	return dossier{r, all}, err
}

func (s *Service) versionOf(ctx context.Context, p web.Params) (catalogue.Version, error) {
	number, err := strconv.Atoi(p.Path("number"))
	if err != nil {
		return catalogue.Version{}, fault.New(fault.NotFound, "record.not_found")
	}
	return s.catalogue.Version(ctx, p.ID(), number)
}

// stepActions are the buttons of what may be done with a resource now.
func stepActions(ctx context.Context, r catalogue.Resource) (actions []ui.Action) {
	for _, c := range r.Steps(ctx) {
		verb := "publish"
		if c.Danger {
			verb = "withdraw"
		}
		a := ui.Action{
			Href: home(r) + "/" + verb, Label: i18n.T(ctx, c.Label), Primary: c.Primary, Danger: c.Danger,
			Hidden: map[string]string{"version": strconv.Itoa(r.Version)},
		}
		if c.Blocked != nil {
			a.Disabled = i18n.T(ctx, c.Blocked.Key, c.Blocked.Args...)
		}
		actions = append(actions, a)
	}
	return actions
}

// versionItems are the versions of a resource, newest first.
func versionItems(ctx context.Context, d dossier) (items []ui.Item) {
	for _, v := range d.Versions {
		item := ui.Item{
			Icon: "file-text", Title: i18n.T(ctx, "publishing.version", "number", v.Number),
			Href: home(d.Resource) + "/versions/" + strconv.Itoa(v.Number),
			Text: i18n.T(ctx, "publishing.version.by", "at", v.PublishedAt, "by", author(ctx, v.PublishedBy)),
		}
		if v.Number == d.Published {
			item.Tag = &ui.Tag{Tone: ui.OK, Text: i18n.T(ctx, "publishing.version.shown")}
		}
		items = append(items, item)
	}
	return items
}

// stateTag is a state of a resource as a word.
func stateTag(ctx context.Context, r catalogue.Resource) ui.Tag {
	tag := ui.Tag{Text: i18n.T(ctx, "catalogue.resource.state."+string(r.State))}
	switch r.State {
	case catalogue.Draft:
		tag.Icon = "pencil"
	case catalogue.Published:
		tag.Tone, tag.Icon = ui.OK, "circle-check"
		if r.Changed {
			tag = ui.Tag{Tone: ui.Warn, Icon: "history", Text: i18n.T(ctx, "publishing.changed")}
		}
	case catalogue.Withdrawn:
		tag.Icon = "x"
	}
	return tag
}

// author is who did something, by the name that people have for the program.
func author(ctx context.Context, name string) string {
	if name == string(actor.System) {
		return i18n.T(ctx, "role.system")
	}
	return name
}
