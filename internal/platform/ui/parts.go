package ui

import "strings"

// toneClass is the class that gives a part the colours of a tone.
func toneClass(t Tone) string {
	switch t {
	case Brand:
		return "tone-brand"
	case Info:
		return "tone-info"
	case OK:
		return "tone-ok"
	case Warn:
		return "tone-warn"
	case Crit:
		return "tone-crit"
	default:
		return ""
	}
}

// toneIcon is the drawing that says a tone without its colour.
func toneIcon(t Tone) string {
	switch t {
	case OK:
		return "circle-check"
	case Warn:
		return "triangle-alert"
	case Crit:
		return "circle-alert"
	default:
		return "info"
	}
}

// loudIcon is toneIcon for the tones that ask for attention or praise.
func loudIcon(t Tone) string {
	switch t {
	case OK, Warn, Crit:
		return toneIcon(t)
	default:
		return ""
	}
}

func tagIcon(t Tag) string {
	if t.Icon != "" {
		return t.Icon
	}
	return loudIcon(t.Tone)
}

func eventIcon(e Event) string {
	if e.Icon != "" {
		return e.Icon
	}
	return toneIcon(e.Tone)
}

// paragraphs cuts a text where blank lines do.
func paragraphs(text string) []string {
	var found []string
	for p := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			found = append(found, p)
		}
	}
	return found
}
