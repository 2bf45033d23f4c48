package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bastida/internal/kernel/fault"
)

// readCSV reads lines of cells parted by commas, semicolons or tabs, in UTF-8
// or, when they are not that, in the Windows alphabet of Western Europe.
func (b *builder) readCSV(raw []byte) error {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if bytes.ContainsRune(raw, 0) {
		return fault.New(fault.Invalid, "sheet.unreadable")
	}
	if !utf8.Valid(raw) {
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		if err != nil {
			return fault.New(fault.Invalid, "sheet.unreadable")
		}
		raw = decoded
	}
	lines := csv.NewReader(bytes.NewReader(raw))
	lines.Comma = separator(raw)
	lines.FieldsPerRecord = -1
	for {
		cells, err := lines.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &wrong):
			return fault.New(fault.Invalid, "sheet.line", "line", wrong.Line)
		case err != nil:
			return err
		}
		number, _ := lines.FieldPos(0)
		if err := b.add(number, cells); err != nil {
			return err
		}
	}
}

// separator is whichever of the three parts the first line with anything in it
// into most cells, what stands in quotation marks apart.
func separator(raw []byte) rune {
	line, _, _ := bytes.Cut(bytes.TrimLeft(raw, "\r\n \t"), []byte("\n"))
	counts := map[rune]int{}
	quoted := false
	for _, letter := range string(line) {
		if letter == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[letter]++
		}
	}
	best := ','
	for _, candidate := range []rune{';', '\t'} {
		if counts[candidate] > counts[best] {
			best = candidate
		}
	}
	return best
}
