package ui

import (
	"errors"
	"math"
	"testing"

	"bastida/internal/kernel/fault"
)

func TestEveryHueCanBeRead(t *testing.T) {
	t.Parallel()
	lowest := math.Inf(1)
	for hue := 0.0; hue < 360; hue += 10 {
		for chroma := 0.0; chroma <= MostChroma; chroma += 0.01 {
			for _, p := range pairs {
				for _, theme := range []theme{light, dark} {
					got := contrastOf(p, theme, hue, chroma)
					if !(got >= p.least) {
						t.Errorf("%s on %s (theme %d, hue %g, chroma %g): %.2f, want %g", p.front, p.back, theme, hue, chroma, got, p.least)
					}
					lowest = min(lowest, got/p.least)
				}
			}
		}
	}
	t.Logf("the tightest pair has %.0f %% of what it needs", lowest*100)
}

func TestCheckHue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hue, chroma float64
		refused     bool
	}{
		"a usual colour":             {225, 0.07, false},
		"grey":                       {0, 0, false},
		"a colour beyond the circle": {361, 0.05, true},
		"a negative hue":             {-1, 0.05, true},
		"a garish colour":            {20, 0.3, true},
		"not a number":               {math.NaN(), 0.05, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := CheckHue(c.hue, c.chroma)
			if refused := errors.Is(err, fault.Invalid); refused != c.refused {
				t.Errorf("CheckHue(%g, %g) = %v", c.hue, c.chroma, err)
			}
		})
	}
}

func TestContrastOfBlackAndWhite(t *testing.T) {
	t.Parallel()
	white := paint{lightness: 1}.luminance(0, 0)
	black := paint{}.luminance(0, 0)
	if got := (white + 0.05) / (black + 0.05); math.Abs(got-21) > 0.01 {
		t.Errorf("contrast of black and white = %.3f, want 21", got)
	}
}

func TestTenantStyle(t *testing.T) {
	t.Parallel()
	if got, want := string(TenantStyle(150, 0.07)), ":root{--h:150;--c:0.07}\n"; got != want {
		t.Errorf("TenantStyle = %q, want %q", got, want)
	}
}
