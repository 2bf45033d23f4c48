package wellbeing

import (
	"context"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
)

// Asking is what somebody with a code is asked.
type Asking struct {
	Title    string
	BodyName string // of whoever asks
	Team     string
	Sheet    Sheet
}

// Asked returns what the owner of a code is asked, while it can be answered.
func (s *Service) Asked(ctx context.Context, key string) (a Asking, err error) {
	err = s.DB.ViewAcross(ctx, "whoever answers does not sign in: the code knows the tenant", func(tx *db.Tx) error {
		c, r, err := s.place(tx, key)
		if err != nil {
			return err
		}
		if c.Used {
			return fault.New(fault.Conflict, "wellbeing.code_used")
		}
		body, err := s.Identity.Body(tx.Context, c.TenantID)
		if err != nil {
			return err
		}
		team, err := r.Team(c.TeamID)
		a = Asking{r.Title, body.Name, team.Name, r.Sheet.V}
		return err
	})
	return a, err
}

// place finds where a code belongs, if answers are taken today.
func (s *Service) place(tx *db.Tx, key string) (c code, r Round, err error) {
	c, err = codes.First(tx, "WHERE fingerprint = $1", secret.Fingerprint(normal(key)))
	if err != nil {
		if errors.Is(err, fault.NotFound) {
			err = fault.New(fault.NotFound, "wellbeing.no_such_code")
		}
		return c, r, err
	}
	if r, err = rounds.Get(tx.In(c.TenantID), c.RoundID); err != nil {
		return c, r, err
	}
	return c, r, r.receives(s.Today())
}

// tries is how often an answer is put in when colleagues answer in the same
// instant.
const tries = 30

// Answer puts a ballot into the box of its team and burns the code. Neither says
// anything of the other: see the comment of the package.
func (s *Service) Answer(ctx context.Context, key string, b Ballot) (err error) {
	for range tries {
		err = s.DB.Across(ctx, "whoever answers does not sign in: the code knows the tenant", func(tx *db.Tx) error {
			c, r, err := s.place(tx, key)
			if err != nil {
				return err
			}
			return drop(quietly(tx, r), c, r, b)
		})
		if !errors.Is(err, fault.Stale) {
			return err
		}
	}
	return err
}

func drop(quiet *db.Tx, c code, r Round, b Ballot) error {
	if !r.Sheet.V.Instrument.valid(b) {
		return fault.New(fault.Invalid, "form.invalid")
	}
	if _, err := codes.Edit(quiet, c.ID, db.AnyVersion, func(c *code) error { return c.burn() }); err != nil {
		return err
	}
	into, err := boxes.First(quiet, "WHERE tenant_id = $1 AND round_id = $2 AND team_id = $3", r.ID, c.TeamID)
	if err != nil {
		return err
	}
	_, err = boxes.Edit(quiet, into.ID, db.AnyVersion, func(into *box) error { into.drop(b); return nil })
	return err
}
