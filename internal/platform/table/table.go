// Package table declares a list once, for the page, for CSV and for the
// addresses that sort, filter and turn its pages.
//
//	var list = table.New("calls.application",
//		table.Text("body", func(a Application) string { return a.BodyName }).Sort("body_fold"),
//		table.Int("professionals", func(a Application) int { return a.Professionals }).Sort("professionals"),
//	)
//
// A column that sorts names the column of the database it sorts by: the list
// of those names is all that a reader can ask for, so no typed text ever
// reaches a statement.
package table

import (
	"context"
	"encoding/csv"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// Table declares a list of rows of type R.
type Table[R any] struct {
	Subject string // prefix of its message keys: the caption is Subject.list, a heading Subject.column
	Columns []*Column[R]
	Size    int            // rows a page; 50 when zero
	Href    func(R) string // where a row leads; may be nil
	ID      func(R) string // value of a row's tick box; needed for bulk actions
	Issue   func(context.Context, R) *ui.Notice
}

// Column is one declared heading.
type Column[R any] struct {
	name    string
	sort    string
	numeric bool
	wide    bool
	text    func(context.Context, R) string
	cell    func(context.Context, R) templ.Component // nil draws the text
}

// New declares a table.
func New[R any](subject string, columns ...*Column[R]) *Table[R] {
	return &Table[R]{Subject: subject, Columns: columns}
}

// Text declares a column of words.
func Text[R any](name string, at func(R) string) *Column[R] {
	return &Column[R]{name: name, text: func(_ context.Context, r R) string { return at(r) }}
}

// Said declares a column whose words depend on the reader's language.
func Said[R any](name string, at func(context.Context, R) string) *Column[R] {
	return &Column[R]{name: name, text: at}
}

// Value declares a column of dates, instants or numbers, written as the
// reader's language does. Numbers stand to the right.
func Value[R any](name string, at func(R) any) *Column[R] {
	return &Column[R]{name: name, text: func(ctx context.Context, r R) string { return i18n.F(ctx, at(r)) }}
}

// Int declares a column of whole numbers.
func Int[R any](name string, at func(R) int) *Column[R] {
	c := Value(name, func(r R) any { return at(r) })
	c.numeric = true
	return c
}

// Sort lets the reader order the list by a column of the database.
func (c *Column[R]) Sort(column string) *Column[R] { c.sort = column; return c }

// Wide gives the column a line of its own on a phone.
func (c *Column[R]) Wide() *Column[R] { c.wide = true; return c }

// Cell draws the column with a component; its text still goes to CSV.
func (c *Column[R]) Cell(f func(context.Context, R) templ.Component) *Column[R] { c.cell = f; return c }

// Page is which part of a list is wanted, in which order.
type Page struct {
	Number int    // from 1
	Size   int    // rows
	Sort   string // a column of the database, from the declaration; never typed text
	Desc   bool
	column string // the heading it is sorted by
}

// Offset is how many rows come before the page.
func (p Page) Offset() int { return (p.Number - 1) * p.Size }

// OrderBy is the clause that orders and cuts the list. Ties are broken by
// tie, a unique column, so that pages never repeat a row.
func (p Page) OrderBy(tie string) string {
	clause := "ORDER BY "
	if p.Sort != "" && p.Sort != tie {
		clause += p.Sort
		if p.Desc {
			clause += " DESC"
		}
		clause += ", "
	}
	return clause + tie + " LIMIT " + strconv.Itoa(p.Size) + " OFFSET " + strconv.Itoa(p.Offset())
}

// Read takes the page out of an address. The first column that sorts orders
// the list when nothing else is asked.
func (t *Table[R]) Read(query url.Values) Page {
	p := Page{Number: 1, Size: t.Size}
	if p.Size == 0 {
		p.Size = 50
	}
	if n, err := strconv.Atoi(query.Get("page")); err == nil && n > 1 {
		p.Number = min(n, 1_000_000)
	}
	wanted, desc := strings.CutPrefix(query.Get("sort"), "-")
	for _, c := range t.Columns {
		if c.sort == "" {
			continue
		}
		if p.Sort == "" || c.name == wanted {
			p.Sort, p.column, p.Desc = c.sort, c.name, desc && c.name == wanted
		}
	}
	return p
}

// All returns the page that holds everything, for exports.
func (p Page) All() Page {
	p.Number, p.Size = 1, 1_000_000
	return p
}

// View draws rows, the given page of total. address is the page's own, whose
// query the links keep.
func (t *Table[R]) View(ctx context.Context, rows []R, total int, p Page, address *url.URL) ui.Table {
	view := ui.Table{Caption: i18n.T(ctx, t.Subject+".list"), Export: with(address, "format", "csv")}
	for _, c := range t.Columns {
		view.Columns = append(view.Columns, t.heading(ctx, c, p, address))
	}
	for _, r := range rows {
		view.Rows = append(view.Rows, t.row(ctx, r))
	}
	view.Pager = pager(len(rows), total, p, address)
	return view
}

func (t *Table[R]) heading(ctx context.Context, c *Column[R], p Page, address *url.URL) ui.Column {
	h := ui.Column{Name: c.name, Label: i18n.T(ctx, t.Subject+"."+c.name), Numeric: c.numeric, Wide: c.wide}
	if c.sort == "" {
		return h
	}
	order := c.name
	if c.name == p.column {
		h.Sorted = "ascending"
		if p.Desc {
			h.Sorted = "descending"
		} else {
			order = "-" + c.name
		}
	}
	h.SortHref = with(address, "sort", order)
	return h
}

func (t *Table[R]) row(ctx context.Context, r R) ui.Row {
	var row ui.Row
	if t.Href != nil {
		row.Href = t.Href(r)
	}
	if t.ID != nil {
		row.ID = t.ID(r)
	}
	if t.Issue != nil {
		row.Issue = t.Issue(ctx, r)
	}
	for _, c := range t.Columns {
		if c.cell != nil {
			row.Cells = append(row.Cells, c.cell(ctx, r))
		} else {
			row.Cells = append(row.Cells, ui.Text(c.text(ctx, r)))
		}
	}
	return row
}

func pager(shown, total int, p Page, address *url.URL) ui.Pager {
	view := ui.Pager{From: p.Offset() + 1, To: p.Offset() + shown, Total: total}
	if p.Number > 1 {
		view.First = with(address, "page", "1")
		view.Previous = with(address, "page", strconv.Itoa(p.Number-1))
	}
	if view.To < total {
		view.Next = with(address, "page", strconv.Itoa(p.Number+1))
	}
	return view
}

// with returns an address with one value of its query replaced.
func with(address *url.URL, name, value string) string {
	query := address.Query()
	if name != "page" {
		query.Del("page")
	}
	query.Set(name, value)
	return address.Path + "?" + query.Encode()
}

// WriteCSV writes the rows with the headings of the page. Cells that a
// spreadsheet would run as a formula are written as text.
func (t *Table[R]) WriteCSV(ctx context.Context, w io.Writer, rows []R) error {
	out := csv.NewWriter(w)
	line := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line[i] = i18n.T(ctx, t.Subject+"."+c.name)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, r := range rows {
		for i, c := range t.Columns {
			line[i] = Harmless(c.text(ctx, r))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Harmless returns a cell that no spreadsheet takes for a formula.
func Harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// Keys returns the message keys that the table needs, for the locale test.
func (t *Table[R]) Keys() []string {
	keys := []string{t.Subject + ".list"}
	for _, c := range t.Columns {
		keys = append(keys, t.Subject+"."+c.name)
	}
	slices.Sort(keys)
	return keys
}
