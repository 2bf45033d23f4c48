package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pack"
)

// demoPacks are the five organisations of the demonstration.
var demoPacks = []string{"diba", "imas", "treviso", "mugello", "barcelona"}

// LoadDemo fills an empty installation with the five organisations and their
// invented people, and lets the story of 2020 happen up to a day. A
// demonstration that was begun before goes on from where its clock stood.
func (a *App) LoadDemo(ctx context.Context, day civil.Date) error {
	if day.IsZero() {
		day = a.lastDay()
	}
	if err := os.WriteFile(a.dayFile(), []byte(day.String()), 0o600); err != nil {
		return err // the folder is marked before anything invented is in it
	}
	a.Clock.SetDay(beforeStory)
	if err := a.LoadPacks(ctx, demoPacks...); err != nil {
		return err
	}
	if err := a.loadPeople(ctx); err != nil {
		return fmt.Errorf("load invented people: %w", err)
	}
	if err := a.loadSeasons(ctx); err != nil {
		return fmt.Errorf("load invented seasons: %w", err)
	}
	return a.Replay(ctx, day)
}

func (a *App) loadPeople(ctx context.Context) error {
	people, err := a.packs.DemoPeople()
	if err != nil {
		return err
	}
	return a.DB.Across(ctx, "invented people work in many bodies", func(tx *db.Tx) error {
		if found, err := a.identity.DemoUsers(tx.Context, people[0].Name); err != nil || len(found) > 0 {
			return err
		}
		for _, p := range people {
			if err := a.loadPerson(tx.Context, p); err != nil {
				return fmt.Errorf("%s: %w", p.Key, err)
			}
		}
		return nil
	})
}

// loadPerson makes an account in the person's body. The officer, the team lead
// and the professionals of a municipality also act, for that body only, in the
// tenant of the organisation that supports it: that is where calls and
// supervision are.
func (a *App) loadPerson(ctx context.Context, p pack.DemoPerson) error {
	home, err := a.identity.BodyByCode(ctx, p.Body)
	if err != nil {
		return err
	}
	at := actor.AsSystem(ctx, home.ID, "command")
	u, err := a.identity.Register(at, identity.UserInput{Email: p.Email, Name: p.Name, Language: p.Language, Demo: true})
	if err != nil {
		return err
	}
	in := identity.MembershipInput{UserID: u.ID, Role: actor.Role(p.Role), Unit: p.Unit}
	if _, err := a.identity.Grant(at, in); err != nil {
		return err
	}
	if home.LeadsPack || !slices.Contains([]actor.Role{actor.LocalOfficer, actor.TeamLead, actor.Professional}, in.Role) {
		return nil
	}
	leader, err := a.leaderOf(ctx, home)
	if err != nil {
		return err
	}
	in.BodyID, in.Unit = home.ID, ""
	_, err = a.identity.Grant(actor.AsSystem(ctx, leader, "command"), in)
	return err
}

// leaderOf returns the tenant of the organisation that supports a body.
func (a *App) leaderOf(ctx context.Context, b identity.Body) (record.ID, error) {
	leader, err := a.identity.BodyByCode(ctx, b.Pack)
	return leader.ID, err
}

// welcome says where to go and as whom.
func (a *App) welcome(ctx context.Context, out io.Writer, address string, took time.Duration) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(out, format+"\n", args...) }
	say("")
	say("  Bastida, the demonstration, is ready on %s  (%.1f s)", address, took.Seconds())
	say("  Its day is %s; everybody in it is invented.", civil.Of(a.Clock.Now().In(i18n.Zone)))
	say("")
	say("  Sign in with one click on %s/sign-in, as for example", address)
	for _, code := range demoPacks {
		people, err := a.identity.DemoTeam(ctx, code)
		if err != nil {
			continue
		}
		for _, p := range people {
			if p.Role == actor.Technician {
				say("    %-28s %-24s %s", p.UserName, p.Role, p.TenantName)
			}
		}
	}
	say("")
	say("  Stop with Ctrl C.")
}
