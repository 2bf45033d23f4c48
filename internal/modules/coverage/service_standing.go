package coverage

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/db"
)

// Standing says how many groups of a programme fulfil each standard, for those
// who read all of it.
func (s *Service) Standing(ctx context.Context, programme record.ID) (all []Standing, err error) {
	if err := Read.Require(ctx); err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p, err := s.Supervision.Programme(tx.Context, programme)
		if err != nil {
			return err
		}
		within, err := s.Supervision.Groups(tx.Context, programme)
		if err != nil {
			return err
		}
		c, err := s.Season(tx, p)
		if err != nil {
			return err
		}
		vouched, err := s.vouched(tx, within, c.Today)
		if err != nil {
			return err
		}
		var done map[record.ID]bool
		if s.final != nil {
			if done, err = s.final(tx.Context, programme); err != nil {
				return err
			}
		}
		all = []Standing{external(within, vouched), registers(within, c.met, c.open), minimums(within, c.Lines()), final(within, done)}
		return nil
	})
	return all, err
}

// vouched are the supervisors from outside of whom somebody has seen evidence
// that still holds.
func (s *Service) vouched(tx *db.Tx, groups []supervision.Group, today civil.Date) (map[record.ID]bool, error) {
	vouched, asked := map[record.ID]bool{}, map[record.ID]bool{"": true}
	for _, g := range groups {
		if asked[g.SupervisorID] {
			continue
		}
		asked[g.SupervisorID] = true
		pieces, err := s.Supervisors.EvidenceOf(inside(tx), g.SupervisorID)
		if err != nil {
			return nil, err
		}
		for _, e := range pieces {
			if e.Of.External && e.Verified() && !e.Expired(today) {
				vouched[g.SupervisorID] = true
			}
		}
	}
	return vouched, nil
}
