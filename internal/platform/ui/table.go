package ui

import (
	"cmp"
	"context"

	"bastida/internal/platform/i18n"
)

func tableCaption(ctx context.Context, t Table) string {
	return cmp.Or(t.Caption, i18n.T(ctx, "ui.table.caption"))
}

func filterLabel(ctx context.Context, f Form) string {
	return cmp.Or(f.Submit, i18n.T(ctx, "ui.table.filter"))
}

// anyByDefault says of a filter that choosing nothing leaves the list whole.
func anyByDefault(ctx context.Context, f Field) Field {
	f.Blank = cmp.Or(f.Blank, i18n.T(ctx, "ui.form.any"))
	return f
}

// sortIcon shows the order in force, or that there can be one.
func sortIcon(c Column) string {
	switch c.Sorted {
	case "ascending":
		return "arrow-up"
	case "descending":
		return "arrow-down"
	default:
		return "arrow-up-down"
	}
}

// bulkID names the form of the ticked rows; a page may hold several tables.
func bulkID(t Table) string { return "bulk-" + fingerprint(t.Caption, t.Bulk[0].Href) }

// tickID and rowNameID name the two halves of what a row's box is called: what
// it does, and to which row.
func tickID(t Table, r Row) string    { return bulkID(t) + "-tick-" + r.ID }
func rowNameID(t Table, r Row) string { return bulkID(t) + "-row-" + r.ID }

// columnAt is the column of a cell; a row may be longer than the heading.
func columnAt(t Table, at int) Column {
	if at < len(t.Columns) {
		return t.Columns[at]
	}
	return Column{}
}

func columnCount(t Table) int {
	if len(t.Bulk) > 0 {
		return len(t.Columns) + 1
	}
	return len(t.Columns)
}

func pagerRange(ctx context.Context, p Pager) string {
	if p.Total < 0 {
		return i18n.T(ctx, "ui.pager.range_open", "from", p.From, "to", p.To)
	}
	return i18n.T(ctx, "ui.pager.range", "from", p.From, "to", p.To, "total", p.Total)
}
