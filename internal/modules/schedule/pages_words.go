package schedule

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"bastida/engine/timetable"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/timetables"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
)

func runName(ctx context.Context, r timetables.Run) string {
	return i18n.T(ctx, "schedule.name."+string(r.Origin), "number", r.Number, "base", r.BaseNumber)
}

func stateTag(ctx context.Context, r timetables.Run) ui.Tag {
	tone := map[timetables.State]ui.Tone{timetables.Queued: ui.Info, timetables.Running: ui.Info, timetables.Done: ui.Plain, timetables.Cancelled: ui.Warn, timetables.Failed: ui.Crit, timetables.Accepted: ui.OK}[r.State]
	return ui.Tag{Tone: tone, Text: i18n.T(ctx, "timetables.run.state."+string(r.State))}
}

// headline says in a sentence what a run achieves, and whether that is proven.
func headline(ctx context.Context, r timetables.Run) string {
	switch {
	case r.UnderWay(), r.State == timetables.Failed:
		return ""
	case r.Origin == timetables.Replan:
		return replanHeadline(ctx, r)
	case r.Unplaced == 0:
		return i18n.T(ctx, "schedule.sum.all", "count", r.Sessions)
	case r.Unplaced == r.Fewest:
		return i18n.T(ctx, "schedule.sum.some_proven", "placed", r.Sessions, "left", r.Unplaced)
	}
	return i18n.T(ctx, "schedule.sum.some", "placed", r.Sessions, "left", r.Unplaced, "fewest", r.Fewest)
}

func replanHeadline(ctx context.Context, r timetables.Run) string {
	said := i18n.T(ctx, "schedule.sum.same")
	switch {
	case r.Changed > 0 && r.Proven():
		said = i18n.T(ctx, "schedule.sum.moves_proven", "moved", r.Changed, "all", r.Sessions)
	case r.Changed > 0:
		said = i18n.T(ctx, "schedule.sum.moves", "moved", r.Changed, "all", r.Sessions, "least", r.AtLeast)
	}
	if r.Unplaced > 0 {
		said += " " + i18n.T(ctx, "schedule.sum.lost", "count", r.Unplaced)
	}
	return said
}

// gapText says how much a better proposal could save.
func gapText(ctx context.Context, r timetables.Run) string {
	if r.Gap() == 0 {
		return i18n.T(ctx, "schedule.gap.none")
	}
	const tenths = 1000
	return i18n.T(ctx, "schedule.gap.some", "percent", float64(int(r.Gap()*tenths+0.5))/10)
}

// when says the day and the hours of a session.
func when(ctx context.Context, x timetable.Session) string {
	return i18n.F(ctx, planning.DateOf(x.Day)) + ", " + hoursText(x)
}

// dayName is a day with its weekday.
func dayName(ctx context.Context, d timetable.Day) string {
	name, err := timetable.Weekday(d.Weekday()).MarshalText()
	if err != nil {
		return i18n.F(ctx, planning.DateOf(d))
	}
	return i18n.T(ctx, "schedule.run.weekdays."+string(name)) + " " + i18n.F(ctx, planning.DateOf(d))
}

// leftRow is a group some of whose sessions have no place, for the same reasons
// as the first of them.
type leftRow struct {
	Group   string
	Numbers []int
	Reasons []timetable.Reason
	Remedy  *timetable.Remedy
	Sheet   *timetables.Sheet
}

func leftRows(sheet timetables.Sheet) (rows []leftRow) {
	last := ""
	for _, u := range sheet.Plan.Unplaced {
		if u.Group == last {
			rows[len(rows)-1].Numbers = append(rows[len(rows)-1].Numbers, u.Index)
			continue
		}
		last = u.Group
		rows = append(rows, leftRow{Group: sheet.Names[u.Group], Numbers: []int{u.Index}, Reasons: u.Reasons, Remedy: u.Remedy, Sheet: &sheet})
	}
	return rows
}

var leftTable = &table.Table[leftRow]{
	Subject: "schedule.left", Size: 25,
	Columns: []*table.Column[leftRow]{
		table.Text("group", func(l leftRow) string { return l.Group }),
		table.Said("numbers", func(ctx context.Context, l leftRow) string {
			var said []string
			for _, n := range l.Numbers {
				said = append(said, i18n.F(ctx, n))
			}
			return strings.Join(said, ", ")
		}),
		table.Said("reasons", func(ctx context.Context, l leftRow) string { return strings.Join(reasonTexts(ctx, l), " ") }).
			Cell(func(ctx context.Context, l leftRow) templ.Component { return reasonList(reasonTexts(ctx, l)) }).Wide(),
		table.Said("remedy", remedyText).Wide(),
	},
}

// reasonTexts says what rules a session out: which rule, for whom, and how many
// of the possibilities.
func reasonTexts(ctx context.Context, l leftRow) (said []string) {
	for _, r := range l.Reasons {
		text := i18n.T(ctx, "schedule.reason."+string(r.Code))
		var who []string
		for _, code := range r.Supervisors {
			if name := l.Sheet.Names[code]; name != "" {
				who = append(who, name)
			}
		}
		if len(who) > 0 {
			text += ": " + strings.Join(who, ", ")
		}
		if r.Options > 0 {
			text += " " + i18n.T(ctx, "schedule.options", "options", r.Options, "of", r.Of)
		}
		said = append(said, text+".")
	}
	return said
}

// remedyText says the smallest change that would give the session a place. Days
// that are past do not come back.
func remedyText(ctx context.Context, l leftRow) string {
	r := l.Remedy
	switch {
	case r == nil:
		return i18n.T(ctx, "schedule.no_remedy")
	case r.Day != 0 && r.Day.String() < l.Sheet.Today:
		return i18n.T(ctx, "schedule.no_days")
	}
	names := l.Sheet.Names
	said := i18n.T(ctx, "schedule.remedy."+string(r.Code), "supervisor", names[r.Supervisor], "place", placeName(ctx, names, r.Place),
		"day", planning.DateOf(r.Day), "profession", i18n.T(ctx, "profession."+r.Profession), "language", language(ctx, r.Language), "member", names[r.Member],
		"amount", r.Amount, "hours", float64(r.Amount)/60)
	return said + " " + i18n.T(ctx, "schedule.gains", "count", r.Gains)
}

// language names a language, where it has a name.
func language(ctx context.Context, code string) string {
	if key := "ui.language." + code; i18n.Has(ctx, key) {
		return i18n.T(ctx, key)
	}
	return code
}

// wordKeys are the message keys of what is coded: every rule and remedy of the
// engine, and the names of runs and views.
func wordKeys() (keys []string) {
	for _, code := range []timetable.ReasonCode{
		timetable.ReasonGranted, timetable.ReasonSupervisor, timetable.ReasonProfession, timetable.ReasonLanguage, timetable.ReasonBody,
		timetable.ReasonGroup, timetable.ReasonSeason, timetable.ReasonGroupAway, timetable.ReasonClosed, timetable.ReasonOneSupervisor,
		timetable.ReasonAway, timetable.ReasonHours, timetable.ReasonSeasonLimit, timetable.ReasonWeekLimit, timetable.ReasonBusy,
		timetable.ReasonRoom, timetable.ReasonMember, timetable.ReasonSpacing, timetable.ReasonCombination,
	} {
		keys = append(keys, "schedule.reason."+string(code))
	}
	for _, code := range []timetable.RemedyCode{
		timetable.RemedyWeekSessions, timetable.RemedyWeekMinutes, timetable.RemedyAvailable, timetable.RemedyOpen, timetable.RemedyGroupAvailable,
		timetable.RemedyRoom, timetable.RemedyMaxDays, timetable.RemedyMinDays, timetable.RemedyMember, timetable.RemedySeasonSessions,
		timetable.RemedySeasonMinutes, timetable.RemedyGranted, timetable.RemedySeason, timetable.RemedyOther, timetable.RemedyLanguage,
		timetable.RemedyProfession, timetable.RemedyNewSupervisor,
	} {
		keys = append(keys, "schedule.remedy."+string(code))
	}
	for _, origin := range []timetables.Origin{timetables.Proposal, timetables.Rerun, timetables.Replan} {
		keys = append(keys, "schedule.name."+string(origin))
	}
	for _, view := range []string{byGroup, byWeek, byChange, leftOut} {
		keys = append(keys, "schedule.view."+view)
	}
	return append(keys, "schedule.confirm.proposal", "schedule.confirm.replan", "schedule.propose", "schedule.propose.text", "schedule.replan",
		"schedule.replan.text", "schedule.again", "schedule.again.text")
}

// hoursText says from when to when a session is.
func hoursText(x timetable.Session) string {
	return sessions.Session{Start: int(x.Start), Minutes: x.Minutes}.Hours()
}

func whoAndWhere(ctx context.Context, names map[string]string, x timetable.Session) string {
	place := placeName(ctx, names, x.Place)
	if who := names[x.Supervisor]; who != "" {
		return who + ", " + place
	}
	return place
}

func weekdaysText(ctx context.Context, days []string) string {
	var said []string
	for _, day := range days {
		said = append(said, i18n.T(ctx, "schedule.run.weekdays."+day))
	}
	return strings.Join(said, ", ")
}

// causeText says after what a replan was asked for.
func causeText(ctx context.Context, v runView) string {
	p := v.Params.V
	switch {
	case p.Cancelled != "":
		return i18n.T(ctx, "schedule.cause.cancelled")
	case p.AwayFrom.IsZero():
		return i18n.T(ctx, "schedule.cause.register", "supervisor", v.Names[p.Supervisor.String()])
	case p.AwayTo.IsZero():
		return i18n.T(ctx, "schedule.cause.day", "supervisor", v.Names[p.Supervisor.String()], "day", p.AwayFrom)
	}
	return i18n.T(ctx, "schedule.cause.days", "supervisor", v.Names[p.Supervisor.String()], "from", p.AwayFrom, "to", p.AwayTo)
}
