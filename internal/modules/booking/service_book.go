package booking

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// planner knows what bookings collide with, and keeps what it has read for the
// bookings that follow in the same transaction.
type planner struct {
	*Service

	tx         *db.Tx
	groups     map[record.ID]supervision.Group
	programmes map[record.ID]supervision.Programme
	members    map[record.ID][]supervision.Participant
	away       map[record.ID][]supervisors.Unavailability // of a span of days
	from, to   civil.Date
	holidays   map[holidayKey][]territory.Holiday
	offices    map[string]territory.Place
}

type holidayKey struct {
	place string
	year  int
}

func (s *Service) planner(tx *db.Tx) *planner {
	return &planner{
		Service: s, tx: tx, groups: map[record.ID]supervision.Group{}, programmes: map[record.ID]supervision.Programme{},
		members: map[record.ID][]supervision.Participant{}, holidays: map[holidayKey][]territory.Holiday{}, offices: map[string]territory.Place{},
	}
}

// remembered returns what is known by a key, and finds out what is not.
func remembered[K comparable, V any](known map[K]V, key K, find func() (V, error)) (V, error) {
	if v, ok := known[key]; ok {
		return v, nil
	}
	v, err := find()
	if err == nil {
		known[key] = v
	}
	return v, err
}

func (p *planner) group(id record.ID) (supervision.Group, error) {
	return remembered(p.groups, id, func() (supervision.Group, error) { return p.Supervision.Group(inside(p.tx), id) })
}

func (p *planner) programme(id record.ID) (supervision.Programme, error) {
	return remembered(p.programmes, id, func() (supervision.Programme, error) { return p.Supervision.Programme(inside(p.tx), id) })
}

func (p *planner) membersOf(group record.ID) ([]supervision.Participant, error) {
	return remembered(p.members, group, func() ([]supervision.Participant, error) { return p.Supervision.Participants(inside(p.tx), group) })
}

// awayOf is when a supervisor cannot work around a day. The whole span of the
// programme is read at once.
func (p *planner) awayOf(supervisor record.ID, s sessions.Session, of supervision.Programme) ([]supervisors.Unavailability, error) {
	if p.away == nil || s.Day.Before(p.from) || s.Day.After(p.to) {
		p.from, p.to = earlier(s.Day, of.Starts), later(s.Day, of.Ends)
		found, err := p.Supervisors.Unavailable(inside(p.tx), p.from, p.to)
		if err != nil {
			return nil, err
		}
		p.away = found
	}
	return p.away[supervisor], nil
}

func earlier(a, b civil.Date) civil.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b civil.Date) civil.Date {
	if b.After(a) {
		return b
	}
	return a
}

// holiday is the name of a day where the session is, when it is a holiday. A
// tenant without a calendar has none.
func (p *planner) holiday(s sessions.Session) (string, error) {
	days, err := remembered(p.holidays, holidayKey{s.PlaceCode, s.Day.Year}, func() ([]territory.Holiday, error) {
		return p.Territory.HolidaysAt(inside(p.tx), s.PlaceCode, s.Day.Year)
	})
	if errors.Is(err, fault.NotFound) {
		return "", nil
	}
	i := slices.IndexFunc(days, func(h territory.Holiday) bool { return h.Date == s.Day })
	if err != nil || i < 0 {
		return "", err
	}
	return days[i].Name.In(i18n.Lang(p.tx.Context)), nil
}

// around gathers what a session may collide with.
func (p *planner) around(s sessions.Session) (w surroundings, err error) {
	w.today = today(p.tx)
	if w.group, err = p.group(s.GroupID); err != nil {
		return w, err
	}
	if w.programme, err = p.programme(s.ProgrammeID); err != nil {
		return w, err
	}
	if w.members, err = p.membersOf(s.GroupID); err != nil {
		return w, err
	}
	if w.others, err = p.Sessions.Around(p.tx, s.GroupID, s.Day); err != nil {
		return w, err
	}
	w.busy = map[record.ID][]supervision.Participant{}
	for _, o := range w.others {
		if o.GroupID != s.GroupID && o.Overlaps(s) {
			if w.busy[o.GroupID], err = p.membersOf(o.GroupID); err != nil {
				return w, err
			}
		}
	}
	if w.away, err = p.awayOf(s.SupervisorID, s, w.programme); err != nil {
		return w, err
	}
	if w.holiday, err = p.holiday(s); err != nil || s.Replaces == "" {
		return w, err
	}
	replaced, err := p.replaceable(s)
	w.replaced = &replaced
	return w, err
}

// replaceable returns the cancelled session that another makes up for. Each is
// made up for once.
func (p *planner) replaceable(s sessions.Session) (sessions.Session, error) {
	replaced, err := p.Sessions.Row(p.tx, s.Replaces)
	if err != nil {
		return replaced, err
	}
	others, err := p.Sessions.ReplacementsOf(p.tx, s.Replaces)
	taken := slices.ContainsFunc(others, func(o sessions.Session) bool { return o.ID != s.ID })
	if err == nil && (replaced.State != sessions.Cancelled || replaced.GroupID != s.GroupID || taken) {
		err = fault.New(fault.Conflict, "booking.not_to_make_up")
	}
	return replaced, err
}

// draft makes a session out of a booking.
func (p *planner) draft(b Booking) (s sessions.Session, err error) {
	g, err := p.group(b.Group)
	if err != nil {
		return s, err
	}
	s = sessions.Session{
		ProgrammeID: g.ProgrammeID, GroupID: g.ID, GroupName: g.Name, SupervisorID: g.SupervisorID, SupervisorUser: g.SupervisorUser,
		SupervisorName: g.SupervisorName, Day: b.Day, Start: b.Start, Minutes: b.Minutes, Room: b.Room, Online: b.Online,
		Despite: b.Despite, Replaces: b.Replaces,
	}
	if err := p.led(&s, b.Supervisor); err != nil {
		return s, err
	}
	return s, p.placed(&s, cmp.Or(b.PlaceCode, g.PlaceCode))
}

// led gives a session a supervisor other than the group's.
func (p *planner) led(s *sessions.Session, by record.ID) error {
	if by == "" || by == s.SupervisorID {
		return nil
	}
	who, err := p.Supervisors.Supervisor(inside(p.tx), by)
	if err != nil {
		return err
	}
	s.SupervisorID, s.SupervisorUser, s.SupervisorName = who.ID, who.UserID, who.Name
	return nil
}

// placed says where a session is. One without a place is online.
func (p *planner) placed(s *sessions.Session, code string) error {
	s.PlaceCode, s.PlaceName = code, ""
	if code == "" {
		return nil
	}
	place, err := remembered(p.offices, code, func() (territory.Place, error) {
		found, err := p.Territory.PlacesByCode(inside(p.tx), code)
		return found[code], err
	})
	if err == nil && place.Code == "" {
		var wrong fault.Fields
		wrong.Add("place", "form.not_an_option")
		return wrong.Err()
	}
	s.PlaceName = place.Name
	return err
}

// check refuses what collides and is not overruled.
func (p *planner) check(s sessions.Session) error {
	w, err := p.around(s)
	if err != nil {
		return err
	}
	return Complaints(w.conflicts(s), s.Despite)
}

// add stores a session and keeps its minutes.
func (p *planner) add(s *sessions.Session) error {
	if err := p.check(*s); err != nil {
		return err
	}
	if err := p.Sessions.Add(p.tx, s); err != nil {
		return err
	}
	return p.Hours.Schedule(p.tx, p.groups[s.GroupID], s.ID, s.Minutes)
}

// Conflicts lists what a booking would collide with.
func (s *Service) Conflicts(ctx context.Context, b Booking) (found []Conflict, err error) {
	if err := sessions.Arrange.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p := s.planner(tx)
		drafted, err := p.draft(b)
		if err != nil {
			return err
		}
		w, err := p.around(drafted)
		found = w.conflicts(drafted)
		return err
	})
	return found, err
}

// Book books sessions, all or none, and invites everybody: one message for each
// person and group.
func (s *Service) Book(ctx context.Context, all []Booking) (booked []sessions.Session, err error) {
	if err := sessions.Arrange.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if err := s.Sessions.Turn(tx); err != nil {
			return err
		}
		p := s.planner(tx)
		for _, b := range all {
			drafted, err := p.draft(b)
			if err != nil {
				return err
			}
			if err := p.add(&drafted); err != nil {
				return err
			}
			booked = append(booked, drafted)
		}
		return s.tell(tx, Booked, booked)
	})
	if err != nil {
		return nil, err
	}
	return booked, nil
}

// MoveInput is where and when a session is to be instead.
type MoveInput struct {
	Supervisor record.ID  `json:"supervisor" doc:"Empty leaves who leads it"`
	Day        civil.Date `json:"day"`
	Start      int        `json:"start" doc:"Minute of the day"`
	Minutes    int        `json:"minutes"`
	PlaceCode  string     `json:"place"`
	Room       string     `json:"room"`
	Online     string     `json:"online"`
	Despite    string     `json:"despite" doc:"Why, although it collides with something that may be overruled"`
}

// Move gives a planned session another time or place, and tells everybody. It
// keeps its number and its hours.
func (s *Service) Move(ctx context.Context, id record.ID, version int, in MoveInput) (moved sessions.Session, err error) {
	if err := sessions.Plan.Require(ctx); err != nil {
		return moved, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if err := s.Sessions.Turn(tx); err != nil {
			return err
		}
		p, before := s.planner(tx), sessions.Session{}
		moved, err = s.Sessions.Change(tx, id, version, func(row *sessions.Session) error {
			before = *row
			return p.move(row, in)
		})
		if err != nil {
			return err
		}
		if err := p.rekeep(before, moved); err != nil || sameCalendar(before, moved) {
			return err
		}
		return s.tell(tx, Moved, []sessions.Session{moved})
	})
	return moved, err
}

func (p *planner) move(s *sessions.Session, in MoveInput) error {
	if err := cmp.Or(sessions.Plan.Check(p.tx.Context, s.Led()), s.Movable()); err != nil {
		return err
	}
	before := *s
	s.Day, s.Start, s.Minutes, s.Room, s.Online, s.Despite = in.Day, in.Start, in.Minutes, in.Room, in.Online, in.Despite
	if err := p.led(s, in.Supervisor); err != nil {
		return err
	}
	if err := p.placed(s, in.PlaceCode); err != nil {
		return err
	}
	if !sameCalendar(before, *s) {
		s.Sequence++
	}
	return p.check(*s)
}

// sameCalendar reports whether nothing changed that an invitation says.
func sameCalendar(a, b sessions.Session) bool {
	return a.Day == b.Day && a.Start == b.Start && a.Minutes == b.Minutes && a.Where() == b.Where() && a.SupervisorID == b.SupervisorID
}

// rekeep keeps the minutes that a moved session takes now.
func (p *planner) rekeep(before, now sessions.Session) error {
	if before.Minutes == now.Minutes {
		return nil
	}
	g, err := p.group(now.GroupID)
	if err != nil {
		return err
	}
	if err := p.Hours.Unschedule(p.tx, g, now.ID); err != nil {
		return err
	}
	return p.Hours.Schedule(p.tx, g, now.ID, now.Minutes)
}
