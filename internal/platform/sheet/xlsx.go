package sheet

import (
	"io"

	"github.com/xuri/excelize/v2"

	"bastida/internal/kernel/fault"
)

// unpacked is the most that a workbook may grow to: a small file that unpacks
// to gigabytes is an attack, not a spreadsheet.
const unpacked = 100 << 20

// readXLSX reads the first sheet of a workbook that is not hidden.
func (b *builder) readXLSX(r io.Reader) error {
	unreadable := fault.New(fault.Invalid, "sheet.unreadable")
	book, err := excelize.OpenReader(r, excelize.Options{UnzipSizeLimit: unpacked, UnzipXMLSizeLimit: unpacked})
	if err != nil {
		return unreadable
	}
	defer book.Close() //nolint:errcheck // it was read from memory
	name, found := visible(book)
	if !found {
		return fault.New(fault.Invalid, "sheet.empty")
	}
	rows, err := book.Rows(name)
	if err != nil {
		return unreadable
	}
	defer rows.Close() //nolint:errcheck // it was read from memory
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return unreadable
		}
		if err := b.add(number, cells); err != nil {
			return err
		}
	}
	if rows.Error() != nil {
		return unreadable
	}
	return nil
}

func visible(book *excelize.File) (string, bool) {
	for _, name := range book.GetSheetList() {
		if shown, err := book.GetSheetVisible(name); err == nil && shown {
			return name, true
		}
	}
	return "", false
}
