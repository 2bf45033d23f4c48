package pack

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"time"

	"bastida/internal/kernel/civil"
)

// readJSON reads a file whole, and refuses names that out does not have.
func readJSON(files fs.FS, name string, out any) error {
	raw, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("pack: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(out); err != nil {
		return fmt.Errorf("%s: line %d: %w", name, lineOf(raw, d.InputOffset()), err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: something follows the end", name)
	}
	return nil
}

func lineOf(raw []byte, offset int64) int { return 1 + bytes.Count(raw[:offset], []byte("\n")) }

// readCSV reads a file that has exactly the given columns.
func readCSV[T any](files fs.FS, name string, columns []string, parse func(*line) T) ([]T, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	r := csv.NewReader(f)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("%s: line 1: the columns are %v and must be %v", name, header, columns)
	}
	var rows []T
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		l := &line{reader: r, columns: columns, cells: cells}
		row := parse(l)
		if l.err != nil {
			return nil, fmt.Errorf("%s: %w", name, l.err)
		}
		rows = append(rows, row)
	}
}

// line is one row of a CSV file, which remembers the first thing wrong in it.
type line struct {
	reader  *csv.Reader
	columns []string
	cells   []string
	err     error
}

func (l *line) text(column string) string { return l.cells[l.at(column)] }

// at finds a column. Asking for one that was not declared is a slip of the
// programmer, which any reading of any file shows.
func (l *line) at(column string) int {
	i := slices.Index(l.columns, column)
	if i < 0 {
		panic("pack: no column " + column)
	}
	return i
}

func (l *line) wrong(column, format string, args ...any) {
	if l.err != nil {
		return
	}
	row, position := l.reader.FieldPos(l.at(column))
	l.err = fmt.Errorf("line %d, column %d (%s): %s", row, position, column, fmt.Sprintf(format, args...))
}

func (l *line) required(column string) string {
	cell := l.text(column)
	if cell == "" {
		l.wrong(column, "it is empty")
	}
	return cell
}

func (l *line) oneOf(column string, allowed []string) string {
	cell := l.text(column)
	if !slices.Contains(allowed, cell) {
		l.wrong(column, "%q is none of %q", cell, allowed)
	}
	return cell
}

func (l *line) integer(column string) int {
	n, err := strconv.Atoi(l.text(column))
	if err != nil || n < 0 {
		l.wrong(column, "%q is not a whole number", l.text(column))
	}
	return n
}

// count reads a whole number that may be unknown, which is zero.
func (l *line) count(column string) int {
	if l.text(column) == "" {
		return 0
	}
	return l.integer(column)
}

func (l *line) number(column string, least, most float64) float64 {
	n, err := strconv.ParseFloat(l.text(column), 64)
	if err != nil || math.IsNaN(n) || n < least || n > most {
		l.wrong(column, "%q is not a number from %v to %v", l.text(column), least, most)
	}
	return n
}

func (l *line) date(column string) civil.Date {
	d, err := civil.Parse(l.text(column))
	if err != nil {
		l.wrong(column, "%q is not a date", l.text(column))
	}
	return d
}

func (l *line) instant(column string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01-02T15:04:05", l.text(column), zone)
	if err != nil {
		l.wrong(column, "%q is not a date and time", l.text(column))
	}
	return t
}
