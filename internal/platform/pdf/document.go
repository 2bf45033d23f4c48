package pdf

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Meta is what a document says of itself.
type Meta struct {
	Title    string
	Language string // ISO 639 code
	Author   string // the body that issues it
	Footer   string // on every page, before its number
	Created  time.Time
}

// Fact is a name and its value.
type Fact struct{ Label, Value string }

// Column is the head of a column. Share is its part of the width.
type Column struct {
	Title string
	Share int
	Right bool
}

// Table is rows under heads.
type Table struct {
	Columns []Column
	Rows    [][]string
}

// Document is put together from top to bottom.
type Document struct {
	meta   Meta
	blocks []func(*composer)
}

// New begins a document.
func New(m Meta) *Document {
	m.Title, m.Author, m.Footer = clean(m.Title), clean(m.Author), clean(m.Footer)
	return &Document{meta: m}
}

func (d *Document) add(b func(*composer)) { d.blocks = append(d.blocks, b) }

// Heading adds a heading of level 1 to 3.
func (d *Document) Heading(level int, s string) {
	size := [...]float64{20, 14, 12}[level-1]
	tag := [...]string{"H1", "H2", "H3"}[level-1]
	d.add(func(c *composer) {
		c.gap(size * 0.6)
		c.room(size*leading + 3*bodySize) // a heading is not the last line of a page
		c.flow(c.root.child(tag), style{c.bold, size}, box{margin, inner}, clean(s))
		c.gap(size * 0.3)
	})
}

// Text adds a paragraph.
func (d *Document) Text(s string) { d.paragraph(s, bodySize) }

// Note adds a paragraph in small letters.
func (d *Document) Note(s string) { d.paragraph(s, noteSize) }

func (d *Document) paragraph(s string, size float64) {
	d.add(func(c *composer) {
		c.flow(c.root.child("P"), style{c.regular, size}, box{margin, inner}, clean(s))
		c.gap(size * 0.6)
	})
}

// List adds points without order.
func (d *Document) List(items ...string) {
	const indent = 14
	d.add(func(c *composer) {
		list := c.root.child("L")
		for _, item := range items {
			point := list.child("LI")
			c.room(bodySize * leading)
			c.show(point.child("Lbl"), style{c.regular, bodySize}, margin+2, c.y-bodySize, "• ")
			c.flow(point.child("LBody"), style{c.regular, bodySize}, box{margin + indent, inner - indent}, clean(item))
		}
		c.gap(bodySize * 0.6)
	})
}

// Facts adds names with their values.
func (d *Document) Facts(facts ...Fact) {
	const label = inner / 3
	d.add(func(c *composer) {
		table := c.root.child("Table")
		for _, f := range facts {
			row := table.child("TR")
			name := row.child("TH")
			name.attrs = "<</O/Table/Scope/Row>>"
			c.row([]cell{
				{name, style{c.bold, bodySize}, box{margin, label - 8}, clean(f.Label), false},
				{row.child("TD"), style{c.regular, bodySize}, box{margin + label, inner - label}, clean(f.Value), false},
			})
		}
		c.gap(bodySize * 0.8)
	})
}

// Table adds a table.
func (d *Document) Table(t Table) {
	d.add(func(c *composer) {
		table := c.root.child("Table")
		head := table.child("TR")
		c.row(c.cells(head, "TH", t, nil))
		for _, values := range t.Rows {
			cells := c.cells(table.child("TR"), "TD", t, values)
			if c.y-c.tall(cells) < bottom {
				c.turn()
				c.row(c.cells(nil, "TH", t, nil))
			}
			c.row(cells)
		}
		c.gap(bodySize * 0.8)
	})
}

// cells are those of a row; of the head without values. Without a row they are
// drawn and not read: the head has been read once.
func (c *composer) cells(row *element, tag string, t Table, values []string) (cells []cell) {
	shares, x := 0, float64(margin)
	for _, col := range t.Columns {
		shares += col.Share
	}
	for i, col := range t.Columns {
		w := inner * float64(col.Share) / float64(shares)
		one := cell{style: style{c.regular, tableSize}, box: box{x, w - 6}, right: col.Right}
		if row != nil {
			one.of = row.child(tag)
		}
		if tag == "TH" {
			one.text, one.face = clean(col.Title), c.bold
			if row != nil {
				one.of.attrs = "<</O/Table/Scope/Column>>"
			}
		} else if i < len(values) {
			one.text = clean(values[i])
		}
		cells, x = append(cells, one), x+w
	}
	return cells
}

// clean composes accents and drops what has no shape.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) || r == '\u00ad' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, norm.NFC.String(s))
}

// Bytes lays the document out and writes it.
func (d *Document) Bytes() ([]byte, error) {
	regular, bold, err := faces()
	if err != nil {
		return nil, err
	}
	c := &composer{regular: regular, bold: bold, root: &element{tag: "Document"}}
	c.turn()
	for _, b := range d.blocks {
		b(c)
	}
	c.footers(d.meta)
	return write(d.meta, c), nil
}
