package table_test

import (
	"net/url"
	"strings"
	"testing"

	"bastida/internal/platform/table"
)

type row struct {
	Name string
	N    int
}

var list = table.New("t",
	table.Text("name", func(r row) string { return r.Name }).Sort("name_fold"),
	table.Int("n", func(r row) int { return r.N }).Sort("n"),
	table.Text("secret", func(row) string { return "x" }),
)

func TestOnlyDeclaredColumnsReachTheStatement(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                                    "ORDER BY name_fold, id LIMIT 50 OFFSET 0",
		"sort=n&page=3":                       "ORDER BY n, id LIMIT 50 OFFSET 100",
		"sort=-n":                             "ORDER BY n DESC, id LIMIT 50 OFFSET 0",
		"sort=secret":                         "ORDER BY name_fold, id LIMIT 50 OFFSET 0",
		"sort=name_fold;DROP TABLE x&page=-1": "ORDER BY name_fold, id LIMIT 50 OFFSET 0",
		"page=9999999999999999999":            "ORDER BY name_fold, id LIMIT 50 OFFSET 0",
	} {
		values, _ := url.ParseQuery(query)
		if got := list.Read(values).OrderBy("id"); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

func TestPagesLinkToTheirNeighboursAndKeepTheFilter(t *testing.T) {
	t.Parallel()
	address, _ := url.Parse("/list?words=a&sort=-n&page=2")
	page := list.Read(address.Query())
	view := list.View(t.Context(), make([]row, 50), 130, page, address)
	if view.Pager.From != 51 || view.Pager.To != 100 || view.Pager.Total != 130 {
		t.Errorf("pager %+v", view.Pager)
	}
	for _, href := range []string{view.Pager.First, view.Pager.Previous, view.Pager.Next, view.Columns[0].SortHref, view.Export} {
		if !strings.Contains(href, "words=a") {
			t.Errorf("%q forgets the filter", href)
		}
	}
	if view.Columns[1].Sorted != "descending" || !strings.Contains(view.Columns[1].SortHref, "sort=n") {
		t.Errorf("heading %+v", view.Columns[1])
	}
	if strings.Contains(view.Columns[0].SortHref, "page=") {
		t.Error("another order begins in the middle")
	}
	last := list.View(t.Context(), make([]row, 30), 130, table.Page{Number: 3, Size: 50}, address)
	if last.Pager.Next != "" {
		t.Errorf("after the last page comes %q", last.Pager.Next)
	}
}

func TestCSVRunsNoFormula(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	if err := list.WriteCSV(t.Context(), &out, []row{{"=HYPERLINK(\"x\")", 2}, {"Vic, capital", -3}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"'=HYPERLINK(""x"")",2`, `"Vic, capital",`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the file lacks %s:\n%s", want, out.String())
		}
	}
}
