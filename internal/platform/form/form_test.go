package form_test

import (
	"net/url"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/form"
	"bastida/internal/platform/ui"
)

type colour string

type input struct {
	Title, Body, Email string
	Seats              int
	Share              float64
	Day                civil.Date
	Yes                bool
	Colour             colour
	Tags               []string
	Name               text.Localized
}

var declared = form.New("t", append([]form.Field[input]{
	form.Text("title", func(in *input) *string { return &in.Title }).Required().Limit(5),
	form.Area("body", func(in *input) *string { return &in.Body }),
	form.Email("email", func(in *input) *string { return &in.Email }),
	form.Int("seats", 1, 9, func(in *input) *int { return &in.Seats }),
	form.Decimal("share", 0, 1, func(in *input) *float64 { return &in.Share }),
	form.Date("day", func(in *input) *civil.Date { return &in.Day }).Required(),
	form.Bool("yes", func(in *input) *bool { return &in.Yes }),
	form.Choice("colour", func(in *input) *colour { return &in.Colour }, "red", "blue"),
	form.Checks("tags", func(in *input) *[]string { return &in.Tags }, "a", "b"),
}, form.Localized("name", ui.FieldText, true, []string{"ca", "es"}, func(in *input) *text.Localized { return &in.Name })...)...)

func right() url.Values {
	return url.Values{
		"title": {" àbcde "}, "body": {"one\r\ntwo"}, "email": {"a@example.org"}, "seats": {"3"}, "share": {"0,25"}, "day": {"2020-02-29"},
		"yes": {"true"}, "colour": {"red"}, "tags": {"a", "b"}, "name_ca": {"nom"}, "name_es": {""},
	}
}

func TestReadTakesEveryField(t *testing.T) {
	t.Parallel()
	var in input
	if err := declared.Read(right(), &in); err != nil {
		t.Fatal(err)
	}
	if in.Title != "àbcde" || in.Body != "one\ntwo" || in.Seats != 3 || in.Share != 0.25 || in.Day != civil.MustParse("2020-02-29") ||
		!in.Yes || in.Colour != "red" || len(in.Tags) != 2 || in.Name["ca"] != "nom" {
		t.Errorf("read %+v", in)
	}
}

func TestEachComplaintStandsBesideItsField(t *testing.T) {
	t.Parallel()
	for field, c := range map[string]struct{ typed, key string }{
		"title":  {"", "form.required"},
		"email":  {"nobody", "form.not_an_email"},
		"seats":  {"3.5", "form.not_a_number"},
		"share":  {"NaN", "form.out_of_range"},
		"day":    {"2020-02-30", "form.not_a_date"},
		"colour": {"green", "form.not_an_option"},
		"tags":   {"c", "form.not_an_option"},
		"name":   {"", "form.required"},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			typed := right()
			typed.Set(field, c.typed)
			if field == "name" { // a text is missing when no language has it
				typed.Del("name_ca")
			}
			var in input
			f := fault.Of(declared.Read(typed, &in))
			if f == nil || len(f.Fields) != 1 || f.Fields[0].Name != field || f.Fields[0].Key != c.key {
				t.Errorf("%q in %s: %v", c.typed, field, f)
			}
		})
	}
}

func TestAllComplaintsComeAtOnceAndWhatWasTypedStays(t *testing.T) {
	t.Parallel()
	typed := right()
	typed.Set("title", "too long")
	typed.Set("seats", "many")
	var in input
	err := declared.Read(typed, &in)
	view := declared.View(t.Context(), &in, typed, err)
	var shown, wrong int
	for _, f := range view.Fields {
		if f.Error != "" {
			wrong++
		}
		if f.Name == "seats" && f.Value == "many" || f.Name == "title" && f.Value == "too long" {
			shown++
		}
	}
	if wrong != 2 || shown != 2 || view.Problem == "" {
		t.Errorf("%d complaints, %d answers kept, problem %q", wrong, shown, view.Problem)
	}
}

// TestJSONSkipsNoRule: the twin of a page decodes and then checks.
func TestJSONSkipsNoRule(t *testing.T) {
	t.Parallel()
	in := input{Title: "too long for it", Seats: 99, Colour: "green"}
	f := fault.Of(declared.Check(&in))
	if f == nil || len(f.Fields) != 5 {
		t.Errorf("the check finds %v", f)
	}
}

func TestAPasswordIsNeverShownAgain(t *testing.T) {
	t.Parallel()
	secret := form.New("s", form.Password("password", "new-password", func(in *input) *string { return &in.Title }))
	view := secret.View(t.Context(), &input{Title: "hunter2"}, nil, nil)
	if view.Fields[0].Value != "" {
		t.Errorf("the form shows %q", view.Fields[0].Value)
	}
}

func FuzzReadNeverPanics(f *testing.F) {
	f.Add("title=a&seats=1&day=2020-01-01&name_ca=x")
	f.Add("seats=99999999999999999999&share=1e999&day=0000-00-00&tags=&tags=")
	f.Fuzz(func(t *testing.T, query string) {
		typed, err := url.ParseQuery(query)
		if err != nil {
			t.Skip()
		}
		var in input
		if declared.Read(typed, &in) == nil && declared.Check(&in) != nil {
			t.Errorf("%q reads without a complaint and does not check", query)
		}
	})
}
