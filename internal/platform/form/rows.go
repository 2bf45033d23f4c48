package form

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// mostRows is how many rows a list takes: beyond it somebody is playing.
const mostRows = 500

// RowsField is a list of things of a kind.
type RowsField[In, R any] struct {
	several[In]
	columns []Field[R]
	at      func(*In) *[]R
}

// Rows declares a list whose rows are filled in below each other. Any field can
// be a column; its label is subject.name.column.
//
// The page draws one empty row after the others and a box to take a row out. A
// row that holds nothing is left out, and the rest close up: what is wrong with
// the second that was kept is said of name.1.column.
func Rows[In, R any](name string, at func(*In) *[]R, columns ...Field[R]) *RowsField[In, R] {
	return &RowsField[In, R]{several[In]{Spec{Name: name, Kind: ui.FieldRows}}, columns, at}
}

// Group starts a group of fields under a heading.
func (f *RowsField[In, R]) Group(name string) *RowsField[In, R] { f.spec.Group = name; return f }

// row is the form of one row.
func (f *RowsField[In, R]) row(subject string) *Form[R] {
	return &Form[R]{Subject: subject + "." + f.spec.Name, Fields: f.columns}
}

// place is the start of the names of a row.
func (f *RowsField[In, R]) place(n int) string { return f.spec.Name + "." + strconv.Itoa(n) + "." }

func (f *RowsField[In, R]) read(typed url.Values, in *In) (wrong fault.Fields) {
	var list []R
	for n, one := range f.typedRows(typed) {
		var r R
		wrong = append(wrong, f.of(n, f.row("").Read(one, &r))...)
		list = append(list, r)
	}
	*f.at(in) = list
	return wrong
}

func (f *RowsField[In, R]) check(in *In) (wrong fault.Fields) {
	for n := range *f.at(in) {
		wrong = append(wrong, f.of(n, f.row("").Check(&(*f.at(in))[n]))...)
	}
	return wrong
}

// of says of a row what its form complains of.
func (f *RowsField[In, R]) of(n int, err error) (wrong fault.Fields) {
	problem := fault.Of(err)
	if problem == nil {
		return nil
	}
	for _, c := range problem.Fields {
		wrong.Add(f.place(n)+c.Name, c.Key, c.Args...)
	}
	return wrong
}

// typedRows cuts what was typed into rows, by the names of their columns, and
// leaves out those that hold nothing or are to be taken out.
func (f *RowsField[In, R]) typedRows(typed url.Values) []url.Values {
	rows := map[int]url.Values{}
	for name, values := range typed {
		rest, ours := strings.CutPrefix(name, f.spec.Name+".")
		number, column, _ := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if !ours || err != nil || n < 0 || n >= mostRows {
			continue
		}
		if rows[n] == nil {
			rows[n] = url.Values{}
		}
		rows[n][column] = values
	}
	var kept []url.Values
	for _, n := range slices.Sorted(maps.Keys(rows)) {
		if !rows[n].Has("remove") && holds(rows[n]) {
			kept = append(kept, rows[n])
		}
	}
	return kept
}

func holds(row url.Values) bool {
	for _, values := range row {
		if strings.TrimSpace(strings.Join(values, "")) != "" {
			return true
		}
	}
	return false
}

func (f *RowsField[In, R]) draw(ctx context.Context, subject string, in *In, typed url.Values, wrong fault.Fields) ui.Field {
	key := subject + "." + f.spec.Name
	view := ui.Field{
		Name: f.spec.Name, Kind: ui.FieldRows, Label: i18n.T(ctx, key), Help: help(ctx, key), Error: said(ctx, wrong, f.spec.Name),
	}
	list, sent := *f.at(in), f.typedRows(typed)
	if typed != nil {
		list = make([]R, len(sent))
	}
	for n := range list {
		var one url.Values
		if typed != nil {
			one = sent[n]
		}
		view.Rows = append(view.Rows, f.drawRow(ctx, subject, n, &list[n], one, wrong))
	}
	view.Rows = append(view.Rows, f.drawRow(ctx, subject, len(list), new(R), url.Values{}, nil))
	return view
}

func (f *RowsField[In, R]) drawRow(ctx context.Context, subject string, n int, r *R, typed url.Values, wrong fault.Fields) []ui.Field {
	var own fault.Fields
	for _, c := range wrong {
		if name, ours := strings.CutPrefix(c.Name, f.place(n)); ours {
			own.Add(name, c.Key, c.Args...)
		}
	}
	return placed(f.row(subject).draw(ctx, r, typed, own), f.place(n))
}

// placed gives the boxes of a row the names that they have on the page.
func placed(boxes []ui.Field, at string) []ui.Field {
	for i := range boxes {
		boxes[i].Name = at + boxes[i].Name
		placed(boxes[i].Others, at)
		for _, row := range boxes[i].Rows {
			placed(row, at)
		}
	}
	return boxes
}

// differ compares the rows in order: a row that one of them lacks is compared
// with an empty one.
func (f *RowsField[In, R]) differ(ctx context.Context, subject string, before, after *In) (found []ui.Difference) {
	was, is := *f.at(before), *f.at(after)
	for n := range max(len(was), len(is)) {
		for _, d := range f.row(subject).Differences(ctx, nth(was, n), nth(is, n)) {
			d.Label = i18n.T(ctx, "ui.row", "list", i18n.T(ctx, subject+"."+f.spec.Name), "row", n+1) + ": " + d.Label
			found = append(found, d)
		}
	}
	return found
}

func nth[R any](list []R, n int) *R {
	if n < len(list) {
		return &list[n]
	}
	return new(R)
}

func (f *RowsField[In, R]) keys(subject string) []string {
	return append(f.row(subject).fieldKeys(), subject+"."+f.spec.Name)
}
