package catalogue

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

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
	return cmp.Or(ui.Find(ctx, s.KindLabel).Text, i18n.T(ctx, "catalogue.kind."+string(s.Kind)))
}

// webAddress completes an address that was printed without its scheme.
func webAddress(address string) string {
	if address == "" || strings.Contains(address, "://") {
		return address
	}
	return "https://" + address
}

// named offers texts in the reader's language.
func named(ctx context.Context, texts map[string]text.Localized) (options []ui.Option) {
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		options = append(options, ui.Option{Value: key, Label: ui.Find(ctx, texts[key]).Text})
	}
	return sorted(options)
}

func sorted(options []ui.Option) []ui.Option {
	slices.SortStableFunc(options, func(a, b ui.Option) int { return cmp.Compare(text.Fold(a.Label), text.Fold(b.Label)) })
	return options
}
