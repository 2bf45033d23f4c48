package wellbeing

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/teams"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are what the service works with.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Teams       *teams.Service
	Instruments []Instrument
	URL         string // where the installation is reached, for slips and letters
	Say         func(lang, key string, args ...any) string
}

// Service is the verbs of this module.
type Service struct {
	Deps
	publish func(*db.Tx, Round, map[record.ID][]Ballot) error
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d} }

// OnPublish says who makes figures of the answers, by team. It is the only way
// that answers leave this module; after it they are destroyed.
func (s *Service) OnPublish(f func(tx *db.Tx, r Round, answers map[record.ID][]Ballot) error) {
	s.publish = f
}

// Today is the day at the office.
func (s *Service) Today() civil.Date { return civil.Of(s.DB.Now().In(i18n.Zone)) }

// Adopted is an instrument with what the body added to it.
type Adopted struct {
	Instrument
	Adoption Adoption
}

// Lacks says what is still to be added, or nil.
func (a Adopted) Lacks() *fault.Fault {
	_, err := Ready(a.Instrument, a.Adoption)
	return fault.Of(err)
}

// Adopted lists every instrument with what the body added to it.
func (s *Service) Adopted(ctx context.Context) (all []Adopted, err error) {
	if err := Adopt.Require(ctx); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		for _, in := range s.Instruments {
			a, err := adoptionOf(tx, in.Key())
			if err != nil {
				return err
			}
			all = append(all, Adopted{in, a})
		}
		return nil
	})
	return all, err
}

// Instrument returns one instrument with what the body added to it.
func (s *Service) Instrument(ctx context.Context, key string) (found Adopted, err error) {
	if err := Adopt.Require(ctx); err != nil {
		return found, err
	}
	if found.Instrument, err = s.Known(key); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found.Adoption, err = adoptionOf(tx, key)
		return err
	})
	return found, err
}

// Known returns an instrument by its key.
func (s *Service) Known(key string) (Instrument, error) {
	i := slices.IndexFunc(s.Instruments, func(in Instrument) bool { return in.Key() == key })
	if i < 0 {
		return Instrument{}, fault.New(fault.NotFound, "record.not_found")
	}
	return s.Instruments[i], nil
}

// Word puts in the wording of an instrument, for which the actor answers.
func (s *Service) Word(ctx context.Context, key string, version int, typed WordingInput) (Adopted, error) {
	return s.adopt(ctx, key, version, func(in Instrument, a *Adoption) error {
		if len(in.Wordings) > 0 {
			return fault.New(fault.Conflict, "wellbeing.own_wording")
		}
		if !slices.Contains(i18n.Languages, typed.Language) {
			var wrong fault.Fields
			wrong.Add("language", "form.not_an_option")
			return wrong.Err()
		}
		return a.word(in, typed, actor.From(ctx).Name, s.Today())
	})
}

// State says how many items of each scale are to be answered, and why so many.
func (s *Service) State(ctx context.Context, key string, version int, typed LeastInput) (Adopted, error) {
	return s.adopt(ctx, key, version, func(in Instrument, a *Adoption) error {
		return a.state(in, typed, actor.From(ctx).Name)
	})
}

func (s *Service) adopt(ctx context.Context, key string, version int, f func(Instrument, *Adoption) error) (found Adopted, err error) {
	if err := Adopt.Check(ctx, access.Place{}); err != nil {
		return found, err
	}
	if found.Instrument, err = s.Known(key); err != nil {
		return found, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		a, err := adoptionOf(tx, key)
		if err != nil {
			return err
		}
		if a.ID == "" {
			if err := f(found.Instrument, &a); err != nil {
				return err
			}
			if err := adoptions.Insert(tx, &a); err != nil {
				return err
			}
			found.Adoption = a
			return nil
		}
		found.Adoption, err = adoptions.Edit(tx, a.ID, version, func(a *Adoption) error { return f(found.Instrument, a) })
		return err
	})
	return found, err
}

// sheet is an instrument ready to be asked in the tenant of a transaction.
func (s *Service) sheet(tx *db.Tx, key string) (Sheet, error) {
	in, err := s.Known(key)
	if err != nil {
		return Sheet{}, err
	}
	a, err := adoptionOf(tx, key)
	if err != nil {
		return Sheet{}, err
	}
	return Ready(in, a)
}

// find returns a record that the actor may know of.
func find[T any](ctx context.Context, s *Service, perm access.Permission, f func(*db.Tx) (T, error)) (found T, err error) {
	if err := perm.Require(ctx); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = f(tx)
		return err
	})
	return found, err
}

// placeOf is the body of a record of this module.
func placeOf(body record.ID) access.Place { return access.Place{Body: body} }
