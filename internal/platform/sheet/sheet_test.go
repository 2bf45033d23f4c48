package sheet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/sheet"
)

func TestCSVIsReadInEverySpelling(t *testing.T) {
	t.Parallel()
	want := sheet.Sheet{Columns: []string{"codi", "nom"}, Rows: []sheet.Row{
		{Number: 2, Cells: []string{"08001", "Vilarodona, l’Alta"}}, {Number: 4, Cells: []string{"08002", "Sant Pol·lí"}},
	}}
	for name, text := range map[string]string{
		"commas":        "codi,nom\n08001,\"Vilarodona, l’Alta\"\n,\n08002,Sant Pol·lí\n",
		"semicolons":    "codi;nom\r\n08001;Vilarodona, l’Alta\r\n;\r\n08002;Sant Pol·lí\r\n",
		"tabs":          "codi\tnom\n08001\tVilarodona, l’Alta\n\t\n08002\t Sant Pol·lí \n",
		"a mark first":  "\ufeffcodi,nom\n08001,\"Vilarodona, l’Alta\"\n,\n08002,Sant Pol·lí\n",
		"windows bytes": "codi;nom\n08001;Vilarodona, l\x92Alta\n;\n08002;Sant Pol\xb7l\xed\n",
	} {
		got, err := sheet.Read("Ens.CSV", strings.NewReader(text))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

func TestWorkbookIsReadAsItIsShown(t *testing.T) {
	t.Parallel()
	got, err := sheet.Read("ens.xlsx", workbook(t, [][]any{
		{"Codi", "", "Nom"}, {}, {"08001", nil, " Vilarodona "}, {8002, 12.5, "Ullastre"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{[Codi B Nom] [{3 [08001  Vilarodona]} {4 [8002 12.5 Ullastre]}]}`
	if fmt.Sprint(got) != want {
		t.Errorf("got %v", got)
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	tall := "a\n" + strings.Repeat("1\n", sheet.MostRows+1)
	wide := strings.Repeat("a,", sheet.MostColumns) + "z\n1\n"
	for _, c := range []struct{ name, text, key string }{
		{"x.pdf", "a,b\n1,2\n", "sheet.type"},
		{"x.xlsx", "a,b\n1,2\n", "sheet.unreadable"},
		{"x.csv", "a\x00b\n1\n", "sheet.unreadable"},
		{"x.csv", "", "sheet.empty"},
		{"x.csv", "a,b\n,\n", "sheet.empty"},
		{"x.csv", "a,b\n1,\"2\n3,4\n", "sheet.line"},
		{"x.csv", "a,b\n1,2,3\n", "sheet.ragged"},
		{"x.csv", "a,a\n1,2\n", "sheet.twice"},
		{"x.csv", tall, "sheet.too_many_rows"},
		{"x.csv", wide, "sheet.too_many_columns"},
		{"x.csv", strings.Repeat("x", sheet.MostBytes+1), "sheet.too_large"},
	} {
		_, err := sheet.Read(c.name, strings.NewReader(c.text))
		if f := fault.Of(err); f == nil || f.Key != c.key {
			t.Errorf("%s: got %v, want %s", c.name, err, c.key)
		}
	}
}

func TestHiddenSheetsAreSkipped(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	if _, err := book.NewSheet("Dades"); err != nil {
		t.Fatal(err)
	}
	_ = book.SetCellValue("Sheet1", "A1", "secret")
	_ = book.SetCellValue("Dades", "A1", "codi")
	_ = book.SetCellValue("Dades", "A2", "08001")
	book.SetActiveSheet(1)
	if err := book.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	got, err := sheet.Read("x.xlsx", &out)
	if err != nil || got.Columns[0] != "codi" {
		t.Errorf("got %v, %v", got, err)
	}
}

// FuzzCSV holds that whatever the bytes, the answer is a fault or a table with
// the promised shape.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("codi;nom\n08001;Vilarodona\n"))
	f.Add([]byte("\xef\xbb\xbfa,\"b\nc\"\n\xb7,2\n"))
	f.Add([]byte("\n\n\t\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := sheet.Read("x.csv", bytes.NewReader(raw))
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		last := 0
		for _, row := range got.Rows {
			if len(row.Cells) != len(got.Columns) || row.Number <= last {
				t.Fatalf("row %d has %d cells of %d", row.Number, len(row.Cells), len(got.Columns))
			}
			last = row.Number
		}
	})
}

func workbook(t *testing.T, rows [][]any) *bytes.Buffer {
	t.Helper()
	book := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return &out
}
