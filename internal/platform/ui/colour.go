package ui

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"bastida/internal/kernel/fault"
)

// MostChroma is the strongest colour that a body may choose.
const MostChroma = 0.11

// TenantStyle is the style sheet of a body: the two numbers that colour it.
func TenantStyle(hue, chroma float64) []byte {
	return fmt.Appendf(nil, ":root{--h:%s;--c:%s}\n", css(hue), css(chroma))
}

func css(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// CheckHue refuses a colour with which some text or edge would be hard to see,
// in the light or in the dark.
func CheckHue(hue, chroma float64) error {
	if !(hue >= 0 && hue <= 360) {
		return fault.New(fault.Invalid, "ui.hue.hue")
	}
	if !(chroma >= 0 && chroma <= MostChroma) {
		return fault.New(fault.Invalid, "ui.hue.chroma", "most", MostChroma)
	}
	for _, p := range pairs {
		for _, t := range []theme{light, dark} {
			if contrastOf(p, t, hue, chroma) < p.least {
				return fault.New(fault.Invalid, "ui.hue.contrast")
			}
		}
	}
	return nil
}

// The contrasts that WCAG 2.2 asks for.
const (
	textContrast = 4.5
	edgeContrast = 3.0
)

// pair is two tokens that are drawn one upon the other.
type pair struct {
	front, back string
	least       float64
}

// pairs are the combinations that ui.css draws.
var pairs = buildPairs()

func buildPairs() []pair {
	var found []pair
	add := func(least float64, fronts, backs string) {
		for front := range strings.FieldsSeq(fronts) {
			for back := range strings.FieldsSeq(backs) {
				found = append(found, pair{front, back, least})
			}
		}
	}
	add(textContrast, "ink ink-2", "bg surface sunken brand-soft")
	add(textContrast, "brand", "bg surface sunken brand-soft")
	add(textContrast, "on-brand", "brand")
	add(textContrast, "rail-ink rail-ink-2", "rail rail-on")
	add(textContrast, "info ok warn crit", "bg surface sunken")
	add(edgeContrast, "edge", "bg surface")
	add(edgeContrast, "brand ok-fill warn-fill crit-fill info", "surface")
	add(edgeContrast, "focus", "bg surface sunken brand-soft")
	for _, tone := range []string{"info", "ok", "warn", "crit"} {
		add(textContrast, tone, tone+"-soft")
	}
	return found
}

// theme says which of the two colours of a token is meant.
type theme int

const (
	light theme = iota
	dark
)

func contrastOf(p pair, t theme, hue, chroma float64) float64 {
	front := paints()[p.front][t].luminance(hue, chroma)
	back := paints()[p.back][t].luminance(hue, chroma)
	return (max(front, back) + 0.05) / (min(front, back) + 0.05)
}

// paint is a colour of the style sheet. A share of the body's chroma takes the
// place of its own chroma; a hue that is not a number is the body's.
type paint struct {
	lightness, chroma, hue float64
	share                  float64
}

var bodyShare = regexp.MustCompile(`^calc\(var\(--c\)\*([\d.]+)\)$`)

// paints are the colours of tokens.css by name: what is checked is what is
// drawn. The light and the dark colour of a token stand on one line there.
var paints = sync.OnceValue(func() map[string][2]paint {
	found := map[string][2]paint{}
	for line := range strings.Lines(string(read("tokens.css"))) {
		name, colours, ok := strings.Cut(strings.TrimSpace(line), ": light-dark(oklch(")
		if !ok {
			continue
		}
		inLight, inDark, _ := strings.Cut(strings.TrimSuffix(colours, "));"), "), oklch(")
		found[strings.TrimPrefix(name, "--")] = [2]paint{parsePaint(inLight), parsePaint(inDark)}
	}
	return found
})

// parsePaint reads the inside of oklch(): lightness, chroma and hue.
func parsePaint(s string) paint {
	parts := strings.Fields(s)
	p := paint{lightness: number(strings.TrimSuffix(parts[0], "%")) / 100, hue: number(parts[2])}
	switch m := bodyShare.FindStringSubmatch(parts[1]); {
	case m != nil:
		p.share = number(m[1])
	case parts[1] == "var(--c)":
		p.share = 1
	default:
		p.chroma = number(parts[1])
	}
	return p
}

// number is the value of a text, or NaN when it is a variable.
func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// luminance is the relative luminance of WCAG, after bringing the colour into
// what screens can show.
func (p paint) luminance(hue, chroma float64) float64 {
	if !math.IsNaN(p.hue) {
		hue = p.hue
	}
	if p.share > 0 {
		chroma *= p.share
	} else {
		chroma = p.chroma
	}
	r, g, b := linearRGB(p.lightness, chroma, hue*math.Pi/180)
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// linearRGB turns OKLCH, with the hue in radians, into linear sRGB by Björn
// Ottosson's matrices.
func linearRGB(lightness, chroma, hue float64) (r, g, b float64) {
	a, bb := chroma*math.Cos(hue), chroma*math.Sin(hue)
	l := cube(lightness + 0.3963377774*a + 0.2158037573*bb)
	m := cube(lightness - 0.1055613458*a - 0.0638541728*bb)
	s := cube(lightness - 0.0894841775*a - 1.2914855480*bb)
	r = clamp(4.0767416621*l - 3.3077115913*m + 0.2309699292*s)
	g = clamp(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s)
	b = clamp(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s)
	return r, g, b
}

func cube(v float64) float64 { return v * v * v }

func clamp(v float64) float64 { return min(max(v, 0), 1) }
