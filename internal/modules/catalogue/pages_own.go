package catalogue

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

var ownTable = &table.Table[Resource]{
	Subject: "catalogue.own",
	Columns: []*table.Column[Resource]{
		table.Said("title", func(ctx context.Context, r Resource) string { return find(ctx, r.Sheet.V.Title).Text }).Sort("title_fold").Wide(),
		table.Text("code", func(r Resource) string { return r.Code }).Sort("code"),
		table.Text("edition", func(r Resource) string { return r.Edition }).Sort("edition"),
		table.Said("state", func(ctx context.Context, r Resource) string { return stateTag(ctx, r).Text }).Sort("state").
			Cell(func(ctx context.Context, r Resource) templ.Component { return ui.StatusTag(stateTag(ctx, r)) }),
		table.Said("published", publishedWords).Sort("published"),
		table.Value("updated", func(r Resource) any { return r.UpdatedAt }).Sort("updated_at"),
		table.Text("editor", func(r Resource) string { return r.EditedBy }),
	},
	Href: func(r Resource) string { return "/resources/" + r.ID.String() },
}

func publishedWords(ctx context.Context, r Resource) string {
	if r.Published == 0 {
		return "–"
	}
	return i18n.T(ctx, "catalogue.version", "number", r.Published)
}

// dossier is a resource with its versions, newest first.
type dossier struct {
	Resource
	Versions []Version
}

// shown returns the version that the public sees, or the newest one.
func (d dossier) newest() Sheet {
	if len(d.Versions) == 0 {
		return Sheet{}
	}
	return d.Versions[0].Sheet.V
}

// ownRoutes are the resources of the tenant, as they are being written.
func (s *Service) ownRoutes(r *web.Router) {
	web.List(r, "/resources", Read, web.ListSpec[Resource, OwnFilter, ResourceShape]{
		Table:  ownTable,
		Filter: ownForm,
		Load: func(ctx context.Context, _ web.Params, f OwnFilter, page table.Page) ([]Resource, int, error) {
			return s.Mine(ctx, f, page)
		},
		Page: func(ctx context.Context, _ web.Params, _ OwnFilter, list ui.Table) (templ.Component, error) {
			return ownPage(list, Manage.May(ctx)), nil
		},
		Shape: shapeResource,
	})
	s.writeRoutes(r)
	web.View(r, "/resources/{id}", Read, web.ViewSpec[dossier, ResourceShape]{
		Load: s.dossier,
		Page: func(ctx context.Context, _ web.Params, d dossier) templ.Component {
			var changes []difference
			if d.Changed {
				changes = differences(ctx, d.newest(), d.Sheet.V)
			}
			return resourcePage(d, changes)
		},
		Shape: func(d dossier) ResourceShape { return shapeResource(d.Resource) },
	})
	web.View(r, "/resources/{id}/versions/{number}", Read, web.ViewSpec[Version, VersionShape]{
		Load:  s.versionOf,
		Page:  func(_ context.Context, _ web.Params, v Version) templ.Component { return versionPage(v) },
		Shape: shapeVersion,
	})
	step(r, "publish", s.Publish)
	step(r, "withdraw", s.Withdraw)
}

// step mounts a verb that moves a resource.
func step(r *web.Router, name string, verb func(context.Context, record.ID, int) (Resource, error)) {
	web.Act(r, "/resources/{id}/"+name, Manage, web.ActSpec[Resource, ResourceShape]{
		Do:    func(ctx context.Context, p web.Params) (Resource, error) { return verb(ctx, p.ID(), p.Version()) },
		Next:  func(r Resource) string { return "/resources/" + r.ID.String() },
		Flash: "catalogue.done." + name,
		Shape: shapeResource,
	})
}

func (s *Service) dossier(ctx context.Context, p web.Params) (dossier, error) {
	r, err := s.Resource(ctx, p.ID())
	if err != nil {
		return dossier{}, err
	}
	all, err := s.Versions(ctx, r.ID)
	return dossier{r, all}, err
}

func (s *Service) versionOf(ctx context.Context, p web.Params) (Version, error) {
	number, err := strconv.Atoi(p.Path("number"))
	if err != nil {
		return Version{}, fault.New(fault.NotFound, "record.not_found")
	}
	return s.Version(ctx, p.ID(), number)
}

// stepActions are the buttons of what may be done with a resource now.
func stepActions(ctx context.Context, r Resource) (actions []ui.Action) {
	for _, c := range r.Steps(ctx) {
		verb := "publish"
		if c.Danger {
			verb = "withdraw"
		}
		a := ui.Action{
			Href: "/resources/" + r.ID.String() + "/" + verb, Label: i18n.T(ctx, c.Label), Primary: c.Primary, Danger: c.Danger,
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
			Icon: "file-text", Title: i18n.T(ctx, "catalogue.version", "number", v.Number),
			Href: "/resources/" + d.ID.String() + "/versions/" + strconv.Itoa(v.Number),
			Text: i18n.T(ctx, "catalogue.version.by", "at", v.PublishedAt, "by", v.PublishedBy),
		}
		if v.Number == d.Published {
			item.Tag = &ui.Tag{Tone: ui.OK, Text: i18n.T(ctx, "catalogue.version.shown")}
		}
		items = append(items, item)
	}
	return items
}
