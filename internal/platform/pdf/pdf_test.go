package pdf_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bastida/internal/platform/pdf"
)

var issued = time.Date(2020, 12, 4, 10, 30, 0, 0, time.UTC)

func document() *pdf.Document {
	doc := pdf.New(pdf.Meta{Title: "Certificat d’assistència 12/2020", Language: "ca", Author: "Diputació de Prova", Footer: "Núm. 12/2020", Created: issued})
	doc.Heading(1, "Certificat d’assistència")
	doc.Text("Es certifica que Núria Colell i Garcia, treballadora social, ha assistit a la supervisió: 18,5 h, 100 €. È così, señor. " + strings.Repeat("Paraules que fan la línia més llarga. ", 8))
	doc.Heading(2, "Dades")
	doc.Facts(pdf.Fact{Label: "Entitat", Value: "Ajuntament de Vilanova"}, pdf.Fact{Label: "Hores", Value: "18,5"})
	rows := make([][]string, 80)
	for i := range rows {
		rows[i] = []string{"Sessió " + strconv.Itoa(i+1), "2020-03-01", "1,5"}
	}
	doc.Table(pdf.Table{Columns: []pdf.Column{{Title: "Sessió", Share: 3}, {Title: "Dia", Share: 2}, {Title: "Hores", Share: 1, Right: true}}, Rows: rows})
	doc.List("Primer punt", "Segon punt")
	doc.Note("Nota al peu amb cel·la.")
	return doc
}

func write(t *testing.T, doc *pdf.Document) string {
	t.Helper()
	raw, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(name, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// judge runs a program that reads PDF. Where it is not installed the test is
// skipped, loudly.
func judge(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("NOT TESTED: %s is not installed", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestTheSameDocumentGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	a, errA := document().Bytes()
	b, errB := document().Bytes()
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Error("two writings differ:", errA, errB)
	}
}

func TestTheFileIsSound(t *testing.T) {
	t.Parallel()
	out := judge(t, "qpdf", "--check", write(t, document()))
	if !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Error(out)
	}
}

func TestTheStructureIsReadAloud(t *testing.T) {
	t.Parallel()
	out := judge(t, "pdfinfo", "-struct-text", write(t, document()))
	for _, want := range []string{"H1", "H2", "P (block)", "Table", "TH", "TD", "LBody", "Núria Colell i Garcia", "Paraules que fan la línia"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in the structure", want)
		}
	}
	if strings.Count(out, "\"Sessió\"") != 1 {
		t.Error("the head of the table is read once, though it is drawn on each page")
	}
	if strings.Contains(out, "Núm. 12/2020") {
		t.Error("the footer is not part of what is read")
	}
}

func TestPagesAreDrawn(t *testing.T) {
	t.Parallel()
	out := judge(t, "pdftotext", "-layout", write(t, document()), "-")
	for _, want := range []string{"cel·la", "18,5 h,", "È così, señor", "Núria", "Sessió 80"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q on the pages", want)
		}
	}
	if n := strings.Count(out, "Hores"); n != 4 {
		t.Errorf("the head of the table is on every page: %d", n)
	}
}

func TestTheFileSaysWhatItIs(t *testing.T) {
	t.Parallel()
	name := write(t, document())
	for _, want := range []string{"Certificat d’assistència 12/2020", "Diputació de Prova", "Tagged:          yes", "A4"} {
		if out := judge(t, "pdfinfo", "-isodates", name); !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if out := judge(t, "pdfinfo", "-meta", name); !strings.Contains(out, "<pdfaid:part>2</pdfaid:part>") {
		t.Error("no declaration in the metadata:", out)
	}
	fonts := judge(t, "pdffonts", name)
	if strings.Count(fonts, "yes yes yes") != 2 {
		t.Errorf("fonts are embedded, subset and can be read:\n%s", fonts)
	}
}

func TestStrangeTextIsKept(t *testing.T) {
	t.Parallel()
	doc := pdf.New(pdf.Meta{Title: "x", Language: "it", Created: issued})
	doc.Text("composto: e\u0300 \x00 ignoto: 字 lungo: " + strings.Repeat("abcdefghij", 30) + " fine")
	doc.Text("")
	doc.Table(pdf.Table{Columns: []pdf.Column{{Title: "a", Share: 1}}, Rows: [][]string{{}, {""}}})
	name := write(t, doc)
	judge(t, "qpdf", "--check", name)
	out := judge(t, "pdftotext", name, "-")
	for _, want := range []string{"composto: è", "字", "fine"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in %q", want, out)
		}
	}
}
