package supervisors

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
)

// Deps is what the module stands on.
type Deps struct {
	DB        *db.DB
	Identity  *identity.Service
	Territory *territory.Service
	Files     *files.Store
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// today is the day on the calendar at an instant, where the bodies are.
func today(now record.Time) civil.Date { return civil.Of(now.In(i18n.Zone)) }

// Today is the day on the calendar now, where the bodies are.
func (s *Service) Today() civil.Date { return today(s.DB.Now()) }

// ownOnly is the user to whose sheet the actor's reading is limited; empty when
// they read the whole register.
func ownOnly(ctx context.Context) (record.ID, error) {
	if err := Read.Require(ctx); err != nil {
		return "", err
	}
	a := actor.From(ctx)
	if Read.Reach(a) == access.Tenant {
		return "", nil
	}
	return a.User, nil
}

// Supervisors lists the register within the actor's reach.
func (s *Service) Supervisors(ctx context.Context, f Filter, p table.Page) (found []Line, total int, err error) {
	if f.user, err = ownOnly(ctx); err != nil {
		return nil, 0, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, total, err = linesWhere(tx, f, today(tx.Now), p)
		return err
	})
	return found, total, err
}

// All returns everybody within the actor's reach, whatever their state, in the
// order of names.
func (s *Service) All(ctx context.Context) (found []Supervisor, err error) {
	user, err := ownOnly(ctx)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = allOf(tx, user)
		return err
	})
	return found, err
}

// Supervisor returns one supervisor.
func (s *Service) Supervisor(ctx context.Context, id record.ID) (found Supervisor, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = s.get(tx, id, Read)
		return err
	})
	return found, err
}

// get returns a supervisor to whom the actor may do something.
func (s *Service) get(tx *db.Tx, id record.ID, perm access.Permission) (Supervisor, error) {
	if err := perm.Require(tx.Context); err != nil {
		return Supervisor{}, err
	}
	found, err := supervisors.Get(tx, id)
	if err != nil {
		return Supervisor{}, err
	}
	return found, perm.Check(tx.Context, found.Place())
}

// Mine returns the actor's own record. An account made after the record is
// tied to it at the first visit, by its e-mail address.
func (s *Service) Mine(ctx context.Context) (mine Supervisor, err error) {
	a := actor.From(ctx)
	if a.Role != actor.Supervisor || a.User == "" {
		return mine, fault.New(fault.NotFound, "supervisors.not_in_register")
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		found, err := byUser(tx, a.User)
		if err != nil {
			return err
		}
		if len(found) > 0 {
			mine = found[0]
			return nil
		}
		account, err := s.Identity.Account(tx.Context)
		if err != nil {
			return err
		}
		found, err = byEmail(tx, cleanEmail(account.Email))
		if err != nil {
			return err
		}
		if len(found) == 0 || found[0].UserID != "" {
			return fault.New(fault.NotFound, "supervisors.not_in_register")
		}
		mine, err = supervisors.Edit(tx, found[0].ID, db.AnyVersion, func(s *Supervisor) error {
			s.UserID = a.User
			return nil
		})
		return err
	})
	return mine, err
}

// Add enters somebody in the register.
func (s *Service) Add(ctx context.Context, in SupervisorInput) (Supervisor, error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return Supervisor{}, err
	}
	added := Supervisor{State: Active}
	err := s.DB.Do(ctx, func(tx *db.Tx) error {
		if err := s.write(tx, &added, in); err != nil {
			return err
		}
		return supervisors.Insert(tx, &added)
	})
	return added, err
}

// Edit changes what the body wrote about a supervisor. version is what the
// editor saw.
func (s *Service) Edit(ctx context.Context, id record.ID, version int, in SupervisorInput) (edited Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if _, err := s.get(tx, id, Manage); err != nil {
			return err
		}
		edited, err = supervisors.Edit(tx, id, version, func(r *Supervisor) error { return s.write(tx, r, in) })
		return err
	})
	return edited, err
}

// EditContact changes the contact data, by the supervisor or by the body.
func (s *Service) EditContact(ctx context.Context, id record.ID, version int, in SupervisorContactInput) (edited Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		before, err := s.get(tx, id, KeepOwn)
		if err != nil {
			return err
		}
		whole := before.Input()
		whole.Phone, whole.Home = in.Phone, in.Home
		if err := s.checkPlaces(tx, whole); err != nil {
			return err
		}
		edited, err = supervisors.Edit(tx, id, version, func(r *Supervisor) error {
			whole := r.Input()
			whole.Phone, whole.Home = in.Phone, in.Home
			r.write(whole)
			return nil
		})
		return err
	})
	return edited, err
}

// Move takes a step of the life of a supervisor: pause, resume or end.
func (s *Service) Move(ctx context.Context, id record.ID, version int, step string) (moved Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		moved, err = supervisors.Edit(tx, id, version, func(r *Supervisor) error {
			tx.Note("step", supervisors.Name(), r.ID, step)
			return life.Move(tx.Context, r, step)
		})
		return err
	})
	return moved, err
}

// write checks an input against everything that it names, and ties the account
// of its address.
func (s *Service) write(tx *db.Tx, r *Supervisor, in SupervisorInput) error {
	if err := in.check(); err != nil {
		return err
	}
	if err := s.checkPlaces(tx, in); err != nil {
		return err
	}
	var wrong fault.Fields
	if !slices.Contains(profession.All, in.Profession) {
		wrong.Add("profession", "form.not_an_option")
	}
	same, err := byEmail(tx, cleanEmail(in.Email))
	if err != nil {
		return err
	}
	if len(same) > 0 && same[0].ID != r.ID {
		wrong.Add("email", "supervisors.email_taken", "name", same[0].Name)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	r.write(in)
	r.UserID, err = s.accountOf(tx, r.Email)
	return err
}

// checkPlaces refuses areas and places that the territory does not have.
func (s *Service) checkPlaces(tx *db.Tx, in SupervisorInput) error {
	var wrong fault.Fields
	areas, err := s.Territory.Areas(tx.Context)
	if err != nil {
		return err
	}
	for _, name := range in.Areas {
		if !slices.ContainsFunc(areas, func(a territory.Area) bool { return a.Name == name }) {
			wrong.Add("areas", "form.not_an_option")
		}
	}
	if in.Home != "" {
		found, err := s.Territory.PlacesByCode(tx.Context, in.Home)
		if err != nil {
			return err
		}
		if _, known := found[in.Home]; !known {
			wrong.Add("home", "form.not_an_option")
		}
	}
	return wrong.Err()
}

// accountOf returns the account of the tenant with an address and the role
// supervisor, or nothing.
func (s *Service) accountOf(tx *db.Tx, email string) (record.ID, error) {
	accounts, err := s.Identity.Contacts(tx.Context, "", actor.Supervisor)
	if err != nil {
		return "", err
	}
	for _, u := range accounts {
		if u.Email == email {
			return u.ID, nil
		}
	}
	return "", nil
}
