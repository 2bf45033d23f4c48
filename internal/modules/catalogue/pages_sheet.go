package catalogue

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

// words is a text found for a reader.
type words struct {
	Text string
	Lang string // of the text, when it is not the reader's; else empty
}

// find returns a text in the reader's language, or in the first one that has
// it, which the page then names.
func find(ctx context.Context, t text.Localized) words {
	mine := i18n.Lang(ctx)
	if t[mine] != "" {
		return words{Text: t[mine]}
	}
	for _, lang := range languages {
		if t[lang] != "" {
			return words{t[lang], lang}
		}
	}
	return words{}
}

// note says in which language a text is that the reader did not ask for.
func (w words) note(ctx context.Context) string {
	if w.Lang == "" {
		return ""
	}
	return i18n.T(ctx, "catalogue.only_in", "language", i18n.T(ctx, "catalogue.language."+w.Lang))
}

// saysWhom and saysHow report whether there is anything to say.
func (s Sheet) saysWhom() bool {
	return len(s.RecipientsText)+len(s.Recipients)+len(s.Requirements)+s.MinGroup > 0
}

func (s Sheet) saysHow() bool {
	return s.Window != SheetWindow{} || len(s.Channel)+len(s.Procedure.Name)+len(s.Conditions)+s.MaxApplications+len(s.TermText)+s.Term.Amount > 0
}

// counted says how many, and nothing of what is not stated.
func counted(ctx context.Context, key string, n int) string {
	if n == 0 {
		return ""
	}
	return i18n.T(ctx, key, "count", n)
}

func measure(ctx context.Context, c SheetCommitment) string {
	if c.ScaleMax == 0 {
		return ""
	}
	return i18n.T(ctx, "catalogue.measure", "share", c.Share*100, "least", c.MinScore, "from", c.ScaleMin, "to", c.ScaleMax)
}

func term(ctx context.Context, t SheetTerm) string {
	if t.Amount == 0 {
		return ""
	}
	said := i18n.T(ctx, "catalogue.term."+cmp.Or(t.Unit, "days"), "count", t.Amount)
	if t.From != "" {
		said += " " + i18n.T(ctx, "catalogue.term."+t.From)
	}
	return said
}

// span says two days, of which either may be open.
func span(ctx context.Context, from, to civil.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return ""
	case to.IsZero():
		return i18n.T(ctx, "catalogue.from", "from", from)
	case from.IsZero():
		return i18n.T(ctx, "catalogue.until", "to", to)
	default:
		return i18n.T(ctx, "catalogue.from_to", "from", from, "to", to)
	}
}

func money(ctx context.Context, b SheetBudget) string {
	amount, err := strconv.ParseFloat(b.Amount, 64)
	if err != nil {
		return ""
	}
	return i18n.Decimal(i18n.Lang(ctx), amount, 2) + "\u00a0" + b.Currency
}

func recipientNames(ctx context.Context, s Sheet) string {
	var names []string
	for _, r := range s.Recipients {
		names = append(names, i18n.T(ctx, "catalogue.recipient."+r))
	}
	return strings.Join(names, ", ")
}

// kindName is what the body calls the kind, or what we do.
func kindName(ctx context.Context, s Sheet) string {
	return cmp.Or(find(ctx, s.KindLabel).Text, i18n.T(ctx, "catalogue.kind."+string(s.Kind)))
}

// webAddress completes an address that was printed without its scheme.
func webAddress(address string) string {
	if address == "" || strings.Contains(address, "://") {
		return address
	}
	return "https://" + address
}

// stateTag is a state of a resource as a word.
func stateTag(ctx context.Context, r Resource) ui.Tag {
	tag := ui.Tag{Text: i18n.T(ctx, "catalogue.resource.state."+string(r.State))}
	switch r.State {
	case Draft:
		tag.Icon = "pencil"
	case Published:
		tag.Tone, tag.Icon = ui.OK, "circle-check"
		if r.Changed {
			tag = ui.Tag{Tone: ui.Warn, Icon: "history", Text: i18n.T(ctx, "catalogue.resource.changed")}
		}
	case Withdrawn:
		tag.Icon = "x"
	}
	return tag
}
