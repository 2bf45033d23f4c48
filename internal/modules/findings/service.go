package findings

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/teams"
	"bastida/internal/modules/territory"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
)

// Deps are what the service works with.
type Deps struct {
	DB        *db.DB
	Territory *territory.Service
	Teams     *teams.Service
	Wellbeing *wellbeing.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps
	tabs []func(context.Context) []Tab
}

// New returns the service, which makes figures of what wellbeing gathers.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if d.Wellbeing != nil {
		d.Wellbeing.OnPublish(s.publish)
	}
	return s
}

// Tab is a place beside the pages of this module.
type Tab struct{ Href, Label string }

// OfferTabs adds the pages of higher modules to the tabs.
func (s *Service) OfferTabs(tabs func(context.Context) []Tab) { s.tabs = append(s.tabs, tabs) }

// publish keeps what may be told of a round. wellbeing asks for it, in the
// transaction in which it destroys the answers.
func (s *Service) publish(tx *db.Tx, r wellbeing.Round, answers map[record.ID][]wellbeing.Ballot) error {
	limits, err := s.limits(tx.Context)
	if err != nil {
		return err
	}
	earlier, err := releasesOf(tx, r.Instrument)
	if err != nil {
		return err
	}
	out, err := reckon(r, answers, limits, earlier)
	if err != nil {
		return err
	}
	return releases.Insert(tx, &out)
}

// limits are the figures of the tenant below which nothing is shown. One that is
// missing stops the publication.
func (s *Service) limits(ctx context.Context) (l Limits, err error) {
	for key, into := range map[string]*Limit{
		"disclosure.min_group":                &l.MinGroup,
		"disclosure.min_answers":              &l.MinAnswers,
		"disclosure.min_answers_distribution": &l.MinAnswersDistribution,
		"disclosure.min_answers_sensitive":    &l.MinAnswersSensitive,
		"disclosure.min_difference":           &l.MinDifference,
		"disclosure.min_difference_sensitive": &l.MinDifferenceSensitive,
	} {
		p, err := s.Territory.Parameter(ctx, key, s.Wellbeing.Today())
		if f := fault.Of(err); f != nil {
			return l, fault.New(fault.Conflict, f.Key, f.Args...)
		}
		if err != nil {
			return l, err
		}
		*into = Limit{int(p.Value), p.Source}
	}
	return l, nil
}

// Results is what was published of a round, as far as the actor may see it.
type Results struct {
	Round   wellbeing.Round
	Release Release
}

// Results returns what was published of a round.
func (s *Service) Results(ctx context.Context, id record.ID) (found Results, err error) {
	if err := Read.Require(ctx); err != nil {
		return found, err
	}
	if found.Round, err = s.Wellbeing.Round(ctx, id); err != nil {
		return found, err
	}
	if found.Round.State != wellbeing.Published {
		return found, fault.New(fault.NotFound, "findings.not_published")
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found.Release, err = releaseOf(tx, id)
		return err
	})
	found.Release = found.Release.Within(within(ctx))
	return found, err
}

// Trend returns what was published with an instrument, oldest first.
func (s *Service) Trend(ctx context.Context, instrument string) (found []Release, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = releasesOf(tx, instrument)
		return err
	})
	for i := range found {
		found[i] = found[i].Within(within(ctx))
	}
	return found, err
}

// TakingPart is how many of a team answered, in the last round that tells it.
type TakingPart struct {
	Round           record.ID
	Title           string
	Answers, People int
}

// TakingPart returns the last figures of taking part that were published, by team.
func (s *Service) TakingPart(ctx context.Context) (found map[record.ID]TakingPart, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, err
	}
	var all []Release
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err = newest(tx)
		return err
	})
	found = map[record.ID]TakingPart{}
	for _, r := range all {
		for _, u := range r.Within(within(ctx)).Units.V {
			f := r.Figure(u.ID, participation, "participation")
			if _, known := found[u.TeamID]; u.TeamID != "" && !known && f.Withheld == nil {
				found[u.TeamID] = TakingPart{r.RoundID, r.Title, f.Answers, u.People}
			}
		}
	}
	return found, err
}

// within tells of a unit whether the actor may see its results.
func within(ctx context.Context) func(Unit) bool {
	a := actor.From(ctx)
	return func(u Unit) bool { return Read.Decide(a, access.Place{Body: u.BodyID}).Allowed }
}
