package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode/utf16"
)

const producer = "Bastida"

// writer collects the objects of a file. Object n is the n-th, from 1.
type writer struct{ objects [][]byte }

// reserve returns a number for an object that is written later.
func (w *writer) reserve() int {
	w.objects = append(w.objects, nil)
	return len(w.objects)
}

func (w *writer) set(n int, format string, args ...any) {
	w.objects[n-1] = fmt.Appendf(nil, format, args...)
}

func (w *writer) add(format string, args ...any) int {
	n := w.reserve()
	w.set(n, format, args...)
	return n
}

func (w *writer) stream(dict string, raw []byte) int {
	return w.add("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(raw), raw)
}

// packed adds a compressed stream.
func (w *writer) packed(dict string, raw []byte) int {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(raw) // a buffer takes everything
	_ = z.Close()
	return w.stream(dict+"/Filter/FlateDecode", b.Bytes())
}

// write puts the pages, their structure, the fonts and the metadata into a
// file.
func write(m Meta, c *composer) []byte {
	w := &writer{}
	catalog, pages, root, parents := w.reserve(), w.reserve(), w.reserve(), w.reserve()
	fonts := fmt.Sprintf("<</%s %d 0 R/%s %d 0 R>>", c.regular.name, w.font(c.regular), c.bold.name, w.font(c.bold))
	grey := w.add("[/CalGray<</WhitePoint[0.9505 1 1.089]/Gamma 2.2>>]")
	sheets := make([]int, len(c.pages))
	for i, p := range c.pages {
		drawn := w.packed("", p.drawn.Bytes())
		sheets[i] = w.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources<</Font %s/ColorSpace<</G %d 0 R>>>>/Contents %d 0 R/StructParents %d/Tabs/S>>",
			pages, pageWidth, pageHeight, fonts, grey, drawn, i)
	}
	w.set(pages, "<</Type/Pages/Count %d/Kids[%s]>>", len(sheets), refs(sheets))
	written := map[*element]int{}
	document := w.element(c.root, root, sheets, written)
	w.set(root, "<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d>>", document, parents, len(sheets))
	w.set(parents, "<</Nums[%s]>>", w.owners(c, written))
	meta := w.stream("/Type/Metadata/Subtype/XML", packet(m))
	w.set(catalog, "<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang %s/Metadata %d 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
		pages, root, said(m.Language), meta)
	info := w.add("<</Title %s/Author %s/Producer %s/CreationDate(D:%sZ)>>", said(m.Title), said(m.Author), said(producer), m.Created.UTC().Format("20060102150405"))
	return w.file(catalog, info)
}

// owners say for each page which element each of its marks belongs to.
func (w *writer) owners(c *composer, written map[*element]int) string {
	var b strings.Builder
	for i, p := range c.pages {
		own := make([]int, len(p.marks))
		for k, e := range p.marks {
			own[k] = written[e]
		}
		fmt.Fprintf(&b, "%d %d 0 R ", i, w.add("[%s]", refs(own)))
	}
	return b.String()
}

// element adds a node of the structure and what is below it.
func (w *writer) element(e *element, parent int, sheets []int, written map[*element]int) int {
	n := w.reserve()
	written[e] = n
	var kids strings.Builder
	for _, m := range e.marks {
		fmt.Fprintf(&kids, "<</Type/MCR/Pg %d 0 R/MCID %d>>", sheets[m.page], m.id)
	}
	for _, kid := range e.kids {
		fmt.Fprintf(&kids, "%d 0 R ", w.element(kid, n, sheets, written))
	}
	attrs := ""
	if e.attrs != "" {
		attrs = "/A" + e.attrs
	}
	w.set(n, "<</Type/StructElem/S/%s/P %d 0 R%s/K[%s]>>", e.tag, parent, attrs, kids.String())
	return n
}

// font adds a font with the glyphs in use.
func (w *writer) font(f *face) int {
	raw := f.subset()
	file := w.packed(fmt.Sprintf("/Length1 %d", len(raw)), raw)
	name := tag(raw) + "+" + f.name
	head, hhea := f.tables["head"], f.tables["hhea"]
	scaled := func(table []byte, at int) int {
		return int(float64(signed(table, at)) * 1000 / f.units())
	}
	descriptor := w.add("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>",
		name, scaled(head, 36), scaled(head, 38), scaled(head, 40), scaled(head, 42), scaled(hhea, 4), scaled(hhea, 6), scaled(hhea, 4), file)
	var widths strings.Builder
	for _, r := range f.runes[1:] {
		fmt.Fprintf(&widths, "%.0f ", float64(f.advance(f.glyph(r)))*1000/f.units())
	}
	descendant := w.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[1[%s]]>>", name, descriptor, widths.String())
	return w.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, descendant, w.packed("", f.meaning()))
}

// tag is the name of a subset: six letters that its content decides.
func tag(raw []byte) string {
	sum := sha256.Sum256(raw)
	letters := make([]byte, 6)
	for i := range letters {
		letters[i] = 'A' + sum[i]%26
	}
	return string(letters)
}

// meaning says which character each number of a font is.
func (f *face) meaning() []byte {
	const most = 100 // in one block of the format
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for from := 1; from < len(f.runes); from += most {
		block := f.runes[from:min(from+most, len(f.runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, r := range block {
			fmt.Fprintf(&b, "<%04X><", from+i)
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// packet is the metadata as XMP.
func packet(m Meta) []byte {
	escape := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
		return b.String()
	}
	at := m.Created.UTC().Format("2006-01-02T15:04:05Z")
	return fmt.Appendf(nil, `<?xpacket begin="`+"\ufeff"+`" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><pdf:Producer>%s</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`, escape(m.Title), escape(m.Author), escape(m.Language), at, producer)
}

// said is a text of the file, outside the pages.
func said(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteByte('>')
	return b.String()
}

func refs(numbers []int) string {
	var b strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&b, "%d 0 R ", n)
	}
	return b.String()
}

// file writes the objects with their table. The identity of the file is the
// fingerprint of its content.
func (w *writer) file(catalog, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(w.objects))
	for i, object := range w.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	id := sha256.Sum256(b.Bytes())
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, catalog, info, id[:16], id[:16], start)
	return b.Bytes()
}
