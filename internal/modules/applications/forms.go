package applications

import (
	"slices"
	"strings"

	"bastida/internal/modules/calls"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

var applicationForm = form.New("applications.form", applicationFields()...)

const mostPeople = 9_999

func applicationFields() []form.Field[Input] {
	fields := []form.Field[Input]{
		form.Pick("modality", func(in *Input) *string { return &in.Modality }).Radio().Group("request"),
	}
	for i, p := range new(calls.Team).Professions() {
		fields = append(fields, form.Int(p.Name, 0, mostPeople, func(in *Input) *int { return in.Team.Professions()[i].Count }).Optional().Group("team"))
	}
	return append(fields,
		form.Bool("consent_to_group", func(in *Input) *bool { return &in.Consent }).Group("grouping"),
		lines{"joint_bodies"},
		form.Text("contact_name", func(in *Input) *string { return &in.ContactName }).Limit(120).Group("contact"),
		form.Email("contact_email", func(in *Input) *string { return &in.ContactEmail }).Group("contact"),
		form.Text("contact_phone", func(in *Input) *string { return &in.ContactPhone }).Limit(40).Narrow().Group("contact"),
		form.Area("remarks", func(in *Input) *string { return &in.Remarks }).Limit(4000).Group("contact"),
	)
}

// lines is the list of the other bodies, one a line.
type lines struct{ name string }

// Spec implements form.Field.
func (l lines) Spec() form.Spec {
	return form.Spec{Name: l.name, Kind: ui.FieldArea, Group: "grouping"}
}

// Show implements form.Field.
func (l lines) Show(in *Input) []string { return []string{strings.Join(in.Joint, "\n")} }

// Parse implements form.Field.
func (l lines) Parse(raw []string, in *Input) error {
	in.Joint = nil
	for line := range strings.Lines(strings.Join(raw, "\n")) {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(in.Joint, line) {
			in.Joint = append(in.Joint, line)
		}
	}
	return nil
}

// Check implements form.Field.
func (l lines) Check(*Input) error { return nil }
