package intake

import (
	"context"
	"net/url"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

var filterForm = form.New("intake.filter",
	form.Choice("state", func(f *Filter) *State { return &f.State }, Previewed, Applied, Discarded),
)

type uploadInput struct{ Kind Kind }

var uploadForm = form.New("intake.upload",
	form.Choice("kind", func(in *uploadInput) *Kind { return &in.Kind }, Bodies, People).Required().Radio(),
)

// uploadView draws the form with its file, and only the kinds that the reader
// may bring.
func uploadView(ctx context.Context, kinds []Kind, typed url.Values, problem error) ui.Form {
	view := uploadForm.View(ctx, &uploadInput{Kind: kinds[0]}, typed, problem)
	view.Action, view.Cancel, view.Multipart = "/import/new", "/import", true
	var options []ui.Option
	for _, k := range kinds {
		key := "intake.upload.kind." + string(k)
		options = append(options, ui.Option{Value: string(k), Label: i18n.T(ctx, key), Help: i18n.T(ctx, key+".help")})
	}
	view.Fields[0].Options = options
	file := ui.Field{
		Name: "file", Kind: ui.FieldFile, Label: i18n.T(ctx, "intake.upload.file"), Help: i18n.T(ctx, "intake.upload.file.help"),
		Required: true, Accept: ".xlsx,.csv",
	}
	if f := fault.Of(problem); f != nil && len(f.Fields) == 0 {
		file.Error, view.Problem = i18n.T(ctx, f.Key, f.Args...), ""
	}
	view.Fields = append(view.Fields, file)
	return view
}

// mappingView draws one choice a field: the column that it is in.
func mappingView(ctx context.Context, b Batch, typed url.Values, problem error) ui.Form {
	view := ui.Form{
		ID: "mapping", Action: path(b.ID) + "/map", Version: b.Version, Submit: i18n.T(ctx, "intake.mapping.submit"),
	}
	var columns []ui.Option
	for _, name := range b.Grid.V.Columns {
		columns = append(columns, ui.Option{Value: name, Label: name})
	}
	wrong := fault.Of(problem)
	for _, f := range Fields(b.Kind) {
		field := ui.Field{
			Name: f.Name, Kind: ui.FieldSelect, Label: i18n.T(ctx, label(b.Kind, f.Name)), Required: f.Required,
			Value: b.Mapping.V[f.Name], Options: columns,
		}
		if typed != nil {
			field.Value = typed.Get(f.Name)
		}
		if wrong != nil {
			for _, c := range wrong.Fields {
				if c.Name == f.Name {
					field.Error = i18n.T(ctx, c.Key, c.Args...)
				}
			}
		}
		view.Fields = append(view.Fields, field)
	}
	if wrong != nil {
		view.Problem = i18n.T(ctx, wrong.Key, wrong.Args...)
	}
	return view
}

func label(k Kind, field string) string { return "intake." + string(k) + "." + field }
