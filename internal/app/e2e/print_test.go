package e2e_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"bastida/internal/kernel/civil"
)

// mostSheets is how many sheets of paper a page may take.
const mostSheets = 3

// TestPaperShowsOnlyWhatMatters prints what people keep or hand over.
func TestPaperShowsOnlyWhatMatters(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("NOT TESTED ON PAPER: no pdftotext on this machine (Debian: apt-get install poppler-utils)")
	}
	s := start(t, "", civil.MustParse("2020-02-03"))
	b := open(t, s, desk)
	r := &road{visitor: s.visitor(t)}
	r.apply()
	r.submit()
	b.visit("/catalogue?words=supervisi%C3%B3")
	b.press(resourceWanted)
	b.paper("the sheet of a resource", resourceWanted, "20270")
	b.signIn(officerOf, officerRole)
	b.visit(r.application + "/receipt")
	b.paper("a receipt", "Rebut 2020-20270-", "SHA-256")
}

// paper prints the page, which must hold the words, and nothing to press.
func (b browser) paper(name string, words ...string) {
	b.t.Helper()
	var pdf []byte
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithGenerateTaggedPDF(true).Do(ctx)
		return err
	}))
	file := filepath.Join(b.t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		b.t.Fatal(err)
	}
	text, err := exec.CommandContext(b.t.Context(), "pdftotext", file, "-").Output()
	if err != nil {
		b.t.Fatal(err)
	}
	said := strings.Join(strings.Fields(string(text)), " ")
	sheets := strings.Count(string(text), "\f")
	b.t.Logf("%s takes %d sheets", name, sheets)
	if sheets > mostSheets {
		b.t.Errorf("%s takes %d sheets", name, sheets)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			b.t.Errorf("%s on paper lacks %q:\n%.600s", name, w, said)
		}
	}
	for _, chrome := range []string{"Ctrl K", "Entra", "Català", "Ves al contingut", "Afegeix a la carpeta", "Canvia el dia"} {
		if strings.Contains(said, chrome) {
			b.t.Errorf("%s on paper shows %q:\n%.600s", name, chrome, said)
		}
	}
}
