package catalogue

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
)

// languages are those in which a sheet can speak.
var languages = i18n.Languages

// today is the day on the calendar at an instant, where the bodies are.
func today(now record.Time) civil.Date { return civil.Of(now.In(i18n.Zone)) }

// Recipients are the kinds of body that a resource can be for.
var Recipients = []string{
	string(identity.Municipality), string(identity.CountyCouncil), string(identity.JointBody), string(identity.Consortium),
	string(identity.City), string(identity.Ambito), string(identity.Supramunicipal),
}

var filterForm = form.New("catalogue.filter",
	form.Text("words", func(in *Filter) *string { return &in.Words }).Limit(100),
	form.Pick("body", func(in *Filter) *string { return &in.Body }),
	form.Choice("kind", func(in *Filter) *Kind { return &in.Kind }, Kinds...),
	form.Pick("subject", func(in *Filter) *string { return &in.Subject }),
	form.Choice("recipient", func(in *Filter) *string { return &in.Recipient }, Recipients...),
	form.Pick("modality", func(in *Filter) *string { return &in.Modality }),
	form.Bool("valid", func(in *Filter) *bool { return &in.OnlyValid }),
)
