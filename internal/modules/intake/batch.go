package intake

import (
	"cmp"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Kind is what the rows of a batch are.
type Kind string

// The kinds of batch.
const (
	Bodies Kind = "bodies"
	People Kind = "people"
)

// State is how far a batch has come.
type State string

// The states of a batch.
const (
	Previewed State = "previewed" // uploaded; nothing of it is in yet
	Applied   State = "applied"   // its accepted rows are in
	Discarded State = "discarded" // given up; nothing of it is in
)

// Batch is one spreadsheet on its way in.
type Batch struct {
	record.Row
	Kind      Kind                           `db:"kind"`
	FileName  string                         `db:"file_name"`
	State     State                          `db:"state"`
	Grid      record.JSON[Grid]              `db:"grid,secret"` // empty once the batch is over
	Mapping   record.JSON[map[string]string] `db:"mapping"`     // name of a field to name of a column
	Counts    record.JSON[Counts]            `db:"counts"`      // as applied
	Rejected  record.JSON[[]Rejection]       `db:"rejected,secret"`
	BroughtBy string                         `db:"brought_by"` // name of the person
}

// Grid is the cells of a spreadsheet below its heading.
type Grid struct {
	Columns []string `json:"columns"`
	Rows    []Line   `json:"rows"`
}

// Line is one row, with its number in the spreadsheet and a cell a column.
type Line struct {
	Number int      `json:"number"`
	Cells  []string `json:"cells"`
}

// Counts is how many rows of each outcome there are.
type Counts struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Rejected  int `json:"rejected"`
}

// Accepted is how many rows change something.
func (c Counts) Accepted() int { return c.New + c.Changed }

// Rejection is one complaint about one cell.
type Rejection struct {
	Row    int    `json:"row"`    // number in the spreadsheet
	Column string `json:"column"` // heading in the spreadsheet, or the field's name when no column is its
	Value  string `json:"value"`
	Key    string `json:"key"`  // of the message that says why
	Args   []any  `json:"args"` // names and values in turn
}

var life = flow.Machine[Batch, State]{
	Subject: "intake.batch",
	State:   func(b *Batch) *State { return &b.State },
	Place:   func(b *Batch) access.Place { return access.Place{Body: b.TenantID} },
	Steps: []flow.Step[Batch, State]{
		{Name: "map", From: []State{Previewed}, To: Previewed, Perm: Use, Auto: true},
		{Name: "apply", From: []State{Previewed}, To: Applied, Perm: Use, When: (*Batch).mapped, Primary: true},
		{Name: "discard", From: []State{Previewed}, To: Discarded, Perm: Use, Danger: true},
	},
}

// mapped refuses a batch while a field that every row needs has no column.
func (b *Batch) mapped() error {
	for _, f := range fields[b.Kind] {
		if f.Required && b.Mapping.V[f.Name] == "" {
			return fault.New(fault.Invalid, "intake.unmapped")
		}
	}
	return nil
}

// remap says which column each field is in. A column that the sheet does not
// have is refused, and so is one that serves two fields.
func (b *Batch) remap(mapping map[string]string) error {
	var wrong fault.Fields
	taken := map[string]bool{}
	kept := map[string]string{}
	for _, f := range fields[b.Kind] {
		column := mapping[f.Name]
		switch {
		case column == "" && f.Required:
			wrong.Add(f.Name, "form.required")
		case column == "":
		case !slices.Contains(b.Grid.V.Columns, column):
			wrong.Add(f.Name, "form.not_an_option")
		case taken[column]:
			wrong.Add(f.Name, "intake.column_taken")
		default:
			taken[column], kept[f.Name] = true, column
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	b.Mapping.V = kept
	return nil
}

// Ignored lists the columns that nothing is read from.
func (b *Batch) Ignored() (names []string) {
	for _, column := range b.Grid.V.Columns {
		used := false
		for _, mapped := range b.Mapping.V {
			used = used || mapped == column
		}
		if !used {
			names = append(names, column)
		}
	}
	return names
}

// over forgets the cells of a batch that is done with.
func (b *Batch) over(report Report) {
	b.Grid.V, b.Counts.V, b.Rejected.V = Grid{}, report.Counts, report.Rejected
}

// Field is one thing that a column may hold.
type Field struct {
	Name     string
	Required bool
	words    []string // folded headings by which people call it
}

var fields = map[Kind][]Field{
	Bodies: {
		{"code", true, []string{"code", "codi", "codigo", "codice", "codi ine", "codigo ine", "ine", "istat", "codice istat"}},
		{"name", true, []string{"name", "nom", "nombre", "nome", "denominacio", "denominacion", "denominazione", "municipi", "municipio", "comune", "ens", "ente", "entidad"}}, //nolint:misspell // Spanish
		{"kind", true, []string{"kind", "type", "tipus", "tipo", "tipologia", "classe", "clase"}},
		{"language", false, []string{"language", "llengua", "idioma", "lengua", "lingua"}},
	},
	People: {
		{"name", true, []string{"name", "nom", "nombre", "nome", "nom i cognoms", "nombre y apellidos", "nome e cognome", "full name"}},
		{"email", true, []string{"email", "e mail", "mail", "correu", "correo", "correu electronic", "correo electronico", "adreca electronica", "indirizzo e mail", "posta elettronica"}},
		{"role", true, []string{"role", "rol", "funcio", "funcion", "ruolo", "perfil", "profilo"}},
		{"body", false, []string{"body", "body code", "codi", "codi ens", "codi de l ens", "ens", "entidad", "codigo de la entidad", "codigo entidad", "ente", "codice ente", "code"}},
		{"unit", false, []string{"unit", "unitat", "unidad", "unita", "servei", "servicio", "servizio", "equip", "equipo"}},
		{"language", false, []string{"language", "llengua", "idioma", "lengua", "lingua"}},
	},
}

// Fields lists what the rows of a kind may say, in the order of screens.
func Fields(k Kind) []Field { return fields[k] }

// guess finds the column of each field by its heading: the very word first, and
// then a heading that begins with it.
func guess(k Kind, columns []string) map[string]string {
	mapping := map[string]string{}
	taken := map[string]bool{}
	for _, matches := range []func(heading, word string) bool{
		func(heading, word string) bool { return heading == word },
		func(heading, word string) bool { return strings.HasPrefix(heading, word+" ") },
	} {
		for _, f := range fields[k] {
			at := slices.IndexFunc(columns, func(column string) bool {
				heading := strings.ReplaceAll(text.Fold(column), "_", " ")
				return !taken[column] && slices.ContainsFunc(f.words, func(w string) bool { return matches(heading, w) })
			})
			if at >= 0 && mapping[f.Name] == "" {
				mapping[f.Name], taken[columns[at]] = columns[at], true
			}
		}
	}
	return mapping
}

// Report is what a batch would do, or did.
type Report struct {
	Counts   Counts
	Rejected []Rejection
	Bodies   []BodyRow   // accepted, of a batch of bodies
	People   []PersonRow // accepted, of a batch of people
}

// reading is one row as the mapping reads it.
type reading struct {
	batch      *Batch
	line       Line
	complaints []Rejection
}

// get returns the cell of a field, or nothing when no column is its.
func (r *reading) get(field string) string {
	at := slices.Index(r.batch.Grid.V.Columns, r.batch.Mapping.V[field])
	if at < 0 || at >= len(r.line.Cells) {
		return ""
	}
	return r.line.Cells[at]
}

func (r *reading) reject(field, key string, args ...any) {
	column := cmp.Or(r.batch.Mapping.V[field], field)
	r.complaints = append(r.complaints, Rejection{r.line.Number, column, r.get(field), key, args})
}

// word returns a cell that must be one of a vocabulary. Nothing typed is the
// usual value; when there is none, it is asked for.
func word[V ~string](r *reading, field string, vocabulary map[string]V, usual V) V {
	typed := r.get(field)
	if typed == "" && usual != "" {
		return usual
	}
	if typed == "" {
		r.reject(field, "form.required")
		return ""
	}
	v, known := vocabulary[strings.ReplaceAll(text.Fold(typed), "_", " ")]
	if !known {
		r.reject(field, "intake.unknown_word")
	}
	return v
}

const longest = 120 // characters of a name

// name returns a cell that is a name.
func (r *reading) name(field string) string {
	typed := r.get(field)
	switch {
	case typed == "":
		r.reject(field, "form.required")
	case len([]rune(typed)) > longest:
		r.reject(field, "form.too_long", "max", longest)
	}
	return typed
}
