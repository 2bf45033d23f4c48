package app

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

// openCalls says beside the resources of the catalogue until when they can be
// asked for. The catalogue knows nothing of calls, so it is told here.
func (a *App) openCalls(ctx context.Context, resources []record.ID) (map[record.ID][]ui.Notice, error) {
	open, _, err := a.calls.Calls(ctx, calls.CallFilter{State: calls.CallOpen}, table.Page{Number: 1, Size: 1000, Sort: "opens"})
	notices := map[record.ID][]ui.Notice{}
	for _, c := range open {
		if !slices.Contains(resources, c.ResourceID) {
			continue
		}
		notices[c.ResourceID] = append(notices[c.ResourceID], ui.Notice{
			Tone: ui.OK, Text: i18n.T(ctx, "app.open_call", "closes", c.Closes),
			Action: &ui.Link{Href: c.Href(), Label: i18n.T(ctx, "app.open_call.see")},
		})
	}
	return notices, err
}

// finallyRated tells which groups of a programme have had their final
// evaluation answered by all their bodies. Coverage knows nothing of ratings, so
// it is told here.
//
// Safety: it reads ratings as the program itself and gives away only that they
// are there.
func (a *App) finallyRated(ctx context.Context, programme record.ID) (map[record.ID]bool, error) {
	all, err := a.evaluation.RatingsOf(actor.AsSystem(ctx, actor.From(ctx).Tenant, "coverage"), programme)
	done := map[record.ID]bool{}
	for _, r := range all {
		if r.Moment != evaluation.Final {
			continue
		}
		before, seen := done[r.GroupID]
		done[r.GroupID] = r.Answer == evaluation.Given && (before || !seen)
	}
	return done, err
}
