package e2e_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"bastida/internal/kernel/civil"
)

// TestTheCheckerChecks makes sure that the tests below can fail.
func TestTheCheckerChecks(t *testing.T) {
	t.Parallel()
	b := open(t, start(t, "", civil.MustParse("2020-02-03")), desk)
	b.visit("/ui")
	b.run(chromedp.Evaluate(`document.querySelector('main').innerHTML = '<input><button></button><p style="color:#ccc;background:#fff">pale</p>'`, nil))
	found := map[string]bool{}
	for _, v := range b.violations() {
		found[v.ID] = true
	}
	for _, want := range []string{"label", "button-name"} {
		if !found[want] {
			t.Errorf("a page that breaks %q passes", want)
		}
	}
	if len(*b.console) == 0 {
		t.Error("a style of its own passes the security policy without a complaint")
	}
}

// looks are the four ways in which every page is checked.
var looks = []look{
	{width: 1366, height: 768}, {width: 390, height: 844},
	{width: 1366, height: 768, dark: true}, {width: 390, height: 844, dark: true},
}

func (l look) String() string { return fmt.Sprintf("%d wide, dark %v", l.width, l.dark) }
