package coverage

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are what this module works with.
type Deps struct {
	DB          *db.DB
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Sessions    *sessions.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps

	final    func(ctx context.Context, programme record.ID) (map[record.ID]bool, error)
	onPerson []func(context.Context, PersonView) ([]templ.Component, error)
}

// New returns the service. From then on programmes lead to what their people
// have had.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if d.Supervision != nil {
		d.Supervision.OfferTabs(s.tabs)
	}
	return s
}

// AskFinal tells whom to ask which groups have handed in their final report and
// its questionnaire. It is called while the program is put together.
func (s *Service) AskFinal(ask func(ctx context.Context, programme record.ID) (map[record.ID]bool, error)) {
	s.final = ask
}

// ShowOnPerson adds to the page of a person. It is called while the program is
// put together.
func (s *Service) ShowOnPerson(show func(context.Context, PersonView) ([]templ.Component, error)) {
	s.onPerson = append(s.onPerson, show)
}

func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// inside is a context in which the program reads what has to be counted,
// whoever asks.
//
// Safety: whoever gets what was counted was asked permission for it.
func inside(tx *db.Tx) context.Context { return actor.AsSystem(tx.Context, tx.Tenant, "coverage") }

// Season is everything that is counted in a programme.
type Season struct {
	Facts

	Everybody []supervision.Participant
	First     map[record.ID]civil.Date // of the sessions of a group that were not cancelled
	met, open map[record.ID]bool       // groups that have met, and those with a register that nobody signed
}

// Season counts a programme, everybody in it.
//
// Safety: the caller has asked permission for whatever they show of it.
func (s *Service) Season(tx *db.Tx, p supervision.Programme) (Season, error) {
	return s.season(tx, p, func(supervision.Participant) bool { return true })
}

// season counts a programme. Lines are of the people whom may lets through.
func (s *Service) season(tx *db.Tx, p supervision.Programme, may func(supervision.Participant) bool) (c Season, err error) {
	ctx := inside(tx)
	c = Season{
		Facts: Facts{Programme: p, Today: today(tx), ToCome: map[record.ID]int{}},
		First: map[record.ID]civil.Date{}, met: map[record.ID]bool{}, open: map[record.ID]bool{},
	}
	if c.Groups, err = s.Supervision.Groups(ctx, p.ID); err != nil {
		return c, err
	}
	if c.Everybody, err = s.Supervision.ParticipantsOf(ctx, p.ID); err != nil {
		return c, err
	}
	for _, person := range c.Everybody {
		if may(person) {
			c.People = append(c.People, person)
		}
	}
	planned, err := s.Sessions.OfProgramme(ctx, p.ID)
	if err != nil {
		return c, err
	}
	marks, err := s.Sessions.AttendancesOf(ctx, p.ID)
	c.meet(planned, marks)
	return c, err
}

// meet sorts the sessions of a programme, which come in the order of time.
func (c *Season) meet(all []sessions.Session, marks []sessions.Attendance) {
	attended, unsigned := map[record.ID]map[record.ID]int{}, map[record.ID]bool{}
	for _, a := range marks {
		if attended[a.SessionID] == nil {
			attended[a.SessionID] = map[record.ID]int{}
		}
		attended[a.SessionID][a.ParticipantID] = a.Minutes
		unsigned[a.SessionID] = unsigned[a.SessionID] || a.How == sessions.ByClosing
	}
	for _, row := range all {
		if row.State == sessions.Cancelled {
			continue
		}
		if c.First[row.GroupID].IsZero() {
			c.First[row.GroupID] = row.Day
		}
		if row.State == sessions.Planned {
			c.ToCome[row.GroupID]++
			c.open[row.GroupID] = c.open[row.GroupID] || row.Day.Before(c.Today)
			continue
		}
		c.met[row.GroupID] = true
		c.open[row.GroupID] = c.open[row.GroupID] || unsigned[row.ID]
		c.Meetings = append(c.Meetings, Meeting{row.ID, row.GroupID, row.Day, row.HeldMinutes, attended[row.ID]})
	}
}

// counted reads a programme within reach for whoever reads coverage: bodies the
// lines of their own people.
func (s *Service) counted(ctx context.Context, programme record.ID) (c Season, err error) {
	if err := Read.Require(ctx); err != nil {
		return c, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p, err := s.Supervision.Programme(tx.Context, programme)
		if err != nil {
			return err
		}
		c, err = s.season(tx, p, func(person supervision.Participant) bool { return Read.Check(tx.Context, person.Place()) == nil })
		return err
	})
	return c, err
}

// Filter narrows the lines of a programme.
type Filter struct {
	Words      string
	Only       Only
	Body       record.ID
	Profession profession.Profession
	Kind       profiles.Kind
	Area       string
	Employer   string
}

// Only keeps the lines that stand in a certain way.
type Only string

// The ways.
const (
	OnlyGaps    Only = "gaps"
	OnlyReached Only = "reached"
	OnlyUnknown Only = "not_stated"
)

func (f Filter) keeps(l Line) bool {
	switch {
	case f.Words != "" && !strings.Contains(text.Fold(l.Person.Name), text.Fold(f.Words)),
		f.Body != "" && f.Body != l.Person.BodyID,
		f.Profession != "" && f.Profession != l.Person.Profession,
		f.Kind != "" && f.Kind != l.Kind,
		f.Area != "" && !slices.Contains(l.Areas(), f.Area),
		f.Employer != "" && f.Employer != l.Person.EmployedBy():
		return false
	}
	switch f.Only {
	case OnlyGaps:
		return l.State.Gap()
	case OnlyReached:
		return l.State == Reached
	case OnlyUnknown:
		return l.State == NotStated
	}
	return true
}

// Coverage lists who has had what in a programme, gaps first.
func (s *Service) Coverage(ctx context.Context, programme record.ID, f Filter, p table.Page) (found []Line, total int, err error) {
	c, err := s.counted(ctx, programme)
	for _, l := range c.Lines() {
		if f.keeps(l) {
			found = append(found, l)
		}
	}
	return paged(found, p), len(found), err
}

func paged[T any](all []T, p table.Page) []T {
	from := min(p.Offset(), len(all))
	return all[from:min(from+p.Size, len(all))]
}

// Totals adds a programme up by a dimension, and says what it comes to in all.
func (s *Service) Totals(ctx context.Context, programme record.ID, by Dimension, f Filter) (totals []Total, all Total, err error) {
	c, err := s.counted(ctx, programme)
	if err != nil {
		return nil, all, err
	}
	lines := slices.DeleteFunc(c.Lines(), func(l Line) bool { return !f.keeps(l) })
	totals, all = c.Totals(lines, by)
	return totals, all, nil
}

// PersonView is one person of a programme, with what they have had.
type PersonView struct {
	Programme supervision.Programme
	Person    Person
	Lines     []Line
	More      []templ.Component // of higher modules
}

// Of returns one person of a programme, by any of their participations.
func (s *Service) Of(ctx context.Context, programme, participant record.ID) (v PersonView, err error) {
	c, err := s.counted(ctx, programme)
	if err != nil {
		return v, err
	}
	v.Programme, v.Lines = c.Programme, c.LinesOf(participant)
	if len(v.Lines) == 0 {
		return v, fault.New(fault.NotFound, "record.not_found")
	}
	v.Person = v.Lines[0].Person
	for _, show := range s.onPerson {
		more, err := show(ctx, v)
		if err != nil {
			return v, err
		}
		v.More = append(v.More, more...)
	}
	return v, nil
}

// LinesOf are what somebody has had, by any of their participations.
func (c Season) LinesOf(participant record.ID) []Line {
	return slices.DeleteFunc(c.Lines(), func(l Line) bool { return !l.Person.Is(participant) })
}

// MyLine is what the actor has had in a programme.
type MyLine struct {
	Programme supervision.Programme
	Line
}

// Mine is what the actor of ctx has had in the open programmes in which they
// take part.
func (s *Service) Mine(ctx context.Context) (mine []MyLine, err error) {
	_, joined, err := s.Supervision.MyGroups(ctx)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		seen := map[record.ID]bool{}
		for _, g := range joined {
			if seen[g.ProgrammeID] {
				continue
			}
			seen[g.ProgrammeID] = true
			p, err := s.Supervision.Programme(inside(tx), g.ProgrammeID)
			if err != nil {
				return err
			}
			c, err := s.season(tx, p, func(person supervision.Participant) bool { return person.UserID == tx.Actor.User })
			if err != nil {
				return err
			}
			for _, l := range c.Lines() {
				mine = append(mine, MyLine{p, l})
			}
		}
		return nil
	})
	return mine, err
}
