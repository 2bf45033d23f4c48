package form

import (
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/ui"
)

func wrong(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }

func first(raw []string) string {
	if len(raw) == 0 {
		return ""
	}
	return strings.TrimSpace(raw[0])
}

// TextField is a line or a paragraph.
type TextField[In any] struct {
	spec Spec
	at   func(*In) *string
}

// Text declares a line of text of at most 200 characters.
func Text[In any](name string, at func(*In) *string) *TextField[In] {
	return &TextField[In]{Spec{Name: name, Kind: ui.FieldText, Length: 200}, at}
}

// Area declares paragraphs of text of at most 8,000 characters.
func Area[In any](name string, at func(*In) *string) *TextField[In] {
	return &TextField[In]{Spec{Name: name, Kind: ui.FieldArea, Length: 8000}, at}
}

// Email declares an electronic address.
func Email[In any](name string, at func(*In) *string) *TextField[In] {
	return &TextField[In]{Spec{Name: name, Kind: ui.FieldEmail, Length: 254, Autocomplete: "email"}, at}
}

// Password declares a secret; it is never shown again.
func Password[In any](name, autocomplete string, at func(*In) *string) *TextField[In] {
	return &TextField[In]{Spec{Name: name, Kind: ui.FieldPassword, Length: 200, Autocomplete: autocomplete}, at}
}

// Hidden declares a value that travels with the form unseen.
func Hidden[In any](name string, at func(*In) *string) *TextField[In] {
	return &TextField[In]{Spec{Name: name, Kind: ui.FieldHidden, Length: 200}, at}
}

// Required refuses an empty answer.
func (f *TextField[In]) Required() *TextField[In] { f.spec.Required = true; return f }

// Limit sets the most characters.
func (f *TextField[In]) Limit(n int) *TextField[In] { f.spec.Length = n; return f }

// Narrow draws a short box.
func (f *TextField[In]) Narrow() *TextField[In] { f.spec.Narrow = true; return f }

// Group starts a group of fields under a heading.
func (f *TextField[In]) Group(name string) *TextField[In] { f.spec.Group = name; return f }

// Spec implements Field.
func (f *TextField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *TextField[In]) Show(in *In) []string {
	if f.spec.Kind == ui.FieldPassword {
		return nil
	}
	return []string{*f.at(in)}
}

// Parse implements Field.
func (f *TextField[In]) Parse(raw []string, in *In) error {
	*f.at(in) = strings.ReplaceAll(first(raw), "\r\n", "\n")
	return nil
}

// Check implements Field.
func (f *TextField[In]) Check(in *In) error {
	v := *f.at(in)
	switch {
	case f.spec.Required && strings.TrimSpace(v) == "":
		return wrong("form.required")
	case utf8.RuneCountInString(v) > f.spec.Length:
		return wrong("form.too_long", "max", f.spec.Length)
	case f.spec.Kind == ui.FieldEmail && v != "":
		if a, err := mail.ParseAddress(v); err != nil || a.Address != v {
			return wrong("form.not_an_email")
		}
	}
	return nil
}

// IntField is a whole number.
type IntField[In any] struct {
	spec     Spec
	min, max int
	blank    bool
	at       func(*In) *int
}

// Int declares a whole number between min and max.
func Int[In any](name string, min, max int, at func(*In) *int) *IntField[In] {
	return &IntField[In]{Spec{Name: name, Kind: ui.FieldNumber, Min: strconv.Itoa(min), Max: strconv.Itoa(max), Narrow: true}, min, max, false, at}
}

// Optional draws nothing for zero: a number that nobody stated.
func (f *IntField[In]) Optional() *IntField[In] { f.blank = true; return f }

// Unit says what is counted, by message key.
func (f *IntField[In]) Unit(key string) *IntField[In] { f.spec.Unit = key; return f }

// Group starts a group of fields under a heading.
func (f *IntField[In]) Group(name string) *IntField[In] { f.spec.Group = name; return f }

// Spec implements Field.
func (f *IntField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *IntField[In]) Show(in *In) []string {
	if n := *f.at(in); n != 0 || !f.blank {
		return []string{strconv.Itoa(n)}
	}
	return nil
}

// Parse implements Field. Nothing typed is zero.
func (f *IntField[In]) Parse(raw []string, in *In) error {
	typed := first(raw)
	if typed == "" {
		*f.at(in) = 0
		return nil
	}
	n, err := strconv.Atoi(typed)
	if err != nil {
		return wrong("form.not_a_number")
	}
	*f.at(in) = n
	return nil
}

// Check implements Field.
func (f *IntField[In]) Check(in *In) error {
	if n := *f.at(in); n < f.min || n > f.max {
		return wrong("form.out_of_range", "min", f.min, "max", f.max)
	}
	return nil
}

// DecimalField is a number with a fraction.
type DecimalField[In any] struct {
	spec     Spec
	min, max float64
	at       func(*In) *float64
}

// Decimal declares a number between min and max; a comma or a point parts the
// fraction.
func Decimal[In any](name string, min, max float64, at func(*In) *float64) *DecimalField[In] {
	show := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return &DecimalField[In]{Spec{Name: name, Kind: ui.FieldText, Min: show(min), Max: show(max), Narrow: true}, min, max, at}
}

// Unit says what is counted, by message key.
func (f *DecimalField[In]) Unit(key string) *DecimalField[In] { f.spec.Unit = key; return f }

// Spec implements Field.
func (f *DecimalField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *DecimalField[In]) Show(in *In) []string {
	return []string{strconv.FormatFloat(*f.at(in), 'f', -1, 64)}
}

// Parse implements Field.
func (f *DecimalField[In]) Parse(raw []string, in *In) error {
	n, err := strconv.ParseFloat(strings.Replace(first(raw), ",", ".", 1), 64)
	if err != nil {
		return wrong("form.not_a_number")
	}
	*f.at(in) = n
	return nil
}

// Check implements Field. The comparison also refuses what is not a number.
func (f *DecimalField[In]) Check(in *In) error {
	if n := *f.at(in); !(n >= f.min && n <= f.max) {
		return wrong("form.out_of_range", "min", f.min, "max", f.max)
	}
	return nil
}

// DateField is a day.
type DateField[In any] struct {
	spec Spec
	at   func(*In) *civil.Date
}

// Date declares a day.
func Date[In any](name string, at func(*In) *civil.Date) *DateField[In] {
	return &DateField[In]{Spec{Name: name, Kind: ui.FieldDate, Narrow: true}, at}
}

// Required refuses an empty answer.
func (f *DateField[In]) Required() *DateField[In] { f.spec.Required = true; return f }

// Group starts a group of fields under a heading.
func (f *DateField[In]) Group(name string) *DateField[In] { f.spec.Group = name; return f }

// Spec implements Field.
func (f *DateField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *DateField[In]) Show(in *In) []string { return []string{f.at(in).String()} }

// Parse implements Field.
func (f *DateField[In]) Parse(raw []string, in *In) error {
	if f.at(in).UnmarshalText([]byte(first(raw))) != nil {
		return wrong("form.not_a_date")
	}
	return nil
}

// Check implements Field.
func (f *DateField[In]) Check(in *In) error {
	if f.spec.Required && f.at(in).IsZero() {
		return wrong("form.required")
	}
	return nil
}

// BoolField is yes or no.
type BoolField[In any] struct {
	spec Spec
	at   func(*In) *bool
}

// Bool declares one box to tick.
func Bool[In any](name string, at func(*In) *bool) *BoolField[In] {
	return &BoolField[In]{Spec{Name: name, Kind: ui.FieldCheck}, at}
}

// Group starts a group of fields under a heading.
func (f *BoolField[In]) Group(name string) *BoolField[In] { f.spec.Group = name; return f }

// Spec implements Field.
func (f *BoolField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *BoolField[In]) Show(in *In) []string {
	if *f.at(in) {
		return []string{"true"}
	}
	return nil
}

// Parse implements Field.
func (f *BoolField[In]) Parse(raw []string, in *In) error {
	*f.at(in) = slices.Contains(raw, "true")
	return nil
}

// Check implements Field.
func (f *BoolField[In]) Check(*In) error { return nil }

// ChoiceField is one of a list.
type ChoiceField[In any, V ~string] struct {
	spec Spec
	at   func(*In) *V
}

// Choice declares one of a fixed list; every option has a message.
func Choice[In any, V ~string](name string, at func(*In) *V, options ...V) *ChoiceField[In, V] {
	s := Spec{Name: name, Kind: ui.FieldSelect}
	for _, o := range options {
		s.Options = append(s.Options, string(o))
	}
	return &ChoiceField[In, V]{s, at}
}

// Pick declares one of a list that is known only when the form is shown: the
// page puts the options in, and the verb checks the answer.
func Pick[In any, V ~string](name string, at func(*In) *V) *ChoiceField[In, V] {
	return &ChoiceField[In, V]{Spec{Name: name, Kind: ui.FieldSelect, Length: 200}, at}
}

// Required refuses an empty answer.
func (f *ChoiceField[In, V]) Required() *ChoiceField[In, V] { f.spec.Required = true; return f }

// Radio draws the options one below the other.
func (f *ChoiceField[In, V]) Radio() *ChoiceField[In, V] { f.spec.Kind = ui.FieldRadio; return f }

// Group starts a group of fields under a heading.
func (f *ChoiceField[In, V]) Group(name string) *ChoiceField[In, V] { f.spec.Group = name; return f }

// Spec implements Field.
func (f *ChoiceField[In, V]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *ChoiceField[In, V]) Show(in *In) []string { return []string{string(*f.at(in))} }

// Parse implements Field.
func (f *ChoiceField[In, V]) Parse(raw []string, in *In) error {
	*f.at(in) = V(first(raw))
	return nil
}

// Check implements Field.
func (f *ChoiceField[In, V]) Check(in *In) error {
	v := string(*f.at(in))
	switch {
	case v == "" && f.spec.Required:
		return wrong("form.required")
	case v == "" || f.spec.Options == nil || slices.Contains(f.spec.Options, v):
		return nil
	default:
		return wrong("form.not_an_option")
	}
}

// ChecksField is any of a list.
type ChecksField[In any] struct {
	spec Spec
	at   func(*In) *[]string
}

// Checks declares any of a fixed list. Without options it works as Pick does.
func Checks[In any](name string, at func(*In) *[]string, options ...string) *ChecksField[In] {
	return &ChecksField[In]{Spec{Name: name, Kind: ui.FieldChecks, Options: options}, at}
}

// Required refuses an empty answer.
func (f *ChecksField[In]) Required() *ChecksField[In] { f.spec.Required = true; return f }

// Spec implements Field.
func (f *ChecksField[In]) Spec() Spec { return f.spec }

// Show implements Field.
func (f *ChecksField[In]) Show(in *In) []string { return *f.at(in) }

// Parse implements Field.
func (f *ChecksField[In]) Parse(raw []string, in *In) error {
	*f.at(in) = slices.Clone(raw)
	return nil
}

// Check implements Field.
func (f *ChecksField[In]) Check(in *In) error {
	chosen := *f.at(in)
	if f.spec.Required && len(chosen) == 0 {
		return wrong("form.required")
	}
	for _, v := range chosen {
		if f.spec.Options != nil && !slices.Contains(f.spec.Options, v) {
			return wrong("form.not_an_option")
		}
	}
	return nil
}
