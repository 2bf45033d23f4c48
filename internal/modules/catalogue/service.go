package catalogue

import (
	"context"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db     *db.DB
	bodies *identity.Service
	beside []Slot // what other modules say beside a resource
	tools  Tools  // what visitors may do with a resource
}

// New returns the service.
func New(d *db.DB, bodies *identity.Service) *Service {
	return &Service{db: d, bodies: bodies, tools: noTools}
}

// Load adds a resource from the JSON of a pack to the tenant of ctx, and
// publishes it when its status says so.
func (s *Service) Load(ctx context.Context, raw []byte) (Resource, error) {
	p, err := decode(raw)
	if err != nil {
		return Resource{}, err
	}
	var r Resource
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if r, err = s.Create(tx.Context, p.Sheet); err != nil || p.Status != Published {
			return err
		}
		r, err = s.Publish(tx.Context, r.ID, r.Version)
		return err
	})
	return r, err
}

// Create adds a resource to the tenant of ctx, as a draft.
func (s *Service) Create(ctx context.Context, in Sheet) (Resource, error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return Resource{}, err
	}
	in.Tidy()
	if err := in.check(); err != nil {
		return Resource{}, err
	}
	r := Resource{State: Draft}
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		r.write(in, tx.Actor.Name)
		return resources.Insert(tx, &r)
	})
	return r, err
}

// Edit replaces the working sheet of a resource. version is what the editor
// saw. The public goes on seeing the version that was published.
func (s *Service) Edit(ctx context.Context, id record.ID, version int, in Sheet) (Resource, error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return Resource{}, err
	}
	if version == db.AnyVersion {
		return Resource{}, fault.New(fault.Invalid, "catalogue.no_version")
	}
	in.Tidy()
	if err := in.check(); err != nil {
		return Resource{}, err
	}
	var r Resource
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		r, err = resources.Edit(tx, id, version, func(r *Resource) error {
			r.write(in, tx.Actor.Name)
			r.Changed, err = differs(tx, *r)
			return err
		})
		return err
	})
	return r, err
}

// differs reports whether the sheet says what the newest version does not.
func differs(tx *db.Tx, r Resource) (bool, error) {
	if r.Latest == 0 {
		return false, nil
	}
	v, err := versionNumbered(tx, r.ID, r.Latest)
	return v.Sheet.V.says() != r.Sheet.V.says(), err
}

// Publish shows the working sheet to the public: for the first time, anew, or
// again after it was withdrawn. version is what the publisher saw.
func (s *Service) Publish(ctx context.Context, id record.ID, version int) (Resource, error) {
	var r Resource
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		var v Version
		var known int
		r, err = resources.Edit(tx, id, version, func(r *Resource) error {
			step := publishing[r.State]
			if err := life.Move(ctx, r, step); err != nil {
				return err
			}
			known = r.Latest
			v = r.release(tx.Now, tx.Actor.Name)
			tx.Note("step", resources.Name(), r.ID, step)
			return nil
		})
		if err != nil || v.Number == known {
			return err
		}
		return versions.Insert(tx, &v)
	})
	return r, err
}

// Withdraw hides a resource from the public. Its versions stay.
func (s *Service) Withdraw(ctx context.Context, id record.ID, version int) (Resource, error) {
	var r Resource
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		r, err = resources.Edit(tx, id, version, func(r *Resource) error {
			if err := life.Move(ctx, r, "withdraw"); err != nil {
				return err
			}
			r.Published = 0
			tx.Note("step", resources.Name(), r.ID, "withdraw")
			return nil
		})
		return err
	})
	return r, err
}

// Resource returns a resource of the tenant of ctx with its working sheet.
func (s *Service) Resource(ctx context.Context, id record.ID) (r Resource, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		r, err = resources.Get(tx, id)
		return err
	})
	return r, err
}

// ByCode returns the resource of the tenant of ctx with a code, in its newest
// edition.
func (s *Service) ByCode(ctx context.Context, code string) (r Resource, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		r, err = byCode(tx, code)
		return err
	})
	return r, err
}

// Versions lists what was published of a resource, newest first.
func (s *Service) Versions(ctx context.Context, id record.ID) (all []Version, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err = versionsOf(tx, id)
		return err
	})
	return all, err
}

// Version returns one version of a resource of the tenant of ctx.
func (s *Service) Version(ctx context.Context, id record.ID, number int) (v Version, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		v, err = versionNumbered(tx, id, number)
		return err
	})
	return v, err
}

// OwnFilter narrows the list of the tenant's own resources.
type OwnFilter struct {
	Words string
	State State
	Kind  Kind
}

// Mine lists the resources of the tenant of ctx, drafts included.
func (s *Service) Mine(ctx context.Context, f OwnFilter, p table.Page) (found []Resource, total int, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		found, total, err = ownWhere(tx, f, p)
		return err
	})
	return found, total, err
}

// read runs f for whoever may read the resources of the tenant of ctx.
func (s *Service) read(ctx context.Context, f func(*db.Tx) error) error {
	if err := Read.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.db.View(ctx, f)
}
