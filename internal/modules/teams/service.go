package teams

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
)

// Service is the verbs of this module.
type Service struct {
	db        *db.DB
	people    *identity.Service
	territory *territory.Service
}

// New returns the service.
func New(d *db.DB, people *identity.Service, places *territory.Service) *Service {
	return &Service{d, people, places}
}

// Employer is a body that teams may belong to.
type Employer struct {
	ID         record.ID
	Code, Name string
}

// Employers lists the body itself and the bodies of its territory.
func (s *Service) Employers(ctx context.Context) (all []Employer, err error) {
	own, err := s.people.Body(ctx, actor.From(ctx).Tenant)
	if err != nil {
		return nil, err
	}
	all = append(all, Employer{own.ID, own.Code, own.Name})
	places, err := s.territory.AllPlaces(ctx)
	for _, p := range places {
		if p.BodyID != "" && p.BodyID != own.ID {
			all = append(all, Employer{p.BodyID, p.Code, p.Name})
		}
	}
	return all, err
}

// List lists the teams, for those who describe them.
func (s *Service) List(ctx context.Context, f Filter, p table.Page) (found []Team, total int, err error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return nil, 0, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, total, err = list(tx, f, p)
		return err
	})
	return found, total, err
}

// Within lists the teams at work that the actor may know of: of the own body,
// or all.
func (s *Service) Within(ctx context.Context) (found []Team, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = within(ctx, tx)
		return err
	})
	return found, err
}

// Team returns a team that the actor may know of.
func (s *Service) Team(ctx context.Context, id record.ID) (t Team, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		t, err = teams.Get(tx, id)
		return err
	})
	if err != nil {
		return t, err
	}
	return t, Read.Check(ctx, t.Place())
}

// Members returns teams with a key for each of their people: for measurements.
func (s *Service) Members(ctx context.Context, ids []record.ID) (found []Team, err error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = byIDs(tx, ids)
		return err
	})
	return found, err
}

// Add describes a team.
func (s *Service) Add(ctx context.Context, in TeamInput) (t Team, err error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return t, err
	}
	employers, err := s.Employers(ctx)
	if err != nil {
		return t, err
	}
	if in.Headcount < 1 {
		var wrong fault.Fields
		wrong.Add("headcount", "form.required")
		return t, wrong.Err()
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		in.Joined, in.Left = in.Headcount, 0
		if err := write(&t, in, employers); err != nil {
			return err
		}
		return named(teams.Insert(tx, &t))
	})
	return t, err
}

// Edit changes a team, and notes how many came and went.
func (s *Service) Edit(ctx context.Context, id record.ID, version int, in TeamInput) (t Team, err error) {
	if err := Manage.Check(ctx, access.Place{}); err != nil {
		return t, err
	}
	employers, err := s.Employers(ctx)
	if err != nil {
		return t, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		t, err = teams.Edit(tx, id, version, func(t *Team) error { return write(t, in, employers) })
		return named(err)
	})
	return t, err
}

// write puts an input into a team of one of the employers.
func write(t *Team, in TeamInput, employers []Employer) error {
	t.BodyName = ""
	for _, e := range employers {
		if e.ID == in.BodyID {
			t.BodyID, t.BodyName = e.ID, e.Name
		}
	}
	if t.BodyName == "" {
		var wrong fault.Fields
		wrong.Add("body_id", "form.not_an_option")
		return wrong.Err()
	}
	t.Name, t.NameFold, t.Area, t.Ended = in.Name, text.Fold(in.Name), in.Area, in.Ended
	return t.turn(in.Joined, in.Left, secret.New)
}

// named says of two teams of a name where the complaint belongs.
func named(err error) error {
	if !errors.Is(err, fault.Conflict) {
		return err
	}
	var wrong fault.Fields
	wrong.Add("name", "teams.twice")
	return wrong.Err()
}

// RowsInput is many teams, a line each.
type RowsInput struct {
	Rows string `json:"rows"`
}

// partsOfRow are the team, its area, the code or name of its body, and how many.
const partsOfRow = 4

// Bring describes many teams at once, all or none.
func (s *Service) Bring(ctx context.Context, in RowsInput) (count int, err error) {
	employers, err := s.Employers(ctx)
	if err != nil {
		return 0, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		for i, line := range strings.Split(strings.TrimSpace(in.Rows), "\n") {
			row, err := readRow(line, employers)
			if err == nil {
				_, err = s.Add(tx.Context, row)
			}
			if f := fault.Of(err); f != nil && len(f.Fields) > 0 {
				var wrong fault.Fields
				wrong.Add("rows", "teams.row_wrong", "row", i+1, "line", line)
				return wrong.Err()
			}
			if err != nil {
				return err
			}
			count++
		}
		return nil
	})
	return count, err
}

func readRow(line string, employers []Employer) (in TeamInput, err error) {
	var wrong fault.Fields
	parts := strings.Split(strings.ReplaceAll(line, "\t", ";"), ";")
	if len(parts) != partsOfRow {
		wrong.Add("rows", "form.invalid")
		return in, wrong.Err()
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	in.Name, in.Area = parts[0], parts[1]
	for _, e := range employers {
		if e.Code == parts[2] || text.Fold(e.Name) == text.Fold(parts[2]) {
			in.BodyID = e.ID
		}
	}
	in.Headcount, err = strconv.Atoi(parts[3])
	if err != nil || in.Name == "" {
		wrong.Add("rows", "form.not_a_number")
	}
	return in, wrong.Err()
}
