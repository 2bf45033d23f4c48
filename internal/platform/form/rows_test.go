package form_test

import (
	"net/url"
	"slices"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/form"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

type teacher struct {
	Code string
	From civil.Date
	Paid bool
	Role text.Localized
}

type course struct {
	Seats    int
	Title    text.Localized
	Teachers []teacher
}

var courseForm = form.New("course", slices.Concat(
	form.Section("what",
		form.Line("title", func(in *course) *text.Localized { return &in.Title }).Required(),
		form.Int("seats", 0, 9, func(in *course) *int { return &in.Seats }).Optional()),
	form.Section("who",
		form.Rows("teachers", func(in *course) *[]teacher { return &in.Teachers },
			form.Text("code", func(t *teacher) *string { return &t.Code }).Required().Limit(3),
			form.Date("from", func(t *teacher) *civil.Date { return &t.From }),
			form.Bool("paid", func(t *teacher) *bool { return &t.Paid }),
			form.Prose("role", func(t *teacher) *text.Localized { return &t.Role }))),
)...)

func typedCourse() url.Values {
	return url.Values{
		"title_it":        {"Titolo"},
		"teachers.0.code": {""}, "teachers.0.role_ca": {" "},
		"teachers.1.code": {"a"}, "teachers.1.from": {"2020-01-01"}, "teachers.1.role_ca": {"Docent"},
		"teachers.2.code": {"b"}, "teachers.2.remove": {"true"},
		"teachers.10.code": {"c"}, "teachers.10.paid": {"true"},
		"teachers.x.code": {"d"}, "teachers.-1.code": {"d"}, "teachers.99999999.code": {"d"}, "teachers": {"d"},
	}
}

func TestRowsKeepWhatHoldsSomething(t *testing.T) {
	t.Parallel()
	var in course
	if err := courseForm.Read(typedCourse(), &in); err != nil {
		t.Fatal(err)
	}
	if len(in.Teachers) != 2 || in.Teachers[0].Code != "a" || in.Teachers[0].Role["ca"] != "Docent" ||
		in.Teachers[1].Code != "c" || !in.Teachers[1].Paid || in.Title["it"] != "Titolo" {
		t.Errorf("read %+v", in)
	}
}

func TestAComplaintAboutARowStandsInItsBox(t *testing.T) {
	t.Parallel()
	typed := typedCourse()
	typed.Set("teachers.10.code", "long")
	typed.Set("teachers.1.from", "never")
	var in course
	err := courseForm.Read(typed, &in)
	view := courseForm.View(t.Context(), &in, typed, err)
	rows := view.Fields[2].Rows
	if len(rows) != 3 || rows[0][1].Name != "teachers.0.from" || rows[0][1].Value != "never" || rows[0][1].Error == "" ||
		rows[1][0].Name != "teachers.1.code" || rows[1][0].Value != "long" || rows[1][0].Error == "" || rows[2][0].Value != "" {
		t.Errorf("drawn %+v", rows)
	}
	if names := len(fault.Of(err).Fields); names != 2 {
		t.Errorf("%d complaints", names)
	}
}

func TestJSONSkipsNoRuleOfARow(t *testing.T) {
	t.Parallel()
	in := course{Teachers: []teacher{{Code: "a"}, {}}}
	f := fault.Of(courseForm.Check(&in))
	if f == nil || len(f.Fields) != 2 || f.Fields[0].Name != "title" || f.Fields[1].Name != "teachers.1.code" {
		t.Errorf("the check finds %v", f)
	}
}

func TestTheReadersLanguageComesFirst(t *testing.T) {
	t.Parallel()
	messages, err := i18n.Load(ui.Locales)
	if err != nil {
		t.Fatal(err)
	}
	in := course{Title: text.Localized{"ca": "Títol", "it": "Titolo"}}
	title := courseForm.View(i18n.With(t.Context(), messages, "it"), &in, nil, nil).Fields[0]
	if title.Name != "title_it" || title.Value != "Titolo" || title.Label != "course.title (italiano)" || len(title.Others) != 3 || title.Others[0].Value != "Títol" {
		t.Errorf("drawn %+v", title)
	}
	if title.Group != "course.group.what" {
		t.Errorf("the title stands below %q", title.Group)
	}
}

func TestDifferencesNameWhatChanged(t *testing.T) {
	t.Parallel()
	before := course{Title: text.Localized{"ca": "Abans"}, Teachers: []teacher{{Code: "a"}}}
	after := course{Seats: 3, Title: text.Localized{"ca": "Després"}, Teachers: []teacher{{Code: "a"}, {Code: "b", Paid: true}}}
	var labels []string
	for _, d := range courseForm.Differences(t.Context(), &before, &after) {
		labels = append(labels, d.Label+"="+d.Before+">"+d.After)
	}
	want := []string{
		"course.title (ui.language_name.ca)=Abans>Després", "course.seats=>3", "ui.row: course.teachers.code=>b", "ui.row: course.teachers.paid=>ui.yes",
	}
	if !slices.Equal(labels, want) {
		t.Errorf("found %q", labels)
	}
	if same := courseForm.Differences(t.Context(), &after, &after); len(same) != 0 {
		t.Errorf("a course differs from itself: %v", same)
	}
}

func TestKeysNameEachTextOnce(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"course.title", "course.teachers", "course.teachers.code", "course.teachers.role", "course.group.who", "course.submit"} {
		if !slices.Contains(courseForm.Keys(), key) {
			t.Errorf("no %s", key)
		}
	}
}

func FuzzRowsNeverPanic(f *testing.F) {
	f.Add(typedCourse().Encode())
	f.Fuzz(func(t *testing.T, query string) {
		typed, err := url.ParseQuery(query)
		if err != nil {
			t.Skip()
		}
		var in course
		problem := courseForm.Read(typed, &in)
		courseForm.View(t.Context(), &in, typed, problem)
		if problem == nil && courseForm.Check(&in) != nil {
			t.Errorf("%q reads without a complaint and does not check", query)
		}
	})
}
