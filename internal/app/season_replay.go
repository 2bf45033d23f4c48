package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pack"
)

// replaySeasons lets the sessions of the invented seasons be held up to a day,
// the day itself left out: whoever walks the demonstration holds that day's.
func (a *App) replaySeasons(ctx context.Context, day civil.Date) error {
	return a.eachSeason(func(code string, s pack.DemoSeason) error { return a.replaySeason(ctx, code, s, day) })
}

func (a *App) replaySeason(ctx context.Context, code string, s pack.DemoSeason, day civil.Date) error {
	c, err := a.castOf(ctx, code)
	if err != nil {
		return err
	}
	ctx = c.as(ctx)
	programme, known, err := a.seasonOf(ctx, s)
	if err != nil || !known || programme.State != supervision.Open {
		return err
	}
	groups, err := a.supervision.Groups(ctx, programme.ID)
	if err != nil {
		return err
	}
	planned, err := a.sessions.OfProgramme(ctx, programme.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(planned, func(x, y sessions.Session) int { return cmp.Or(x.Day.Compare(y.Day), cmp.Compare(x.Start, y.Start)) })
	for _, session := range planned {
		if session.State != sessions.Planned || !session.Day.Before(day) {
			continue
		}
		var group pack.DemoGroup // of one that somebody added, nothing is known beforehand
		if i := slices.IndexFunc(groups, func(g supervision.Group) bool { return g.ID == session.GroupID }); i < len(s.Groups) {
			group = s.Groups[i]
		}
		if err := a.holdSession(ctx, session, group); err != nil {
			return fmt.Errorf("session of %s on %s: %w", session.GroupName, session.Day, err)
		}
	}
	if opened := s.Evaluation.Opened; opened.IsZero() || !opened.Before(day) {
		return nil
	}
	return a.replayRatings(ctx, c, programme, s)
}

// replayRatings lets the bodies say half-way what they think, all on the day on
// which they were asked.
func (a *App) replayRatings(ctx context.Context, c cast, programme supervision.Programme, s pack.DemoSeason) error {
	if all, err := a.evaluation.RatingsOf(ctx, programme.ID); err != nil || len(all) > 0 {
		return err
	}
	a.Clock.SetTime(at(s.Evaluation.Opened, "09:00"))
	if _, err := a.evaluation.Begin(ctx, programme.ID, evaluation.RoundInput{
		Moment: evaluation.HalfWay, AnswerBy: s.Evaluation.AnswerBy, RemindAfter: 10, RemindMost: 2,
	}); err != nil {
		return err
	}
	all, err := a.evaluation.RatingsOf(ctx, programme.ID)
	if err != nil {
		return err
	}
	a.Clock.SetTime(at(s.Evaluation.Opened, "12:00"))
	codes := map[record.ID]string{}
	for code, b := range c.bodies {
		codes[b.ID] = code
	}
	return a.DB.Do(ctx, func(tx *db.Tx) error {
		for _, r := range all {
			i := slices.IndexFunc(s.Groups, func(g pack.DemoGroup) bool { return g.Name == r.GroupName })
			if i < 0 {
				continue // somebody added the group
			}
			score, given := s.Groups[i].Ratings[codes[r.BodyID]]
			if !given {
				continue
			}
			officer, err := a.officerOf(tx.Context, c.tenant, c.bodies[codes[r.BodyID]])
			if err != nil {
				return err
			}
			as := actor.With(tx.Context, actor.Actor{
				Tenant: c.tenant, User: officer.ID, Name: officer.Name, Role: actor.LocalOfficer, Body: r.BodyID, Via: "demo",
			})
			if _, err := a.evaluation.Rate(as, r.ID, r.Version, evaluation.RatingInput{Score: score}); err != nil {
				return fmt.Errorf("rating of %s: %w", r.BodyName, err)
			}
		}
		return nil
	})
}

// bookSessions plans the sessions of a group as they were agreed beforehand.
func (a *App) bookSessions(ctx context.Context, group record.ID, in pack.DemoGroup) error {
	var all []booking.Booking
	for _, s := range in.Sessions {
		start := at(s.Day, s.Start).In(i18n.Zone)
		all = append(all, booking.Booking{
			Group: group, Day: s.Day, Start: start.Hour()*60 + start.Minute(), Minutes: s.Minutes, Despite: "Calendari inventat",
		})
	}
	if len(all) == 0 {
		return nil
	}
	_, err := a.booking.Book(ctx, all)
	return err
}

// holdSession lets a session be held by whoever supervises the group, or by the
// technician where peers meet by themselves.
func (a *App) holdSession(ctx context.Context, session sessions.Session, in pack.DemoGroup) error {
	end := session.Day.Start(i18n.Zone).Add(time.Duration(session.Start+session.Minutes+5) * time.Minute)
	a.Clock.SetTime(end)
	if session.SupervisorUser != "" {
		who := actor.From(ctx)
		who.User, who.Name, who.Role, who.Membership = session.SupervisorUser, session.SupervisorName, actor.Supervisor, ""
		ctx = actor.With(ctx, who)
	}
	i := slices.IndexFunc(in.Sessions, func(s pack.DemoSession) bool { return s.Day == session.Day })
	people, err := a.supervision.Participants(ctx, session.GroupID)
	if err != nil {
		return err
	}
	return a.DB.Do(ctx, func(tx *db.Tx) error {
		for _, p := range people {
			mark := markOf(in.Sessions, i, p.Email)
			if mark.Mark == sessions.Present {
				continue
			}
			mark.Participant = p.ID
			if _, err := a.sessions.Mark(tx.Context, session.ID, mark); err != nil {
				return err
			}
		}
		session, err := a.sessions.MarkRest(tx.Context, session.ID)
		if err != nil {
			return err
		}
		_, err = a.sessions.Close(tx.Context, session.ID, session.Version, sessions.CloseInput{Minutes: session.Minutes})
		return err
	})
}

// markOf is what became of somebody in the session at a place of the list; one
// that the list does not have was an ordinary one.
func markOf(list []pack.DemoSession, at int, email string) sessions.MarkInput {
	if at < 0 {
		return sessions.MarkInput{Mark: sessions.Present}
	}
	named := func(list []string) bool {
		return slices.ContainsFunc(list, func(e string) bool { return strings.EqualFold(e, email) })
	}
	switch s := list[at]; {
	case named(s.Absent):
		return sessions.MarkInput{Mark: sessions.Absent}
	case named(s.Excused):
		return sessions.MarkInput{Mark: sessions.Excused}
	case named(s.Late):
		return sessions.MarkInput{Mark: sessions.Late, Late: 15}
	default:
		return sessions.MarkInput{Mark: sessions.Present}
	}
}
