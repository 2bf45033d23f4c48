package ui

import (
	"cmp"
	"context"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/platform/i18n"
)

// fieldGroup is a run of fields below one heading.
type fieldGroup struct {
	title  string
	fields []Field
}

// fieldGroups cuts the fields where the heading changes.
func fieldGroups(fields []Field) []fieldGroup {
	var groups []fieldGroup
	for _, f := range fields {
		if last := len(groups) - 1; last >= 0 && groups[last].title == f.Group {
			groups[last].fields = append(groups[last].fields, f)
			continue
		}
		groups = append(groups, fieldGroup{title: f.Group, fields: []Field{f}})
	}
	return groups
}

func formID(f Form) string { return cmp.Or(f.ID, "form") }

func submitLabel(ctx context.Context, f Form) string {
	return cmp.Or(f.Submit, i18n.T(ctx, "ui.form.save"))
}

func formAttributes(ctx context.Context, f Form) templ.Attributes {
	attributes := templ.Attributes{}
	if f.Multipart {
		attributes["enctype"] = "multipart/form-data"
	}
	if f.DraftHref != "" {
		attributes["data-draft"] = f.DraftHref
		attributes["data-draft-failed"] = i18n.T(ctx, "ui.draft.failed")
		attributes["data-draft-stale"] = i18n.T(ctx, "ui.draft.reload")
	}
	if f.RefreshHref != "" {
		attributes["hx-post"] = f.RefreshHref
		attributes["hx-trigger"] = "change target:[data-refresh]"
		attributes["hx-select"] = "#" + formID(f)
		attributes["hx-target"] = "this"
		attributes["hx-swap"] = "outerMorph"
	}
	return attributes
}

// wrongFields lists what needs attention, each with its place on the page.
func wrongFields(ctx context.Context, fields []Field) (wrong []Link) {
	for _, f := range fields {
		if f.Error != "" {
			wrong = append(wrong, Link{Href: "#" + fieldID(f), Label: f.Label + ": " + f.Error})
		}
		wrong = append(wrong, wrongFields(ctx, f.Others)...)
		for n, row := range f.Rows {
			for _, l := range wrongFields(ctx, row) {
				wrong = append(wrong, Link{Href: l.Href, Label: rowName(ctx, f, n) + ": " + l.Label})
			}
		}
	}
	return wrong
}

// rowName names a row of a list by its place.
func rowName(ctx context.Context, f Field, n int) string {
	return i18n.T(ctx, "ui.row", "list", f.Label, "row", n+1)
}

// rowTitle is what a folded row is known by: its words in the reader's
// language, or else whatever it holds first.
func rowTitle(ctx context.Context, f Field, n int) string {
	if n == len(f.Rows)-1 {
		return i18n.T(ctx, "ui.rows.new")
	}
	held := ""
	for _, box := range f.Rows[n] {
		if len(box.Others) > 0 && box.Value != "" {
			return box.Value
		}
		held = cmp.Or(held, box.Value)
		for _, other := range box.Others {
			held = cmp.Or(held, other.Value)
		}
	}
	return cmp.Or(held, rowName(ctx, f, n))
}

// rowOpen reports whether a row of a list is unfolded.
func rowOpen(ctx context.Context, f Field, n int) bool {
	return len(wrongFields(ctx, f.Rows[n])) > 0 || f.Open && n == len(f.Rows)-1
}

func hasRows(f Form) bool {
	return slices.ContainsFunc(f.Fields, func(f Field) bool { return f.Kind == FieldRows })
}

// written counts the boxes that hold something.
func written(boxes []Field) (count int) {
	for _, f := range boxes {
		if f.Value != "" {
			count++
		}
	}
	return count
}

// sectionID is where the links of a long form lead.
func sectionID(f Form, n int) string { return formID(f) + "-" + strconv.Itoa(n+1) }

func problemTitle(ctx context.Context, f Form, wrong int) string {
	return cmp.Or(f.Problem, i18n.T(ctx, "ui.form.problems", "count", wrong))
}

// fieldID is where labels and the summary of problems point.
func fieldID(f Field) string { return "f-" + f.Name }

// fieldAttributes are what every box has, whatever its kind.
func fieldAttributes(f Field) templ.Attributes {
	attributes := templ.Attributes{"id": fieldID(f), "name": f.Name}
	if described := describedBy(f); described != "" {
		attributes["aria-describedby"] = described
	}
	if f.Error != "" {
		attributes["aria-invalid"] = "true"
	}
	if f.Autocomplete != "" {
		attributes["autocomplete"] = f.Autocomplete
	}
	if f.Refresh {
		attributes["data-refresh"] = true
	}
	return attributes
}

// boxAttributes are those of an input of one line.
func boxAttributes(f Field) templ.Attributes {
	attributes := fieldAttributes(f)
	attributes["type"] = "text"
	switch f.Kind {
	case FieldNumber:
		// A number input would refuse the decimal comma that people type.
		attributes["inputmode"] = "decimal"
	case FieldDate, FieldDateTime:
		attributes["type"] = map[FieldKind]string{FieldDate: "date", FieldDateTime: "datetime-local"}[f.Kind]
		addLimits(attributes, f)
	case FieldEmail, FieldPassword:
		attributes["type"] = string(f.Kind)
	case FieldFile:
		attributes["type"] = "file"
		if f.Accept != "" {
			attributes["accept"] = f.Accept
		}
		return attributes
	default: // a line of text
		if f.List != "" {
			attributes["list"] = f.List
		}
	}
	if f.Kind != FieldPassword {
		attributes["value"] = f.Value
	}
	return attributes
}

func addLimits(attributes templ.Attributes, f Field) {
	if f.Min != "" {
		attributes["min"] = f.Min
	}
	if f.Max != "" {
		attributes["max"] = f.Max
	}
}

// options are the answers offered; a scale without answers offers its numbers.
func options(f Field) []Option {
	if f.Kind != FieldScale || len(f.Options) > 0 {
		return f.Options
	}
	first, errMin := strconv.Atoi(f.Min)
	last, errMax := strconv.Atoi(f.Max)
	if errMin != nil || errMax != nil {
		return nil
	}
	var numbers []Option
	for n := first; n <= last; n++ {
		numbers = append(numbers, Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	return numbers
}

// optionAttributes are those of one answer of a choice. The first answer takes
// the identifier of the field, so that the summary of problems finds it.
func optionAttributes(f Field, at int, o Option) templ.Attributes {
	attributes := templ.Attributes{"type": "radio", "id": fieldID(f), "name": f.Name, "value": o.Value}
	chosen := o.Value == f.Value
	if f.Kind == FieldChecks {
		attributes["type"] = "checkbox"
		chosen = slices.Contains(f.Values, o.Value)
	}
	if at > 0 {
		attributes["id"] = fieldID(f) + "-" + strconv.Itoa(at+1)
	}
	attributes["checked"] = chosen
	attributes["data-refresh"] = f.Refresh
	return attributes
}

// helpText is the help of a field with its limit of length.
func helpText(ctx context.Context, f Field) string {
	if f.Kind != FieldArea || f.Length == 0 {
		return f.Help
	}
	return strings.TrimSpace(f.Help + " " + i18n.T(ctx, "ui.form.length", "count", f.Length))
}

// describedBy names the texts that explain a field.
func describedBy(f Field) string {
	var ids []string
	if f.Help != "" || f.Kind == FieldArea && f.Length > 0 {
		ids = append(ids, fieldID(f)+"-help")
	}
	if f.Error != "" {
		ids = append(ids, fieldID(f)+"-error")
	}
	if f.Unit != "" {
		ids = append(ids, fieldID(f)+"-unit")
	}
	return strings.Join(ids, " ")
}

// reasonID is where the reason of a disabled action stands.
func reasonID(a Action) string { return "why-" + fingerprint(a.Href, a.Label) }

// fingerprint is a short identifier that stays the same from page to page.
func fingerprint(parts ...string) string {
	h := fnv.New32a()
	for _, p := range parts {
		_, _ = h.Write([]byte(p)) // Never fails.
	}
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

func sortedNames(values map[string]string) []string {
	return slices.Sorted(maps.Keys(values))
}
