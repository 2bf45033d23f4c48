package commitment

import (
	"context"
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// ReportInput begins the report of a year.
type ReportInput struct {
	Year  int            `json:"year"`
	Intro text.Localized `json:"intro"`
}

func (s *Service) publish(ctx context.Context, f func(*db.Tx) error) error {
	if err := Publish.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// Prepare begins the report of a year, or changes what it says at its beginning.
func (s *Service) Prepare(ctx context.Context, in ReportInput) (r Report, err error) {
	err = s.publish(ctx, func(tx *db.Tx) error {
		body, err := s.Identity.Body(tx.Context, tx.Tenant)
		if err != nil {
			return err
		}
		before, err := reportOf(tx, in.Year)
		if errors.Is(err, fault.NotFound) {
			r = Report{Year: in.Year, BodyName: body.Name, Intro: in.Intro, State: ReportDraft}
			return reports.Insert(tx, &r)
		}
		if err != nil {
			return err
		}
		if before.State == ReportPublished {
			return fault.New(fault.Conflict, "commitment.published_already", "year", before.YearText())
		}
		r, err = reports.Edit(tx, before.ID, db.AnyVersion, func(r *Report) error {
			r.Intro = in.Intro
			return nil
		})
		return err
	})
	return r, err
}

// StepReport publishes a report, with what is so now, or withdraws it.
func (s *Service) StepReport(ctx context.Context, id record.ID, version int, step string) (r Report, err error) {
	err = s.publish(ctx, func(tx *db.Tx) error {
		r, err = reports.Edit(tx, id, version, func(r *Report) error {
			if r.State != ReportPublished {
				if r.Content.V, err = s.content(tx, r.Year); err != nil {
					return err
				}
				r.PublishedAt, r.PublishedBy = tx.Now, tx.Actor.Name
			}
			return life.Move(tx.Context, r, step)
		})
		return err
	})
	return r, err
}

// content gathers the closed programmes that ended in a year and had a
// commitment.
func (s *Service) content(tx *db.Tx, year int) (c Content, err error) {
	const most = 1000
	closed, _, err := s.Supervision.Programmes(everything(tx.Context), supervision.ProgrammeFilter{State: supervision.Closed}, table.Page{Number: 1, Size: most, Sort: "starts"})
	if err != nil {
		return c, err
	}
	for _, p := range closed {
		if p.Ends.Year != year {
			continue
		}
		found, err := s.standing(tx, p)
		if err != nil {
			return c, err
		}
		if found.State == Unstated {
			continue
		}
		why, err := analysisOf(tx, p.ID)
		if err != nil {
			return c, err
		}
		planned, err := actionsOf(tx, p.ID)
		if err != nil {
			return c, err
		}
		c.Programmes = append(c.Programmes, summarise(p, found, why, planned))
	}
	return c, nil
}

// Reports lists what was published by every body, and the drafts of those who
// may publish for theirs.
func (s *Service) Reports(ctx context.Context) (found []Report, err error) {
	err = s.DB.ViewAcross(ctx, "published commitment reports are public", func(tx *db.Tx) error {
		found, err = reports.Select(tx, "WHERE state = $1 ORDER BY year DESC, body_name, id", ReportPublished)
		return err
	})
	if err != nil || !Publish.May(ctx) {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		own, err := allReports(tx)
		for _, r := range own {
			if r.State != ReportPublished {
				found = append(found, r)
			}
		}
		return err
	})
	return found, err
}

// Report returns one that is published; for those who may publish it also
// before, with what it would say now.
func (s *Service) Report(ctx context.Context, id record.ID) (r Report, err error) {
	var found []Report
	err = s.DB.ViewAcross(ctx, "published commitment reports are public", func(tx *db.Tx) error {
		found, err = reports.Select(tx, "WHERE id = $1", id)
		return err
	})
	if err != nil {
		return r, err
	}
	if len(found) == 0 {
		return r, fault.New(fault.NotFound, "record.not_found")
	}
	if r = found[0]; r.State == ReportPublished {
		return r, nil
	}
	if !mine(ctx, r) || !Publish.May(ctx) {
		return Report{}, fault.New(fault.NotFound, "record.not_found")
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r.Content.V, err = s.content(tx, r.Year)
		return err
	})
	return r, err
}
