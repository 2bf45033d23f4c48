package supervisors

import (
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// Conflicts returns the incompatibilities of a supervisor with some bodies that
// hold today.
func (s *Service) Conflicts(ctx context.Context, id record.ID, bodies []record.ID) (found []Incompatibility, err error) {
	all, err := s.IncompatibilitiesOf(ctx, id)
	day := s.Today()
	for _, i := range all {
		if i.Holds(day) && slices.Contains(bodies, i.BodyID) {
			found = append(found, i)
		}
	}
	return found, err
}

// Incompatibilities returns, by supervisor and within the actor's reach, those
// that hold today or on a later day.
func (s *Service) Incompatibilities(ctx context.Context) (map[record.ID][]Incompatibility, error) {
	user, err := ownOnly(ctx)
	if err != nil {
		return nil, err
	}
	found := map[record.ID][]Incompatibility{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		rows, err := incompatibleFrom(tx, today(tx.Now), user)
		for _, i := range rows {
			found[i.SupervisorID] = append(found[i.SupervisorID], i)
		}
		return err
	})
	return found, err
}

// IncompatibilitiesOf lists the incompatibilities of a supervisor, past ones
// included.
func (s *Service) IncompatibilitiesOf(ctx context.Context, id record.ID) (found []Incompatibility, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.get(tx, id, Read); err != nil {
			return err
		}
		found, err = incompatibilitiesOf(tx, id)
		return err
	})
	return found, err
}

// AddIncompatibility keeps a supervisor away from a body.
func (s *Service) AddIncompatibility(ctx context.Context, id record.ID, in IncompatibilityInput) (i Incompatibility, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if _, err := s.get(tx, id, Manage); err != nil {
			return err
		}
		body, err := s.Identity.Body(tx.Context, in.Body)
		if err != nil {
			return notAnOption("body", err)
		}
		i = Incompatibility{
			SupervisorID: id, BodyID: body.ID, BodyName: body.Name, Reason: in.Reason, Until: in.Until, Note: in.Note, AddedBy: tx.Actor.Name,
		}
		return incompatibilities.Insert(tx, &i)
	})
	return i, err
}

// RemoveIncompatibility lets a supervisor work for a body again.
func (s *Service) RemoveIncompatibility(ctx context.Context, id, row record.ID) (of Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if of, err = s.get(tx, id, Manage); err != nil {
			return err
		}
		i, err := incompatibilities.Get(tx, row)
		if err != nil {
			return err
		}
		if err := ownedBy(i.SupervisorID, id); err != nil {
			return err
		}
		return incompatibilities.Delete(tx, row)
	})
	return of, err
}

// Unavailable returns, by supervisor and within the actor's reach, what touches
// a span of days, both included.
func (s *Service) Unavailable(ctx context.Context, from, to civil.Date) (map[record.ID][]Unavailability, error) {
	user, err := ownOnly(ctx)
	if err != nil {
		return nil, err
	}
	found := map[record.ID][]Unavailability{}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		rows, err := unavailableBetween(tx, from, to, user)
		for _, u := range rows {
			found[u.SupervisorID] = append(found[u.SupervisorID], u)
		}
		return err
	})
	return found, err
}

// UnavailabilityOf lists when a supervisor cannot work, past days included.
func (s *Service) UnavailabilityOf(ctx context.Context, id record.ID) (found []Unavailability, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.get(tx, id, Read); err != nil {
			return err
		}
		found, err = unavailabilitiesOf(tx, id)
		return err
	})
	return found, err
}

// AddUnavailability writes down when a supervisor cannot work, by themselves or
// by the body.
func (s *Service) AddUnavailability(ctx context.Context, id record.ID, in UnavailabilityInput) (u Unavailability, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if _, err := s.get(tx, id, KeepOwn); err != nil {
			return err
		}
		if u, err = in.unavailability(id); err != nil {
			return err
		}
		return unavailabilities.Insert(tx, &u)
	})
	return u, err
}

// RemoveUnavailability gives the days back.
func (s *Service) RemoveUnavailability(ctx context.Context, id, row record.ID) (of Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if of, err = s.get(tx, id, KeepOwn); err != nil {
			return err
		}
		u, err := unavailabilities.Get(tx, row)
		if err != nil {
			return err
		}
		if err := ownedBy(u.SupervisorID, id); err != nil {
			return err
		}
		return unavailabilities.Delete(tx, row)
	})
	return of, err
}

// notAnOption says beside a field that what it names is not there.
func notAnOption(field string, err error) error {
	if !errors.Is(err, fault.NotFound) {
		return err
	}
	var wrong fault.Fields
	wrong.Add(field, "form.not_an_option")
	return wrong.Err()
}
