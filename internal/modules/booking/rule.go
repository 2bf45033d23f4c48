package booking

import (
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
)

// Rule is what the programme says of cancelling and making up for sessions.
// Zero is no rule.
type Rule struct {
	RebookDays  int // within which a cancelled session finds another day
	NoticeHours int // before which cancelling costs nothing
}

// ruleOf is the rule of a programme for a group.
func ruleOf(p supervision.Programme, g supervision.Group) Rule {
	days, _ := p.Rules().Figure(profiles.RebookDays, g.Kind)
	notice, _ := p.Rules().Figure(profiles.CancelNoticeHours, g.Kind)
	return Rule{RebookDays: int(days), NoticeHours: int(notice)}
}

// short reports whether a session is cancelled with less notice than asked for.
func (r Rule) short(s sessions.Session, now record.Time, zone *time.Location) bool {
	return r.NoticeHours > 0 && s.Begins(zone).Sub(now.Time) < time.Duration(r.NoticeHours)*time.Hour
}

// until is the last day on which a cancelled session may be made up for.
func (r Rule) until(s sessions.Session) civil.Date {
	if r.RebookDays <= 0 {
		return civil.Date{}
	}
	return s.Day.AddDays(r.RebookDays)
}
