package ui

import (
	"context"

	"bastida/internal/kernel/text"
	"bastida/internal/platform/i18n"
)

// Words is a text found for a reader.
type Words struct {
	Text string
	Lang string // of the text, when it is not the reader's; else empty
}

// Find returns a text in the reader's language, or in the first one that has
// it, which the page then names.
func Find(ctx context.Context, t text.Localized) Words {
	if mine := t[i18n.Lang(ctx)]; mine != "" {
		return Words{Text: mine}
	}
	for _, lang := range i18n.Languages {
		if t[lang] != "" {
			return Words{t[lang], lang}
		}
	}
	return Words{}
}

// Note says in which language a text is that the reader did not ask for.
func (w Words) Note(ctx context.Context) string {
	if w.Lang == "" {
		return ""
	}
	return i18n.T(ctx, "ui.only_in", "language", i18n.T(ctx, "ui.language_name."+w.Lang))
}
