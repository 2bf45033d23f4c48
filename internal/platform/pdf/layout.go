package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// An A4 page, in points.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	margin     = 62
	bottom     = 70
	inner      = pageWidth - 2*margin

	bodySize  = 11.0
	tableSize = 10.0
	noteSize  = 9.0
	leading   = 1.4
)

// element is a node of the structure. Its text is where its marks are.
type element struct {
	tag   string
	attrs string
	kids  []*element
	marks []mark
}

type mark struct{ page, id int }

func (e *element) child(tag string) *element {
	kid := &element{tag: tag}
	e.kids = append(e.kids, kid)
	return kid
}

type style struct {
	*face
	size float64
}

// box is a place across the page.
type box struct{ x, across float64 }

type cell struct {
	of *element // nil for what is drawn and not read
	style
	box
	text  string
	right bool
}

// sheet is one page: what is drawn, and which element each mark belongs to.
type sheet struct {
	drawn bytes.Buffer
	marks []*element
}

// composer puts blocks on pages.
type composer struct {
	regular, bold *face
	root          *element
	pages         []*sheet
	y             float64 // of the upper edge of what is still free
}

// turn begins a page.
func (c *composer) turn() {
	p := &sheet{}
	p.drawn.WriteString("/G cs 0 sc /G CS 0.7 SC 0.5 w\n")
	c.pages, c.y = append(c.pages, p), pageHeight-margin
}

func (c *composer) room(height float64) {
	if c.y-height < bottom {
		c.turn()
	}
}

// gap leaves space, except at the top of a page.
func (c *composer) gap(height float64) {
	if c.y < pageHeight-margin {
		c.y -= height
	}
}

// flow sets a text line by line, over as many pages as it takes.
func (c *composer) flow(e *element, s style, b box, text string) {
	for _, line := range s.wrap(text, b.across, s.size) {
		c.room(s.size * leading)
		c.show(e, s, b.x, c.y-s.size, line)
		c.y -= s.size * leading
	}
}

func (c *composer) tall(cells []cell) float64 {
	lines := 1
	for _, one := range cells {
		lines = max(lines, len(one.wrap(one.text, one.across, one.size)))
	}
	return float64(lines)*cells[0].size*leading + 6
}

// row sets cells side by side above a thin line. A row that does not fit begins
// a page.
func (c *composer) row(cells []cell) {
	height := c.tall(cells)
	c.room(height)
	for _, one := range cells {
		y := c.y - one.size - 2
		for _, line := range one.wrap(one.text, one.across, one.size) {
			x := one.x
			if one.right {
				x += one.across - one.width(strings.TrimSuffix(line, " "), one.size)
			}
			c.show(one.of, one.style, x, y, line)
			y -= one.size * leading
		}
	}
	c.y -= height
	fmt.Fprintf(c.page(), "/Artifact BMC %d %.2f m %.2f %.2f l S EMC\n", margin, c.y, pageWidth-margin, c.y)
}

func (c *composer) page() *bytes.Buffer { return &c.pages[len(c.pages)-1].drawn }

// show draws a line of text and says whose it is.
func (c *composer) show(e *element, s style, x, y float64, text string) {
	p := c.pages[len(c.pages)-1]
	if e == nil {
		p.drawn.WriteString("/Artifact BMC ")
	} else {
		fmt.Fprintf(&p.drawn, "/%s <</MCID %d>> BDC ", e.tag, len(p.marks))
		e.marks = append(e.marks, mark{len(c.pages) - 1, len(p.marks)})
		p.marks = append(p.marks, e)
	}
	fmt.Fprintf(&p.drawn, "BT /%s %.1f Tf 1 0 0 1 %.2f %.2f Tm <%s> Tj ET EMC\n", s.name, s.size, x, y, s.codes(text))
}

// footers numbers the pages. They are drawn and not read.
func (c *composer) footers(m Meta) {
	for i, p := range c.pages {
		number := fmt.Sprintf("%d / %d", i+1, len(c.pages))
		right := pageWidth - margin - c.regular.width(number, noteSize)
		text := m.Footer
		if lines := c.regular.wrap(text, inner-60, noteSize); len(lines) > 0 {
			text = lines[0]
		}
		for _, part := range []struct {
			x float64
			s string
		}{{margin, text}, {right, number}} {
			fmt.Fprintf(&p.drawn, "/Artifact <</Type/Pagination/Subtype/Footer>> BDC BT /%s %.1f Tf 1 0 0 1 %.2f 40 Tm <%s> Tj ET EMC\n",
				c.regular.name, noteSize, part.x, c.regular.codes(part.s))
		}
	}
}

// wrap breaks a text into lines. Each keeps its space at the end, so that words
// stay apart when the text is read; a word that is too long is cut.
func (f *face) wrap(text string, width, size float64) (lines []string) {
	if text == "" {
		return nil
	}
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for _, word := range strings.SplitAfter(paragraph, " ") {
			if line != "" && f.width(strings.TrimSuffix(line+word, " "), size) > width {
				lines, line = append(lines, line), ""
			}
			for f.width(strings.TrimSuffix(word, " "), size) > width {
				head, rest := f.cut(word, width, size)
				lines, word = append(lines, head), rest
			}
			line += word
		}
		lines = append(lines, line)
	}
	return lines
}

// cut returns as much of a word as fits, at least one character.
func (f *face) cut(word string, width, size float64) (head, rest string) {
	for i := range word {
		if i > 0 && f.width(word[:i], size) > width {
			return head, word[len(head):]
		}
		head = word[:i]
		if i == 0 {
			head = string([]rune(word)[:1])
		}
	}
	return word, ""
}
