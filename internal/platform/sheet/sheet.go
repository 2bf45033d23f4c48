// Package sheet reads the tables that people keep in spreadsheets.
//
//	table, err := sheet.Read("bodies.xlsx", upload)
//	for _, row := range table.Rows {
//		fmt.Println(row.Number, row.Cells[0])
//	}
//
// It takes .xlsx and .csv. The first row with anything in it is the heading;
// rows with nothing in them are skipped, and row numbers are those that the
// spreadsheet program shows, so that a complaint can be found. Cells are texts,
// as the program shows them, without the spaces around them.
package sheet

import (
	"bytes"
	"embed"
	"io"
	"path"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
)

// Locales holds the refusals.
//
//go:embed locales
var Locales embed.FS

// The limits of a spreadsheet. Beyond them an import is a migration, and wants
// somebody who watches it.
const (
	MostRows    = 20_000
	MostColumns = 64
	MostBytes   = 10 << 20
)

// Sheet is one table.
type Sheet struct {
	Columns []string `json:"columns"` // names, each once; a column without one has its letter
	Rows    []Row    `json:"rows"`
}

// Row is one line below the heading, with a cell for every column.
type Row struct {
	Number int      `json:"number"` // as the spreadsheet program shows it
	Cells  []string `json:"cells"`
}

// Read reads a spreadsheet; the name says of which kind it is.
func Read(name string, r io.Reader) (Sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MostBytes+1))
	if err != nil {
		return Sheet{}, err
	}
	if len(raw) > MostBytes {
		return Sheet{}, fault.New(fault.Invalid, "sheet.too_large", "megabytes", MostBytes>>20)
	}
	var b builder
	switch strings.ToLower(path.Ext(name)) {
	case ".xlsx":
		err = b.readXLSX(bytes.NewReader(raw))
	case ".csv", ".txt":
		err = b.readCSV(raw)
	default:
		err = fault.New(fault.Invalid, "sheet.type")
	}
	if err != nil {
		return Sheet{}, err
	}
	return b.finish()
}

// builder puts a table together line by line.
type builder struct {
	sheet  Sheet
	headed bool
}

// add takes one line. Lines with nothing in them are skipped.
func (b *builder) add(number int, cells []string) error {
	cells = trimmed(cells)
	switch {
	case len(cells) == 0:
		return nil
	case len(cells) > MostColumns:
		return fault.New(fault.Invalid, "sheet.too_many_columns", "max", MostColumns)
	case !b.headed:
		b.headed = true
		return b.head(cells)
	case len(cells) > len(b.sheet.Columns):
		return fault.New(fault.Invalid, "sheet.ragged", "row", number)
	case len(b.sheet.Rows) == MostRows:
		return fault.New(fault.Invalid, "sheet.too_many_rows", "max", MostRows)
	}
	for len(cells) < len(b.sheet.Columns) {
		cells = append(cells, "")
	}
	b.sheet.Rows = append(b.sheet.Rows, Row{number, cells})
	return nil
}

// trimmed takes away the spaces around cells and the empty cells at the end.
func trimmed(cells []string) []string {
	kept := make([]string, len(cells))
	last := 0
	for i, cell := range cells {
		if kept[i] = strings.TrimSpace(cell); kept[i] != "" {
			last = i + 1
		}
	}
	return kept[:last]
}

func (b *builder) head(cells []string) error {
	for i, name := range cells {
		if name == "" {
			name = letters(i)
		}
		if slices.Contains(b.sheet.Columns, name) {
			return fault.New(fault.Invalid, "sheet.twice", "name", name)
		}
		b.sheet.Columns = append(b.sheet.Columns, name)
	}
	return nil
}

// letters is how spreadsheet programs call a column: A to Z, then AA.
func letters(i int) string {
	if i < 26 {
		return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i : i+1]
	}
	return letters(i/26-1) + letters(i%26)
}

func (b *builder) finish() (Sheet, error) {
	if len(b.sheet.Rows) == 0 {
		return Sheet{}, fault.New(fault.Invalid, "sheet.empty")
	}
	return b.sheet, nil
}
