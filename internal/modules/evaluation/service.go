package evaluation

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Supervision *supervision.Service
	URL         string                                     // of the installation, for letters
	Say         func(lang, key string, args ...any) string // in the language of whoever gets the letter
}

// Service is the verbs of this module.
type Service struct {
	Deps

	rated                      []func(*db.Tx, Rating) error
	invited, reminding, closed []func(*db.Tx, Round) error
	pages
}

// New returns the service. It keeps programmes from closing while an evaluation
// lacks.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if d.Supervision != nil {
		d.Supervision.HoldClosing(s.holds)
	}
	return s
}

// OnRated is told, in the same transaction, of every rating that is given or
// corrected. It is called while the program is put together.
func (s *Service) OnRated(told func(*db.Tx, Rating) error) { s.rated = append(s.rated, told) }

// OnInvite is told when whoever was not asked yet is asked: as a round opens, and
// from time to time after that. OnRemind is told when those who have not answered
// are reminded, and OnClose when nobody can answer any more. All of them work in
// the same transaction.
func (s *Service) OnInvite(told func(*db.Tx, Round) error) { s.invited = append(s.invited, told) }

// OnRemind is described with OnInvite.
func (s *Service) OnRemind(told func(*db.Tx, Round) error) { s.reminding = append(s.reminding, told) }

// OnClose is described with OnInvite.
func (s *Service) OnClose(told func(*db.Tx, Round) error) { s.closed = append(s.closed, told) }

func tell(tx *db.Tx, all []func(*db.Tx, Round) error, r Round) error {
	for _, told := range all {
		if err := told(tx, r); err != nil {
			return err
		}
	}
	return nil
}

func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// everything reads as the program itself, for what must not depend on who asks.
//
// Safety: what is read with it is cut to the actor's reach before it is given
// away.
func everything(ctx context.Context) context.Context {
	return actor.AsSystem(ctx, actor.From(ctx).Tenant, "evaluation")
}

func (s *Service) look(ctx context.Context, f func(*db.Tx) error) error {
	if err := ReadResults.Require(ctx); err != nil {
		return err
	}
	return s.DB.View(ctx, f)
}

func (s *Service) manage(ctx context.Context, f func(*db.Tx) error) error {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// RoundFilter narrows a list of rounds.
type RoundFilter struct {
	Programme record.ID
	State     State
}

// Rounds lists the rounds that concern the actor of ctx.
func (s *Service) Rounds(ctx context.Context, f RoundFilter, p table.Page) (found []Round, total int, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, total, err = roundsWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// Round returns one of them.
func (s *Service) Round(ctx context.Context, id record.ID) (r Round, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		r, err = roundAt(tx, id)
		return err
	})
	return r, err
}

// RatingFilter narrows a list of ratings.
type RatingFilter struct {
	Round, Programme, Group record.ID
	Answer                  Answer
	OpenRounds              bool
}

// Ratings lists ratings within the reach of the actor of ctx.
func (s *Service) Ratings(ctx context.Context, f RatingFilter, p table.Page) (found []Rating, total int, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, total, err = ratingsWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// RatingsOf lists every rating that is expected in a programme, for those who
// see all of it.
func (s *Service) RatingsOf(ctx context.Context, programme record.ID) (found []Rating, err error) {
	if err := ReadResults.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = ratingsOf(tx, "programme_id", programme)
		return err
	})
	return found, err
}

// Due are the ratings that the actor's body has still to give.
func (s *Service) Due(ctx context.Context) ([]Rating, error) {
	if err := Rate.Require(ctx); err != nil {
		return nil, err
	}
	const most = 200
	found, _, err := s.Ratings(ctx, RatingFilter{Answer: Missing, OpenRounds: true}, table.Page{Number: 1, Size: most, Sort: "group_number"})
	return found, err
}

// holds keep a programme from closing: a round that is open, ratings that
// nobody gave, and the final round of a programme with a commitment that was
// never opened.
func (s *Service) holds(ctx context.Context, p supervision.Programme) (held []supervision.Hold, err error) {
	var all []Round
	err = s.DB.View(everything(ctx), func(tx *db.Tx) error {
		all, _, err = roundsWhere(tx, RoundFilter{Programme: p.ID}, table.Page{Number: 1, Size: len(Moments)})
		return err
	})
	final := false
	for _, r := range all {
		final = final || r.Moment == Final
		switch {
		case r.Missing > 0:
			held = append(held, supervision.Hold{Key: "evaluation.hold.missing", Args: []any{"count", r.Missing}, Href: r.Href()})
		case r.State == Open:
			held = append(held, supervision.Hold{Key: "evaluation.hold.open", Href: r.Href()})
		}
	}
	if Promises(p.Rules()) && !final {
		held = append(held, supervision.Hold{Key: "evaluation.hold.never", Href: newHref(p.ID)})
	}
	return held, err
}

// Promises reports whether a profile commits the bodies' ratings to a threshold,
// for every kind of supervision or for some.
func Promises(rules profiles.Profile) bool {
	return slices.ContainsFunc(rules.Figures, func(f profiles.Figure) bool {
		return f.Key == profiles.CommitmentThreshold && f.Value != nil
	})
}

func newHref(programme record.ID) string {
	return "/supervision/programmes/" + programme.String() + "/evaluations/new"
}
