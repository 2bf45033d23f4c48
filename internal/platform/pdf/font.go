package pdf

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// face is a font of which a document uses some characters. Each character has a
// number in the document, in the order of first use; the glyphs of the embedded
// font have the same numbers.
type face struct {
	name   string
	tables map[string][]byte
	font   *sfnt.Font
	buffer sfnt.Buffer
	runes  []rune // by number, from 1; the first is no character
	ids    map[rune]int
}

func faces() (regular, bold *face, err error) {
	if regular, err = newFace("GoRegular", goregular.TTF); err != nil {
		return nil, nil, err
	}
	bold, err = newFace("GoBold", gobold.TTF)
	return regular, bold, err
}

func newFace(name string, raw []byte) (*face, error) {
	font, err := sfnt.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", name, err)
	}
	f := &face{name: name, font: font, tables: map[string][]byte{}, runes: []rune{0}, ids: map[rune]int{}}
	for i := range int(binary.BigEndian.Uint16(raw[4:])) {
		entry := raw[12+16*i:]
		from, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		f.tables[string(entry[:4])] = raw[from : from+length]
	}
	return f, nil
}

// lacking is drawn for what the font has not.
const lacking = '□'

// glyph is the glyph of a character in the whole font.
func (f *face) glyph(r rune) uint16 {
	for _, try := range []rune{r, plain[r], lacking} {
		if g, err := f.font.GlyphIndex(&f.buffer, try); err == nil && g != 0 {
			return uint16(g)
		}
	}
	return 0
}

// plain are characters that look like another.
var plain = map[rune]rune{'\u00a0': ' ', '\u202f': ' ', '\u2011': '-'}

func (f *face) id(r rune) int {
	id, known := f.ids[r]
	if !known {
		id = len(f.runes)
		f.ids[r], f.runes = id, append(f.runes, r)
	}
	return id
}

// codes are the numbers of the characters of a text, in hexadecimal.
func (f *face) codes(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "%04X", f.id(r))
	}
	return b.String()
}

func (f *face) units() float64 { return float64(binary.BigEndian.Uint16(f.tables["head"][18:])) }

// advance is how wide a glyph is, in units of the font.
func (f *face) advance(glyph uint16) uint16 {
	last := binary.BigEndian.Uint16(f.tables["hhea"][34:]) - 1
	return binary.BigEndian.Uint16(f.tables["hmtx"][4*int(min(glyph, last)):])
}

func (f *face) width(s string, size float64) float64 {
	sum := 0
	for _, r := range s {
		sum += int(f.advance(f.glyph(r)))
	}
	return float64(sum) * size / f.units()
}

// outline is the drawing of a glyph of the whole font.
func (f *face) outline(glyph uint16) []byte {
	loca := f.tables["loca"]
	at := func(i int) uint32 { return binary.BigEndian.Uint32(loca[4*i:]) }
	if binary.BigEndian.Uint16(f.tables["head"][50:]) == 0 {
		at = func(i int) uint32 { return 2 * uint32(binary.BigEndian.Uint16(loca[2*i:])) }
	}
	return f.tables["glyf"][at(int(glyph)):at(int(glyph)+1)]
}

// parts are where an outline that is made of others names them.
func parts(outline []byte) (at []int) {
	const wide, scale, more, twoScales, matrix = 1, 8, 32, 64, 128
	if len(outline) < 10 || signed(outline, 0) >= 0 {
		return nil
	}
	for i := 10; ; {
		flags := binary.BigEndian.Uint16(outline[i:])
		at = append(at, i+2)
		i += 6
		for bit, bytes := range map[uint16]int{wide: 2, scale: 2, twoScales: 4, matrix: 8} {
			if flags&bit != 0 {
				i += bytes
			}
		}
		if flags&more == 0 {
			return at
		}
	}
}

// subset is a font with the glyphs of the characters in use, and of what they
// are made of.
func (f *face) subset() []byte {
	glyphs := []uint16{0}
	for _, r := range f.runes[1:] {
		glyphs = append(glyphs, f.glyph(r))
	}
	var glyf, loca, hmtx []byte
	for i := 0; i < len(glyphs); i++ { // grows by the parts that it finds
		loca = wide(loca, len(glyf))
		outline := slices.Clone(f.outline(glyphs[i]))
		for _, at := range parts(outline) {
			part := binary.BigEndian.Uint16(outline[at:])
			number := slices.Index(glyphs, part)
			if number < 0 {
				number, glyphs = len(glyphs), append(glyphs, part)
			}
			copy(outline[at:], short(nil, number))
		}
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(binary.BigEndian.AppendUint16(hmtx, f.advance(glyphs[i])), f.bearing(glyphs[i])...)
	}
	loca = wide(loca, len(glyf))
	tables := map[string][]byte{"glyf": glyf, "loca": loca, "hmtx": hmtx}
	for _, name := range []string{"head", "hhea", "maxp", "cvt ", "fpgm", "prep"} {
		if raw, has := f.tables[name]; has {
			tables[name] = slices.Clone(raw)
		}
	}
	binary.BigEndian.PutUint32(tables["head"][8:], 0)
	copy(tables["head"][50:], short(nil, 1)) // loca in four bytes
	copy(tables["hhea"][34:], short(nil, len(glyphs)))
	copy(tables["maxp"][4:], short(nil, len(glyphs)))
	return assemble(tables)
}

// bearing is where the drawing of a glyph begins, as the font writes it.
func (f *face) bearing(glyph uint16) []byte {
	metrics := int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	at := 4*int(glyph) + 2
	if int(glyph) >= metrics {
		at = 4*metrics + 2*(int(glyph)-metrics)
	}
	return f.tables["hmtx"][at : at+2]
}

// assemble writes a font file.
func assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	n := len(names)
	power := 1
	for power*2 <= n {
		power *= 2
	}
	log := 0
	for 1<<(log+1) <= n {
		log++
	}
	file := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, 16 * power, log, 16 * (n - power)} {
		file = short(file, v)
	}
	at := 12 + 16*n
	var body []byte
	for _, name := range names {
		raw := tables[name]
		file = append(file, name...)
		file = wide(wide(binary.BigEndian.AppendUint32(file, sum(raw)), at+len(body)), len(raw))
		body = append(body, raw...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	return append(file, body...)
}

// short and wide add a number of a font file. A font is small enough for them.
func short(to []byte, n int) []byte { return append(to, byte(n>>8&0xff), byte(n&0xff)) }

func wide(to []byte, n int) []byte { return short(short(to, n>>16), n) }

// signed reads a number of a font file.
func signed(from []byte, at int) int {
	n := int(binary.BigEndian.Uint16(from[at:]))
	return n - n>>15<<16
}

// sum is the checksum of a table.
func sum(raw []byte) (total uint32) {
	padded := append(slices.Clone(raw), make([]byte, (4-len(raw)%4)%4)...)
	for i := 0; i < len(padded); i += 4 {
		total += binary.BigEndian.Uint32(padded[i:])
	}
	return total
}
