package accounts

import (
	"context"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// kinds are the kinds of body in the order of every list on screen.
var kinds = []identity.BodyKind{
	identity.Municipality, identity.CountyCouncil, identity.JointBody, identity.Consortium,
	identity.City, identity.Ambito, identity.Supramunicipal,
}

var bodiesTable = bodyLinks(table.New("accounts.bodies",
	table.Text("name", func(b identity.Body) string { return b.Name }).Sort("name_fold").Wide(),
	table.Text("code", func(b identity.Body) string { return b.Code }).Sort("code"),
	table.Said("kind", func(ctx context.Context, b identity.Body) string {
		return i18n.T(ctx, "accounts.kind."+string(b.Kind))
	}),
	table.Text("pack", func(b identity.Body) string { return b.Pack }).Sort("pack"),
	table.Said("language", func(ctx context.Context, b identity.Body) string { return i18n.T(ctx, "ui.language."+b.Language) }),
))

func bodyLinks(t *table.Table[identity.Body]) *table.Table[identity.Body] {
	t.Href = func(b identity.Body) string { return bodyPath(b) }
	return t
}

func bodyPath(b identity.Body) string { return "/bodies/" + b.ID.String() }

// bodyRoutes are the bodies of the installation.
func (s *Service) bodyRoutes(r *web.Router) {
	web.List(r, "/bodies", identity.ReadBodies, web.ListSpec[identity.Body, identity.BodyFilter, OrganisationShape]{
		Table: bodiesTable, Filter: bodiesForm,
		Load: func(ctx context.Context, _ web.Params, f identity.BodyFilter, page table.Page) ([]identity.Body, int, error) {
			return s.people.Bodies(ctx, f, page)
		},
		Options: s.bodyChoices,
		Page: func(_ context.Context, _ web.Params, _ identity.BodyFilter, list ui.Table) (templ.Component, error) {
			return bodiesPage(list), nil
		},
		Shape: shapeBody,
	})
	web.View(r, "/bodies/{id}", identity.ReadBodies, web.ViewSpec[BodyRecord, OrganisationShape]{
		Load:  func(ctx context.Context, p web.Params) (BodyRecord, error) { return s.Body(ctx, p.ID()) },
		Page:  func(_ context.Context, _ web.Params, b BodyRecord) templ.Component { return bodyPage(b) },
		Shape: func(b BodyRecord) OrganisationShape { return shapeBody(b.Body) },
	})
	web.Submit(r, "/bodies/{id}/edit", identity.ManageBody, web.SubmitSpec[FaceInput, identity.Body, OrganisationShape]{
		Form: faceForm,
		Start: func(ctx context.Context, p web.Params) (FaceInput, int, error) {
			b, err := s.OwnBody(ctx, p.ID())
			return FaceInput{b.Unit, b.Mark, b.Language, b.Hue, b.Chroma}, b.Version, err
		},
		Options: func(_ context.Context, p web.Params, view *ui.Form) error {
			view.Cancel = "/bodies/" + p.ID().String()
			return nil
		},
		Page:  formPage("accounts.face.title", "/bodies", "accounts.bodies.title"),
		Do:    s.changeFace,
		Next:  bodyPath,
		Flash: "accounts.saved",
		Shape: shapeBody, API: "PUT /bodies/{id}",
	})
}

// changeFace refuses a colour in which something would be hard to read.
func (s *Service) changeFace(ctx context.Context, p web.Params, in FaceInput) (identity.Body, error) {
	if _, err := s.OwnBody(ctx, p.ID()); err != nil {
		return identity.Body{}, err
	}
	if f := fault.Of(ui.CheckHue(in.Hue, in.Chroma)); f != nil {
		var wrong fault.Fields
		wrong.Add("chroma", f.Key, f.Args...)
		return identity.Body{}, wrong.Err()
	}
	return s.people.EditBody(ctx, p.Version(), identity.BodyFace{
		Unit: in.Unit, Mark: in.Mark, Language: in.Language, Hue: in.Hue, Chroma: in.Chroma,
	})
}

// bodyChoices fills in the kinds and the packs that there are to filter by.
func (s *Service) bodyChoices(ctx context.Context, _ web.Params, view *ui.Form) error {
	var options []ui.Option
	for _, k := range kinds {
		options = append(options, ui.Option{Value: string(k), Label: i18n.T(ctx, "accounts.kind."+string(k))})
	}
	offer(view, "kind", options)
	leaders, err := s.people.Leaders(ctx)
	var packs []ui.Option
	for _, b := range leaders {
		packs = append(packs, ui.Option{Value: b.Pack, Label: b.Name})
	}
	offer(view, "pack", packs)
	return err
}
