package catalogue

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

// longest is the most characters of one text.
const longest = 8000

// field is a field of the sheet that the form package does not have.
type field struct {
	spec  form.Spec
	show  func(in *SheetInput) []string
	parse func(raw []string, in *SheetInput) error
}

// Spec implements form.Field.
func (f field) Spec() form.Spec { return f.spec }

// Show implements form.Field.
func (f field) Show(in *SheetInput) []string { return f.show(in) }

// Parse implements form.Field.
func (f field) Parse(raw []string, in *SheetInput) error { return f.parse(raw, in) }

// Check implements form.Field. The sheet checks what the values may be.
func (f field) Check(in *SheetInput) error {
	for _, value := range f.show(in) {
		if utf8.RuneCountInString(value) > longest {
			return fault.New(fault.Invalid, "form.too_long", "max", longest)
		}
	}
	return nil
}

// column declares one box of the rows of a list: every row of the page sends
// one under the same name, so a list grows by sending one row more, and the
// rows that hold nothing fall away when the sheet is tidied.
func column[R any](name string, kind ui.FieldKind, rows func(*SheetInput) *[]R, show func(R) string, put func(*R, string)) form.Field[SheetInput] {
	return field{
		form.Spec{Name: name, Kind: kind, Length: longest},
		func(in *SheetInput) (values []string) {
			for _, r := range *rows(in) {
				values = append(values, show(r))
			}
			return values
		},
		func(raw []string, in *SheetInput) error {
			list := rows(in)
			for len(*list) < len(raw) {
				*list = append(*list, *new(R))
			}
			for i, typed := range raw {
				put(&(*list)[i], strings.TrimSpace(typed))
			}
			return nil
		},
	}
}

// plain declares a column of the same words in every language.
func plain[R any](name string, rows func(*SheetInput) *[]R, at func(*R) *string) form.Field[SheetInput] {
	return column(name, ui.FieldText, rows, func(r R) string { return *at(&r) }, func(r *R, s string) { *at(r) = s })
}

// spoken declares a column for each language.
func spoken[R any](name string, kind ui.FieldKind, rows func(*SheetInput) *[]R, at func(*R) *text.Localized) (fields []form.Field[SheetInput]) {
	for _, lang := range languages {
		fields = append(fields, column(name+"_"+lang, kind, rows,
			func(r R) string { return (*at(&r))[lang] },
			func(r *R, s string) {
				if *at(r) == nil {
					*at(r) = text.Localized{}
				}
				(*at(r))[lang] = s
			}))
	}
	return fields
}

// removal takes out of a list the rows whose numbers were ticked. It is
// declared after the columns, so that the rows are there.
func removal[R any](name string, rows func(*SheetInput) *[]R) form.Field[SheetInput] {
	return field{
		form.Spec{Name: name, Kind: ui.FieldHidden},
		func(*SheetInput) []string { return nil },
		func(raw []string, in *SheetInput) error {
			at := -1
			*rows(in) = slices.DeleteFunc(*rows(in), func(R) bool {
				at++
				return slices.Contains(raw, strconv.Itoa(at))
			})
			return nil
		},
	}
}

// goalsOfDevelopment declares any of the goals of sustainable development.
func goalsOfDevelopment() form.Field[SheetInput] {
	s := form.Spec{Name: "sdgs", Kind: ui.FieldChecks}
	for n := 1; n <= lastSDG; n++ {
		s.Options = append(s.Options, strconv.Itoa(n))
	}
	return field{
		s,
		func(in *SheetInput) []string { return in.sdgCodes() },
		func(raw []string, in *SheetInput) error {
			in.SDGs = nil
			for _, typed := range raw {
				n, err := strconv.Atoi(typed)
				if err != nil {
					return fault.New(fault.Invalid, "form.not_an_option")
				}
				in.SDGs = append(in.SDGs, n)
			}
			return nil
		},
	}
}
