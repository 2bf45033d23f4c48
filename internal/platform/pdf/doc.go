// Package pdf writes official documents as PDF that everybody can read: with
// their structure, so that a screen reader says what is a heading, a list or
// the head of a column, and with their fonts, so that they look the same in
// twenty years.
//
//	doc := pdf.New(pdf.Meta{Title: "Certificat 12/2020", Language: "ca", Author: "Diputació", Created: now})
//	doc.Heading(1, "Certificat d’assistència")
//	doc.Text("Es certifica que …")
//	doc.Facts(pdf.Fact{Label: "Hores", Value: "18"})
//	doc.Table(pdf.Table{Columns: []pdf.Column{{Title: "Dia", Share: 1}, {Title: "Hores", Share: 1, Right: true}}, Rows: rows})
//	raw, err := doc.Bytes()
//
// The promises: the same document gives the same bytes; nothing is fetched;
// text can be copied and searched, accents and ela geminada included; a
// character that the font lacks is drawn as a box and still read as itself.
// Pages are A4 in one column. Tables repeat their head on each page.
//
// The file declares PDF/A-2a and PDF/UA-1. Fonts are the Go fonts, embedded
// with the glyphs that are used.
package pdf
