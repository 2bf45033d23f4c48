package supervision_test

import (
	"context"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

var page = table.Page{Number: 1, Size: 50, Sort: "starts"}

func TestAProgrammeDoesNotOpenWhileARequiredFigureIsOpen(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, _ := w.programme(t, w.vila)
		ctx := w.as(t, actor.Technician)
		_, err := w.Step(ctx, p.ID, p.Version, "open")
		refused(t, err, fault.Conflict, "supervision.figures_missing")
		_, err = w.StateFigure(ctx, p.ID, p.Version, profiles.FigureInput{Name: "session_minutes", Value: 120})
		wrongField(t, err, "source", "form.required")
		_, err = w.StateFigure(w.as(t, actor.LocalOfficer), p.ID, p.Version, profiles.FigureInput{Name: "session_minutes", Value: 1, Source: "x"})
		refused(t, err, fault.Forbidden, "")
		opened := w.open(t, p)
		figure := opened.Rules().Rule(profiles.SessionMinutes, profiles.Cases)
		if opened.State != supervision.Open || figure.StatedBy != "Núria Inventada" || figure.Source != "Decret inventat" {
			t.Errorf("opened as %s with %+v", opened.State, figure)
		}
		_, err = w.StateFigure(ctx, p.ID, opened.Version, profiles.FigureInput{Name: "session_minutes", Value: 90, Source: "another"})
		refused(t, err, fault.Conflict, "supervision.figure_fixed")
		other, _ := w.programme(t, w.vila)
		if _, stated := other.Rules().Figure(profiles.SessionMinutes, profiles.Cases); stated {
			t.Error("stating a figure of one programme states that of another")
		}
	})
}

func TestWhatHoldsAProgrammeKeepsItFromClosing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var holds []supervision.Hold
		w.HoldClosing(func(context.Context, supervision.Programme) ([]supervision.Hold, error) { return holds, nil })
		p, _ := w.programme(t, w.vila)
		p = w.open(t, p)
		ctx := w.as(t, actor.Technician)
		holds = []supervision.Hold{{Key: "evaluation.no_analysis"}}
		_, err := w.Step(ctx, p.ID, p.Version, "close")
		refused(t, err, fault.Conflict, "evaluation.no_analysis")
		holds = nil
		p, err = w.Step(ctx, p.ID, p.Version, "close")
		must(t, err)
		if p.State != supervision.Closed || p.ClosedBy == "" {
			t.Errorf("closed as %s by %q", p.State, p.ClosedBy)
		}
		_, err = w.AddGroup(ctx, p.ID, supervision.GroupInput{Name: "Late", Kind: profiles.Cases})
		refused(t, err, fault.Conflict, "supervision.ended")
	})
}

func TestTheHoursOfAGroupAreToldAndLimited(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var told []int
		w.OnGrant(func(_ *db.Tx, g supervision.Group) error {
			if g.Minutes < 600 {
				return fault.New(fault.Conflict, "ledger.already_scheduled")
			}
			told = append(told, g.Minutes)
			return nil
		})
		_, g := w.programme(t, w.vila)
		ctx := w.as(t, actor.Technician)
		in := supervision.GroupInput{Name: g.Name, Kind: g.Kind, Hours: 18.5, Bodies: g.Bodies.V}
		_, err := w.CorrectGroup(ctx, g.ID, g.Version, in)
		wrongField(t, err, "hours", "supervision.too_many_hours")
		in.Hours = 12
		g, err = w.CorrectGroup(ctx, g.ID, g.Version, in)
		must(t, err)
		in.Hours = 9
		_, err = w.CorrectGroup(ctx, g.ID, g.Version, in)
		refused(t, err, fault.Conflict, "ledger.already_scheduled")
		if again, err := w.Group(ctx, g.ID); err != nil || again.Minutes != 720 || len(told) != 2 || told[0] != 1080 || told[1] != 720 {
			t.Errorf("the group has %d minutes, told %v, %v", again.Minutes, told, err)
		}
	})
}

func TestEachBodyNamesItsOwnPeople(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g := w.programme(t, w.vila, w.poble)
		w.open(t, p)
		officer := w.as(t, actor.LocalOfficer)
		anna := supervision.ParticipantInput{Name: "Anna", Email: " Anna@vila.example", Profession: profession.SocialEducator, BodyID: w.vila}
		part, err := w.Enrol(officer, g.ID, anna)
		must(t, err)
		if part.UserID != w.joining || part.Email != "anna@vila.example" || part.BodyName != "Body vila" {
			t.Errorf("enrolled as %+v", part)
		}
		_, err = w.Enrol(officer, g.ID, anna)
		wrongField(t, err, "email", "supervision.enrolled_already")
		other := supervision.ParticipantInput{Name: "Pere", Email: "pere@poble.example", Profession: profession.SocialWorker, BodyID: w.poble}
		_, err = w.Enrol(officer, g.ID, other)
		refused(t, err, fault.NotFound, "")
		other.BodyID = w.elsewhere
		_, err = w.Enrol(w.as(t, actor.Technician), g.ID, other)
		wrongField(t, err, "body", "form.not_an_option")
		other.BodyID = w.poble
		_, err = w.Enrol(w.as(t, actor.Technician), g.ID, other)
		must(t, err)
		third := supervision.ParticipantInput{Name: "Rosa", Email: "rosa@vila.example", Profession: profession.Lawyer, BodyID: w.vila}
		_, err = w.Enrol(officer, g.ID, third)
		wrongField(t, err, "name", "supervision.group_full")
	})
}

func TestLeavingAGroupEndsWhatOneIsToIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, g := w.programme(t, w.vila)
		w.open(t, p)
		part, err := w.Enrol(w.as(t, actor.LocalOfficer), g.ID, supervision.ParticipantInput{
			Name: "Anna", Email: "anna@vila.example", Profession: profession.SocialEducator, BodyID: w.vila,
		})
		must(t, err)
		anna := w.as(t, actor.Professional)
		if b, err := w.Belongs(anna, g.ID); err != nil || b.Participant == nil || b.Supervises {
			t.Errorf("Anna is %+v, %v", b, err)
		}
		if _, joined, err := w.MyGroups(anna); err != nil || len(joined) != 1 {
			t.Errorf("Anna has %d groups, %v", len(joined), err)
		}
		var left []record.ID
		w.OnLeave(func(_ *db.Tx, p supervision.Participant) error { left = append(left, p.ID); return nil })
		_, err = w.Leave(w.as(t, actor.LocalOfficer), part.ID)
		must(t, err)
		if len(left) != 1 || left[0] != part.ID {
			t.Errorf("told %v", left)
		}
		_, err = w.Belongs(anna, g.ID)
		refused(t, err, fault.NotFound, "")
		_, err = w.Group(anna, g.ID)
		refused(t, err, fault.NotFound, "")
		_, err = w.Leave(w.as(t, actor.LocalOfficer), part.ID)
		refused(t, err, fault.Conflict, "supervision.left_already")
	})
}

func TestAllocationRefusesWhoIsBoundToABody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, g := w.programme(t, w.vila)
		ctx := w.as(t, actor.Technician)
		bond, err := w.supervisors.AddIncompatibility(ctx, w.supervisor.ID, supervisors.IncompatibilityInput{Body: w.vila, Reason: supervisors.WorkedThere})
		must(t, err)
		_, err = w.Allocate(ctx, g.ID, g.Version, w.supervisor.ID)
		refused(t, err, fault.Conflict, "supervision.incompatible")
		_, err = w.supervisors.RemoveIncompatibility(ctx, w.supervisor.ID, bond.ID)
		must(t, err)
		g, err = w.Allocate(ctx, g.ID, g.Version, w.supervisor.ID)
		must(t, err)
		if b, err := w.Belongs(w.as(t, actor.Supervisor), g.ID); err != nil || !b.Supervises {
			t.Errorf("the supervisor is %+v, %v", b, err)
		}
		_, err = w.Belongs(ctx, g.ID)
		refused(t, err, fault.NotFound, "")
		mono, err := w.AddGroup(ctx, g.ProgrammeID, supervision.GroupInput{Name: "Mono", Kind: profiles.MonoProfessional, Bodies: g.Bodies.V})
		must(t, err)
		_, err = w.Allocate(ctx, mono.ID, mono.Version, w.supervisor.ID)
		refused(t, err, fault.Conflict, "supervision.other_profession")
	})
}

func TestEverybodySeesTheProgrammesThatConcernThem(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		near, group := w.programme(t, w.vila)
		far, _ := w.programme(t, w.poble)
		_, err := w.Allocate(w.as(t, actor.Technician), group.ID, group.Version, w.supervisor.ID)
		must(t, err)
		for _, c := range []struct {
			role actor.Role
			sees int
		}{
			{actor.Technician, 2}, {actor.Auditor, 2}, {actor.LocalOfficer, 1}, {actor.TeamLead, 1}, {actor.Supervisor, 1}, {actor.Professional, 0},
		} {
			found, total, err := w.Programmes(w.as(t, c.role), supervision.ProgrammeFilter{}, page)
			if err != nil || total != c.sees || len(found) != c.sees {
				t.Errorf("%s sees %d programmes, %v", c.role, total, err)
			}
		}
		_, err = w.Programme(w.as(t, actor.LocalOfficer), far.ID)
		refused(t, err, fault.NotFound, "")
		_, _, err = w.Programmes(w.as(t, actor.Citizen), supervision.ProgrammeFilter{}, page)
		refused(t, err, fault.Forbidden, "")
		stranger := actor.With(t.Context(), actor.Actor{Tenant: w.elsewhere, User: "else", Role: actor.Technician})
		_, err = w.Programme(stranger, near.ID)
		refused(t, err, fault.NotFound, "")
		_, err = w.Group(stranger, group.ID)
		refused(t, err, fault.NotFound, "")
	})
}
