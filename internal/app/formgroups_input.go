package app

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"

	"bastida/engine/formation"
)

// inputTable reads a CSV file by the names of its columns, and can say where in the
// file each field stands.
type inputTable struct {
	path    string
	reader  *csv.Reader
	columns map[string]int
	width   int
	fields  []string
}

// openTable reads the header, which must have the wanted columns, once each,
// in any order and among any others.
func openTable(path string, content io.Reader, wanted ...string) (*inputTable, error) {
	buffered := bufio.NewReader(content)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		if _, err := buffered.Discard(3); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
	}
	t := &inputTable{path: path, reader: csv.NewReader(buffered), columns: map[string]int{}}
	t.reader.FieldsPerRecord = -1
	t.reader.ReuseRecord = true
	more, err := t.next()
	if err != nil {
		return nil, err
	}
	if !more {
		return nil, &UsageError{File: path, Line: 1, Column: 1, Message: "the file is empty: a header line is required"}
	}
	for k, name := range t.fields {
		name = strings.TrimSpace(name)
		if _, twice := t.columns[name]; twice {
			return nil, t.complaint(k, "the column %q appears twice", name)
		}
		t.columns[name] = k
	}
	for _, name := range wanted {
		if _, present := t.columns[name]; !present {
			return nil, t.complaint(0, "the column %q is missing", name)
		}
	}
	t.width = len(t.fields)
	return t, nil
}

// next moves to the next line, and reports whether there was one.
func (t *inputTable) next() (bool, error) {
	var err error
	t.fields, err = t.reader.Read()
	var broken *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return false, nil
	case errors.As(err, &broken):
		return false, &UsageError{File: t.path, Line: broken.Line, Column: broken.Column, Message: broken.Err.Error()}
	case err != nil:
		return false, fmt.Errorf("read %s: %w", t.path, err)
	}
	if t.width > 0 && len(t.fields) != t.width {
		return false, t.complaint(len(t.fields)-1, "the line has %d fields, the header %d", len(t.fields), t.width)
	}
	return true, nil
}

func (t *inputTable) text(column string) string {
	return strings.TrimSpace(t.fields[t.columns[column]])
}

func (t *inputTable) number(column string, least, most float64) (float64, error) {
	x, err := strconv.ParseFloat(t.text(column), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, t.wrong(column, "is not a number")
	}
	if x < least || x > most {
		return 0, t.wrong(column, fmt.Sprintf("is not between %v and %v", least, most))
	}
	return x, nil
}

// wrong complains about a field of the present line.
func (t *inputTable) wrong(column, message string) error {
	return t.complaint(t.columns[column], "%s: %q %s", column, t.text(column), message)
}

func (t *inputTable) complaint(field int, format string, args ...any) error {
	line, column := t.reader.FieldPos(field)
	return &UsageError{File: t.path, Line: line, Column: column, Message: fmt.Sprintf(format, args...)}
}

// readApplications reads the bodies. A body applies once.
func readApplications(path string) ([]formation.Body, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &UsageError{File: path, Message: err.Error()}
	}
	defer file.Close()
	t, err := openTable(path, file, "code", "name", "lat", "lon", "professionals", "modality", "consent")
	if err != nil {
		return nil, err
	}
	var bodies []formation.Body
	lineOf := map[string]int{}
	for {
		more, err := t.next()
		if err != nil || !more {
			return bodies, err
		}
		body, err := t.body()
		if err != nil {
			return nil, err
		}
		if first, twice := lineOf[body.Code]; twice {
			return nil, t.wrong("code", fmt.Sprintf("already applied in line %d", first))
		}
		lineOf[body.Code], _ = t.reader.FieldPos(0)
		bodies = append(bodies, body)
	}
}

// largestBody is more professionals than any body has, and few enough that no
// sum of them overflows.
const largestBody = 1_000_000

// body reads the application in the present line.
func (t *inputTable) body() (b formation.Body, err error) {
	if b.Code = t.text("code"); b.Code == "" {
		return b, t.wrong("code", "is empty")
	}
	if b.Lat, err = t.number("lat", -90, 90); err != nil {
		return b, err
	}
	if b.Lon, err = t.number("lon", -180, 180); err != nil {
		return b, err
	}
	b.Professionals, err = strconv.Atoi(t.text("professionals"))
	if err != nil || b.Professionals < 1 || b.Professionals > largestBody {
		return b, t.wrong("professionals", "is not a whole number of at least 1")
	}
	if b.Modality = t.text("modality"); b.Modality == "" {
		return b, t.wrong("modality", "is empty")
	}
	switch strings.ToLower(t.text("consent")) {
	case "true":
		b.Consent = true
	case "false":
	default:
		return b, t.wrong("consent", "is neither true nor false")
	}
	return b, nil
}

// readGroups reads an earlier output as drafts of this year's bodies. Bodies
// that no longer apply leave their groups; a meeting place that no longer
// applies is chosen anew. A large body, which had several groups, has one
// draft. names has the group of each draft.
func readGroups(path string, bodies []formation.Body) (drafts []formation.Draft, names []string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, &UsageError{File: path, Message: err.Error()}
	}
	defer file.Close()
	t, err := openTable(path, file, "group", "code", "meeting_code")
	if err != nil {
		return nil, nil, err
	}
	position := make(map[string]int, len(bodies))
	for i := range bodies {
		position[bodies[i].Code] = i
	}
	placed := make([]bool, len(bodies))
	draftOf := map[string]int{}
	for {
		more, err := t.next()
		if err != nil || !more {
			return drafts, names, err
		}
		i, applies := position[t.text("code")]
		if !applies || placed[i] {
			continue
		}
		placed[i] = true
		name := t.text("group")
		d, known := draftOf[name]
		if !known {
			d = len(drafts)
			draftOf[name] = d
			drafts = append(drafts, formation.Draft{Meeting: formation.AnyMember})
			names = append(names, name)
		}
		drafts[d].Members = append(drafts[d].Members, i)
		if t.text("code") == t.text("meeting_code") {
			drafts[d].Meeting = i
		}
	}
}
