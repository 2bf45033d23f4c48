package timetables

import (
	"cmp"
	"context"

	"bastida/engine/timetable"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/planning"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/table"
)

// Deps are the services that this module calls.
type Deps struct {
	DB          *db.DB
	Supervision *supervision.Service
	Sessions    *sessions.Service
	Booking     *booking.Service
	Planning    *planning.Service
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// look reads for whoever sees whole programmes: a proposal is about everybody.
func (s *Service) look(ctx context.Context, f func(*db.Tx) error) error {
	if err := supervision.Read.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.View(ctx, f)
}

// manage writes for whoever prepares programmes.
func (s *Service) manage(ctx context.Context, f func(*db.Tx) error) error {
	if err := supervision.Manage.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, f)
}

// Standing is where the timetable of a programme stands.
type Standing struct {
	Programme supervision.Programme
	Groups    []supervision.Group
	Lacks     []planning.Lack
	Today     civil.Date
}

// Standing returns it.
func (s *Service) Standing(ctx context.Context, programme record.ID) (st Standing, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if st.Programme, err = s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		st.Groups, err = s.Supervision.Groups(tx.Context, programme)
		st.Lacks, st.Today = planning.Lacks(st.Programme, st.Groups), planning.Today(tx)
		return err
	})
	return st, err
}

// Runs lists the runs of a programme.
func (s *Service) Runs(ctx context.Context, programme record.ID, p table.Page) (found []Run, total int, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if _, err := s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		found, total, err = runsOf(tx, programme, p)
		return err
	})
	return found, total, err
}

// Sheet is a run with what was known and what was found.
type Sheet struct {
	Run
	planning.Known
	Found

	Programme supervision.Programme
	At        Progress
}

// Sheet returns a run of a programme.
func (s *Service) Sheet(ctx context.Context, programme, id record.ID) (sheet Sheet, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		sheet, err = s.sheet(tx, programme, id)
		return err
	})
	return sheet, err
}

func (s *Service) sheet(tx *db.Tx, programme, id record.ID) (sheet Sheet, err error) {
	if sheet.Programme, err = s.Supervision.Programme(tx.Context, programme); err != nil {
		return sheet, err
	}
	if sheet.Run, err = runOf(tx, programme, id); err != nil {
		return sheet, err
	}
	in, err := inputs.Get(tx, id)
	if err != nil {
		return sheet, err
	}
	out, err := outcomes.Get(tx, id)
	if err != nil {
		return sheet, err
	}
	sheet.Known, sheet.Found = in.Known.V, out.Found.V
	sheet.At, err = progresses.Get(tx, id)
	return sheet, err
}

// Glance returns a run and how far its search has come.
func (s *Service) Glance(ctx context.Context, programme, id record.ID) (run Run, at Progress, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if run, err = runOf(tx, programme, id); err != nil {
			return err
		}
		at, err = progresses.Get(tx, id)
		return err
	})
	return run, at, err
}

// Propose puts a search for a timetable in the queue. A figure that nobody has
// stated is refused under its name.
func (s *Service) Propose(ctx context.Context, programme record.ID, in planning.ProposalInput) (run Run, err error) {
	in.KeepSupervisors, in.KeepSessions = nil, nil
	err = s.manage(ctx, func(tx *db.Tx) error {
		run, err = s.queue(tx, Run{ProgrammeID: programme, Origin: Proposal}, in, nil)
		return err
	})
	return run, err
}

// Again searches again, for what is known now, and keeps of a run the
// supervisors and the sessions that are named.
func (s *Service) Again(ctx context.Context, programme, id record.ID, in planning.ProposalInput) (run Run, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		base, err := s.sheet(tx, programme, id)
		if err != nil {
			return err
		}
		if base.Origin == Replan || base.UnderWay() || len(base.Plan.Sessions) == 0 {
			return fault.New(fault.Conflict, "timetables.nothing_to_keep")
		}
		run, err = s.queue(tx, Run{ProgrammeID: programme, Origin: Rerun, BaseID: base.ID, BaseNumber: base.Number}, in, base.Plan.Sessions)
		return err
	})
	return run, err
}

func (s *Service) queue(tx *db.Tx, run Run, in planning.ProposalInput, kept []timetable.Session) (Run, error) {
	f, err := s.Planning.Facts(tx, run.ProgrammeID)
	if err != nil {
		return run, err
	}
	known, err := f.Propose(in, kept)
	if err != nil {
		return run, err
	}
	run.Params.V = Asked{ProposalInput: in}
	return s.insert(tx, f, run, known)
}

// insert stores a run to be done and puts it in the queue.
func (s *Service) insert(tx *db.Tx, f *planning.Facts, run Run, known planning.Known) (Run, error) {
	run.State = Queued
	run.Params.V.DetourSource, run.Params.V.SpeedSource = f.Sources()
	number, err := nextNumber(tx, run.ProgrammeID)
	if err != nil {
		return run, err
	}
	run.ID, run.Number, run.StartedBy = db.NewID(), number, tx.Actor.Name
	own := record.Row{ID: run.ID}
	if err := cmp.Or(
		runs.Insert(tx, &run),
		inputs.Insert(tx, &Input{Row: own, Known: record.JSON[planning.Known]{V: known}}),
		outcomes.Insert(tx, &Outcome{Row: own}),
		progresses.Insert(tx, &Progress{Row: own}),
	); err != nil {
		return run, err
	}
	err = searching.Put(tx, jobs.Options{Key: run.ID.String()}, search{run.ID})
	return run, err
}

// Mend puts a search for the fewest changes in the queue: after somebody is
// away, or for a cancelled session.
func (s *Service) Mend(ctx context.Context, programme record.ID, in planning.ReplanningInput) (run Run, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		f, err := s.Planning.Facts(tx, programme)
		if err != nil {
			return err
		}
		cancelled, err := s.toMend(tx, programme, in.ReplanInput)
		if err != nil {
			return err
		}
		known, err := f.Mend(in, cancelled)
		if err != nil {
			return err
		}
		asked := Asked{ProposalInput: planning.ProposalInput{Window: in.Window}, ReplanInput: in.ReplanInput}
		run, err = s.insert(tx, f, Run{ProgrammeID: programme, Origin: Replan, Params: record.JSON[Asked]{V: asked}}, known)
		return err
	})
	return run, err
}

// toMend checks what a replan is asked, and returns the cancelled session that
// it is about, if any.
func (s *Service) toMend(tx *db.Tx, programme record.ID, in planning.ReplanInput) (*sessions.Session, error) {
	if err := in.Check(); err != nil || in.Cancelled == "" {
		return nil, err
	}
	all, err := s.pending(tx, programme)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.ID == in.Cancelled {
			return &c, nil
		}
	}
	var wrong fault.Fields
	wrong.Add("cancelled", "form.not_an_option")
	return nil, wrong.Err()
}

// Pending lists the cancelled sessions of a programme that nothing makes up for.
func (s *Service) Pending(ctx context.Context, programme record.ID) (found []sessions.Session, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		found, err = s.pending(tx, programme)
		return err
	})
	return found, err
}

func (s *Service) pending(tx *db.Tx, programme record.ID) (found []sessions.Session, err error) {
	all, err := s.Sessions.OfProgramme(tx.Context, programme)
	made := map[record.ID]bool{}
	for _, x := range all {
		if x.State != sessions.Cancelled {
			made[x.Replaces] = true
		}
	}
	for _, x := range all {
		if x.State == sessions.Cancelled && !made[x.ID] {
			found = append(found, x)
		}
	}
	return found, err
}

// Stop stops a run. One that is being searched keeps the best timetable found so
// far.
func (s *Service) Stop(ctx context.Context, programme, id record.ID) (run Run, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		if _, err := runOf(tx, programme, id); err != nil {
			return err
		}
		run, err = runs.Edit(tx, id, db.AnyVersion, func(r *Run) error {
			switch r.State {
			case Running:
				r.StopAsked = true
				return nil
			case Queued:
				r.StopAsked, r.EndedAt = true, tx.Now
				return life.Move(tx.Context, r, "stop")
			default:
				return fault.New(fault.Conflict, "timetables.not_under_way")
			}
		})
		return err
	})
	return run, err
}
