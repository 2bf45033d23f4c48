package grouping_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"bastida/engine/formation"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/db"
)

func refused(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || key != "" && f.Key != key {
		t.Errorf("got %v, want %s %s", err, kind, key)
	}
}

// priced evaluates the groups of a board anew, from what formation alone knows.
func priced(t *testing.T, b *grouping.Board) (formation.Result, []formation.Breach) {
	t.Helper()
	p := formation.Problem{
		Limits:  formation.Limits{Min: 8, Max: 15, MaxKM: 40, HoursPerGroup: 18, TotalHours: 360},
		Penalty: formation.DefaultPenalty, Detour: 1.3,
	}
	at := map[record.ID]int{}
	for i, body := range b.Bodies {
		at[body.Application] = i
		p.Bodies = append(p.Bodies, formation.Body{
			Code: body.Code, Lat: body.Lat, Lon: body.Lon, Professionals: body.Professionals, Modality: body.Modality, Consent: body.Consent,
		})
	}
	var drafts []formation.Draft
	for _, team := range b.Teams {
		d := formation.Draft{Meeting: at[team.Host.Application]}
		for _, m := range team.Members.V {
			d.Members = append(d.Members, at[m])
		}
		drafts = append(drafts, d)
	}
	result, broken, err := formation.Evaluate(p, drafts)
	must(t, err)
	return result, broken
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestARunFormsGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		if b.Run.State != grouping.Done || b.Run.Broken != 0 || len(b.Bodies) != 25 {
			t.Fatalf("run %+v", b.Run)
		}
		result, broken := priced(t, b)
		if len(broken) > 0 || !near(result.Cost, b.Run.Cost) || b.Run.Served != result.Served {
			t.Errorf("cost %v and %v, broken %v", b.Run.Cost, result.Cost, broken)
		}
		if b.Run.Bound <= 0 || b.Run.Bound > b.Run.Cost+1e-6 {
			t.Errorf("bound %v of %v", b.Run.Bound, b.Run.Cost)
		}
		reasons := map[string]formation.Reason{}
		for _, l := range b.Left {
			reasons[l.Name] = l.Reason
		}
		if reasons["Vila M"] != formation.ReasonNoConsent || reasons["Vila U"] != formation.ReasonTooFar {
			t.Errorf("reasons %v", reasons)
		}
		at := slices.IndexFunc(b.Teams, func(g grouping.Team) bool { return g.Host.Name == "Vila H" })
		if at < 0 || b.Teams[at].Shares != 3 || b.Teams[at].Size != 33 {
			t.Error("the large body is not split into three groups")
		}
	})
}

func TestTheSameSeedFindsTheSameGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.searched(t), w.searched(t)
		if a.Run.Number != 1 || b.Run.Number != 2 {
			t.Errorf("numbers %d and %d", a.Run.Number, b.Run.Number)
		}
		same := func(x, y grouping.Team) bool { return x.Host == y.Host && slices.Equal(x.Places, y.Places) }
		if !slices.EqualFunc(a.Teams, b.Teams, same) {
			t.Errorf("%v\n%v", a.Teams, b.Teams)
		}
	})
}

// mover returns a member that can leave its group, and where it is.
func mover(t *testing.T, b *grouping.Board) (record.ID, int) {
	t.Helper()
	for _, g := range b.Teams {
		if len(g.Places) > 2 {
			return g.Places[len(g.Places)-1].Application, g.Number
		}
	}
	t.Fatal("no group has three members")
	return "", 0
}

func TestAMoveIsPricedAndUndone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		application, from := mover(t, b)
		targets := []int{grouping.Nowhere, grouping.Own}
		for _, team := range b.Teams {
			if team.Number != from {
				targets = append(targets, team.Number)
			}
		}
		now := b
		for _, to := range targets {
			after, err := w.Move(ctx, b.Run.ID, now.Run.Version, application, to)
			must(t, err)
			result, broken := priced(t, after)
			if !near(after.Run.Cost, result.Cost) || after.Run.Broken != len(broken) {
				t.Errorf("to %d: said %v and %d, is %v and %d", to, after.Run.Cost, after.Run.Broken, result.Cost, len(broken))
			}
			if now, err = w.Undo(ctx, b.Run.ID, after.Run.Version); err != nil {
				t.Fatal(err)
			}
			_, at, err := now.Where(application)
			must(t, err)
			if at != from || !near(now.Run.Cost, b.Run.Cost) || !near(now.Run.Bound, b.Run.Bound) {
				t.Errorf("undone: in %d, cost %v", at, now.Run.Cost)
			}
		}
		_, err := w.Undo(ctx, b.Run.ID, now.Run.Version)
		refused(t, err, fault.Conflict, "grouping.nothing_to_undo")
		found, err := w.Moves(ctx, b.Run.ID)
		must(t, err)
		if len(found) != len(targets) || !found[0].Undone || found[0].MadeBy != "Núria Inventada" {
			t.Errorf("%d moves kept", len(found))
		}
	})
}

func TestMovingTheHostChoosesAnotherPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		_, number := mover(t, b)
		team, err := b.Team(number)
		must(t, err)
		b, err = w.Move(ctx, b.Run.ID, b.Run.Version, team.Host.Application, grouping.Nowhere)
		must(t, err)
		left, err := b.Team(number)
		must(t, err)
		if left.Host.Application == team.Host.Application || left.Host.Application != left.Meeting {
			t.Errorf("they still meet in %s", left.Host.Name)
		}
		b, err = w.Meet(ctx, b.Run.ID, b.Run.Version, number, left.Places[len(left.Places)-1].Application)
		must(t, err)
		if b, err = w.Undo(ctx, b.Run.ID, b.Run.Version); err != nil {
			t.Fatal(err)
		}
		if again, _ := b.Team(number); again.Host.Name != left.Host.Name {
			t.Errorf("met in %s, then in %s", left.Host.Name, again.Host.Name)
		}
		if b, err = w.Undo(ctx, b.Run.ID, b.Run.Version); err != nil {
			t.Fatal(err)
		}
		if again, _ := b.Team(number); again.Host.Name != team.Host.Name {
			t.Errorf("met in %s, now in %s", team.Host.Name, again.Host.Name)
		}
	})
}

func TestAnOldPageIsRefused(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		application, _ := mover(t, b)
		_, err := w.Move(ctx, b.Run.ID, b.Run.Version, application, grouping.Nowhere)
		must(t, err)
		_, err = w.Move(ctx, b.Run.ID, b.Run.Version, application, grouping.Own)
		refused(t, err, fault.Stale, "")
	})
}

func plain() grouping.Wording {
	return grouping.Wording{
		Say:  func(key string, _ ...any) text.Localized { return text.Localized{"ca": key} },
		Name: func(t grouping.Team) string { return t.Host.Name },
	}
}

func TestBrokenLimitsAreNotAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		application, _ := mover(t, b)
		b, err := w.Move(ctx, b.Run.ID, b.Run.Version, application, grouping.Own)
		must(t, err)
		if b.Run.Broken == 0 {
			t.Fatal("a group of one small body breaks no limit")
		}
		_, err = w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		refused(t, err, fault.Conflict, "grouping.limits_broken")
		_, err = w.Lock(ctx, b.Run.ID, b.Teams[len(b.Teams)-1].Number)
		refused(t, err, fault.Conflict, "grouping.lock_broken")
	})
}

func TestLockedGroupsSurviveAnotherSearch(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		application, number := mover(t, b)
		_, err := w.Lock(ctx, b.Run.ID, number)
		must(t, err)
		_, err = w.Rename(ctx, b.Run.ID, number, "Els de sempre")
		must(t, err)
		_, err = w.Move(ctx, b.Run.ID, b.Run.Version, application, grouping.Nowhere)
		refused(t, err, fault.Conflict, "grouping.locked")
		in := w.usual()
		in.Seed = 99
		run, err := w.Rerun(ctx, b.Run.ID, in)
		must(t, err)
		again := w.worked(t, run.ID)
		was, err := b.Team(number)
		must(t, err)
		is, err := again.Team(number)
		must(t, err)
		if !slices.Equal(was.Members.V, is.Members.V) || was.Host != is.Host || is.Name != "Els de sempre" || !is.Locked {
			t.Errorf("was %+v, is %+v", was, is)
		}
		if again.Run.BaseID != b.Run.ID || again.Run.State != grouping.Done || again.Run.Broken > 0 {
			t.Errorf("run %+v", again.Run)
		}
		in.MaxKM = 0.1
		_, err = w.Rerun(ctx, b.Run.ID, in)
		refused(t, err, fault.Conflict, "grouping.locked_broken")
	})
}

func TestACopyIsChangedWithoutTheOther(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		copied, err := w.Copy(ctx, b.Run.ID)
		must(t, err)
		application, from := mover(t, b)
		changed, err := w.Move(ctx, copied.ID, copied.Version, application, grouping.Nowhere)
		must(t, err)
		again, err := w.Board(ctx, b.Run.ID)
		must(t, err)
		_, at, err := again.Where(application)
		must(t, err)
		if _, gone, _ := changed.Where(application); at != from || gone != grouping.Nowhere {
			t.Errorf("it was in %d, is in %d and in the copy in %d", from, at, gone)
		}
		if changed.Run.Origin != grouping.Copied || again.Run.Cost != b.Run.Cost {
			t.Errorf("run %+v", changed.Run)
		}
	})
}

func TestAcceptingProposesEveryOutcomeOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, first := w.as(t, actor.Technician), w.searched(t)
		accepted, err := w.Accept(ctx, first.Run.ID, first.Run.Version, plain())
		must(t, err)
		_, err = w.Accept(ctx, first.Run.ID, accepted.Run.Version, plain())
		refused(t, err, fault.Conflict, "")
		proposed := w.applications(t)
		for _, a := range proposed {
			_, number, err := first.Where(a.ID)
			must(t, err)
			want := calls.Granted
			if number == grouping.Nowhere {
				want = calls.Denied
				if a.BodyName != "Vila M" && a.BodyName != "Vila U" {
					want = calls.Waiting
				}
			}
			if a.State != calls.Proposed || a.Outcome != want && (want != calls.Waiting || a.Outcome != calls.Denied) {
				t.Errorf("%s: %s %s, want %s", a.BodyName, a.State, a.Outcome, want)
			}
			if a.BodyName == "Vila H" && (a.Hours != 54 || a.GroupLabel != "Vila H") {
				t.Errorf("the large body has %d hours in %s", a.Hours, a.GroupLabel)
			}
		}
		_, err = w.Lock(ctx, first.Run.ID, first.Teams[0].Number)
		refused(t, err, fault.Conflict, "grouping.not_editable")

		second := w.searched(t)
		_, err = w.Accept(ctx, second.Run.ID, second.Run.Version, plain())
		must(t, err)
		now, err := w.Board(ctx, second.Run.ID)
		must(t, err)
		before, err := w.Board(ctx, first.Run.ID)
		must(t, err)
		if now.Run.State != grouping.Accepted || before.Run.State != grouping.Done {
			t.Errorf("the second is %s, the first %s", now.Run.State, before.Run.State)
		}
	})
}

func TestAResolvedCallKeepsItsGroups(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		must(t, w.db.Do(ctx, func(tx *db.Tx) error {
			_, err := callRows.Edit(tx, w.call.ID, db.AnyVersion, func(c *calls.Call) error {
				c.State, c.ResolvedAt = calls.CallResolved, tx.Now
				return nil
			})
			return err
		}))
		_, err := w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		refused(t, err, fault.Conflict, "grouping.call_resolved")
	})
}

func (w *world) applications(t *testing.T) (all []calls.Application) {
	t.Helper()
	must(t, w.db.View(w.as(t, actor.Technician), func(tx *db.Tx) (err error) {
		all, err = applicationRows.Select(tx, "WHERE tenant_id = $1 AND call_id = $2 ORDER BY number", w.call.ID)
		return err
	}))
	return all
}

// change edits an application as its own module would.
func (w *world) change(t *testing.T, f func(*calls.Application)) {
	t.Helper()
	first := w.applications(t)[0]
	must(t, w.db.Do(w.as(t, actor.Technician), func(tx *db.Tx) error {
		_, err := applicationRows.Edit(tx, first.ID, db.AnyVersion, func(a *calls.Application) error {
			f(a)
			return nil
		})
		return err
	}))
}

func TestGroupsOfThoseThatChangedAreNotAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		w.change(t, func(a *calls.Application) { a.Professionals++ })
		_, err := w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		refused(t, err, fault.Conflict, "grouping.applicants_changed")
		w.change(t, func(a *calls.Application) { a.State = calls.Excluded })
		_, err = w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		refused(t, err, fault.Conflict, "grouping.applicants_changed")
	})
}

func TestOfficersSeeTheirGroupOnceResolved(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx, b := w.as(t, actor.Technician), w.searched(t)
		_, err := w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		must(t, err)
		officer := w.as(t, actor.LocalOfficer)
		all := w.applications(t)
		_, err = w.Company(officer, all[0])
		refused(t, err, fault.NotFound, "")
		for i := range all {
			all[i].ResolvedAt = b.Run.CreatedAt
		}
		team, err := w.Company(officer, all[0])
		must(t, err)
		if !slices.ContainsFunc(team.Places, func(p grouping.Place) bool { return p.Application == all[0].ID }) {
			t.Error("the group is not the officer's")
		}
		_, err = w.Company(officer, all[1])
		refused(t, err, fault.NotFound, "")
		_, err = w.Board(officer, b.Run.ID)
		refused(t, err, fault.Forbidden, "")
		_, _, err = w.Runs(officer, grouping.RunFilter{}, page)
		refused(t, err, fault.Forbidden, "")
	})
}

func TestACancelledRunKeepsTheBest(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		run, err := w.Start(ctx, w.call.ID, w.usual())
		must(t, err)
		waiting, err := w.Cancel(ctx, run.ID)
		must(t, err)
		if b := w.worked(t, run.ID); waiting.State != grouping.Cancelled || b.Run.State != grouping.Cancelled || b.Run.Groups != 0 {
			t.Errorf("a run stopped while it waited is %s with %d groups", b.Run.State, b.Run.Groups)
		}
		run, err = w.Start(ctx, w.call.ID, w.usual())
		must(t, err)
		must(t, w.db.Do(ctx, func(tx *db.Tx) error {
			_, err := runRows.Edit(tx, run.ID, db.AnyVersion, func(r *grouping.Run) error {
				r.State = grouping.Running
				return nil
			})
			return err
		}))
		_, err = w.Cancel(ctx, run.ID)
		must(t, err)
		b := w.worked(t, run.ID)
		if b.Run.State != grouping.Cancelled || b.Run.Groups == 0 {
			t.Errorf("a run stopped at work is %s with %d groups", b.Run.State, b.Run.Groups)
		}
		_, err = w.Accept(ctx, b.Run.ID, b.Run.Version, plain())
		must(t, err)
		_, err = w.Cancel(ctx, b.Run.ID)
		refused(t, err, fault.Conflict, "grouping.not_under_way")
	})
}

func TestOthersFindNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b, ctx := w.searched(t), w.stranger(t)
		for name, err := range map[string]error{
			"board":  second(w.Board(ctx, b.Run.ID)),
			"start":  second(w.Start(ctx, w.call.ID, w.usual())),
			"copy":   second(w.Copy(ctx, b.Run.ID)),
			"cancel": second(w.Cancel(ctx, b.Run.ID)),
			"accept": second(w.Accept(ctx, b.Run.ID, b.Run.Version, plain())),
			"undo":   second(w.Undo(ctx, b.Run.ID, b.Run.Version)),
			"lock":   second(w.Lock(ctx, b.Run.ID, 1)),
		} {
			if !errors.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := w.Start(w.as(t, actor.LegalOfficer), w.call.ID, w.usual())
		refused(t, err, fault.Forbidden, "")
	})
}

func second[T any](_ T, err error) error { return err }

func TestNonsenseIsNotSearched(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, actor.Technician)
		for key, change := range map[string]func(*grouping.RunInput){
			"max":          func(in *grouping.RunInput) { in.Max = in.Min - 1 },
			"hours_budget": func(in *grouping.RunInput) { in.HoursBudget = 5 },
		} {
			in := w.usual()
			change(&in)
			_, err := w.Start(ctx, w.call.ID, in)
			if f := fault.Of(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != key {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}
