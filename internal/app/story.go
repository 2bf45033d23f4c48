package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/applications"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/table"
)

// The demonstration lives the call of 2020 again. Its municipalities are real;
// their staff, their officers and their wishes are invented.
const (
	storyPack  = "diba"
	storyCall  = "2020-20270"
	storyAnnex = "C1-034"
)

// demoDay is when the demonstration begins: within the window of the call, so
// that every part of the story can be walked from there.
var demoDay = civil.MustParse("2020-02-03")

// beforeStory is when the regions are loaded: the call is not open yet.
var beforeStory = civil.MustParse("2020-01-02")

// Replay lets happen what happened up to a day, and leaves the clock there.
// What happened already does not happen again.
func (a *App) Replay(ctx context.Context, day civil.Date) error {
	if err := a.replayApplications(ctx, day); err != nil {
		return fmt.Errorf("replay the call of 2020: %w", err)
	}
	if err := a.replaySeasons(ctx, day); err != nil {
		return fmt.Errorf("replay the invented seasons: %w", err)
	}
	a.Clock.SetDay(day)
	if err := a.settleStory(ctx); err != nil {
		return err
	}
	return os.WriteFile(a.dayFile(), []byte(day.String()), 0o600)
}

// settleStory lets fall due at once what the worker would notice by and by.
func (a *App) settleStory(ctx context.Context) error {
	leader, err := a.identity.BodyByCode(ctx, storyPack)
	if err != nil {
		return err
	}
	return a.calls.Sweep(actor.AsSystem(ctx, leader.ID, "demo"))
}

// dayName is the file that keeps the day of the demonstration from one start to
// the next, and that tells a demonstration from an installation.
const dayName = "demo-day"

func (a *App) dayFile() string { return filepath.Join(a.Config.Data, dayName) }

// lastDay returns the day on which the demonstration was left, or its first.
func (a *App) lastDay() civil.Date {
	kept, err := os.ReadFile(a.dayFile())
	if err != nil {
		return demoDay
	}
	day, err := civil.Parse(strings.TrimSpace(string(kept)))
	if err != nil {
		return demoDay
	}
	return day
}

func (a *App) replayApplications(ctx context.Context, day civil.Date) error {
	p, err := a.packs.Pack(storyPack)
	if err != nil {
		return err
	}
	rows, err := p.DemoApplications()
	if err != nil {
		return err
	}
	slices.SortFunc(rows, func(x, y pack.DemoApplication) int { return x.FiledAt.Compare(y.FiledAt) })
	leader, err := a.identity.BodyByCode(ctx, storyPack)
	if err != nil {
		return err
	}
	call, err := a.callOf(ctx, storyPack, storyCall)
	if err != nil {
		return err
	}
	filed, err := a.haveApplied(actor.AsSystem(ctx, leader.ID, "demo"), call)
	if err != nil {
		return err
	}
	end := day.AddDays(1).Start(i18n.Zone)
	for _, row := range rows {
		if filed[row.Code] || !row.FiledAt.Before(end) {
			continue
		}
		if err := a.replayApplication(ctx, leader.ID, call, row); err != nil {
			return fmt.Errorf("application of %s: %w", row.Code, err)
		}
	}
	return nil
}

// callOf returns the call of a body with a code.
func (a *App) callOf(ctx context.Context, body, code string) (calls.Call, error) {
	found, _, err := a.calls.Calls(ctx, calls.CallFilter{Body: body}, table.Page{Number: 1, Size: 100})
	if err != nil {
		return calls.Call{}, err
	}
	i := slices.IndexFunc(found, func(c calls.Call) bool { return c.Code == code })
	if i < 0 {
		return calls.Call{}, fmt.Errorf("there is no call %s of %s", code, body)
	}
	return found[i], nil
}

// haveApplied returns the codes of the bodies that have an application.
func (a *App) haveApplied(ctx context.Context, call calls.Call) (map[string]bool, error) {
	found, err := a.calls.Of(ctx, call.ID)
	codes := map[string]bool{}
	for _, f := range found {
		codes[f.BodyCode] = true
	}
	return codes, err
}

// replayApplication does what the officer of a body did at that hour. What the
// rules of the call refuse stays a draft, as it would.
func (a *App) replayApplication(ctx context.Context, leader record.ID, call calls.Call, row pack.DemoApplication) error {
	body, err := a.identity.BodyByCode(ctx, row.Code)
	if err != nil {
		return err
	}
	officer, err := a.officerOf(ctx, leader, body)
	if err != nil {
		return err
	}
	a.Clock.SetTime(row.FiledAt.Add(-25 * time.Minute))
	ctx = actor.With(ctx, actor.Actor{
		Tenant: leader, User: officer.ID, Name: officer.Name, Role: actor.LocalOfficer, Body: body.ID, Via: "demo",
	})
	application, err := a.applications.Start(ctx, call.ID)
	if err != nil {
		return err
	}
	if _, err := a.applications.Save(ctx, application.ID, drafts.Keystrokes{}, contentOf(row, officer)); err != nil {
		return err
	}
	if _, err := a.applications.SaveAnnex(ctx, application.ID, storyAnnex, drafts.Keystrokes{Typed: annexOf(row, officer)}); err != nil {
		return err
	}
	a.Clock.SetTime(row.FiledAt)
	_, err = a.applications.Submit(ctx, application.ID)
	switch {
	case errors.Is(err, fault.Conflict) || errors.Is(err, fault.Invalid):
		return nil // a rule refused it, which is part of the story
	case err == nil && row.OutcomeHint == "withdraw":
		_, err = a.applications.Withdraw(ctx, application.ID)
	}
	return err
}

// officerOf returns who files for a body. County councils have nobody in the
// demonstration, so the body signs.
func (a *App) officerOf(ctx context.Context, leader record.ID, body identity.Body) (identity.User, error) {
	found, err := a.identity.Contacts(actor.AsSystem(ctx, leader, "demo"), body.ID, actor.LocalOfficer)
	if err != nil || len(found) > 0 {
		return slices.Concat(found, []identity.User{{}})[0], err
	}
	return identity.User{Name: body.Name, Email: "serveis.socials@" + strings.ToLower(body.Code) + ".example"}, nil
}

func contentOf(row pack.DemoApplication, officer identity.User) applications.Input {
	return applications.Input{
		Modality: row.Modality, Consent: row.Consent, Joint: row.JointWith, ContactName: officer.Name, ContactEmail: officer.Email,
		ContactPhone: "93 000 00 00",
		Team: calls.Team{
			SocialWorkers: row.SocialWorkers, SocialEducators: row.SocialEducators, Psychologists: row.Psychologists,
			Lawyers: row.Lawyers, FamilyWorkers: row.FamilyWorkers, Administratives: row.Administratives,
		},
	}
}

// annexOf answers the annex as a small team would; what the row leaves empty
// stays unanswered.
func annexOf(row pack.DemoApplication, officer identity.User) url.Values {
	yes := map[bool]string{true: "true", false: "false"}
	typed := url.Values{}
	answer := func(code string, values ...string) {
		if values = slices.DeleteFunc(values, func(v string) bool { return v == "" }); len(values) > 0 {
			typed["a_"+code] = values
		}
	}
	for code, count := range map[string]int{
		"social_workers": row.SocialWorkers, "social_educators": row.SocialEducators, "psychologists": row.Psychologists,
		"lawyers": row.Lawyers, "family_workers": row.FamilyWorkers, "administratives": row.Administratives,
	} {
		answer(code, strconv.Itoa(count))
	}
	answer("team_structure", "single")
	answer("modality", row.Modality)
	answer("needs", map[string]string{"cases": "complex_cases", "teams": "communication"}[row.Modality])
	answer("needs_text", row.Needs)
	answer("goals_text", row.Needs)
	answer("urgency", strconv.Itoa(cmp.Or(len(row.Needs)%7, 1)+3))
	answer("had_supervision", yes[false])
	answer("preferred_days", row.Days...)
	answer("part_of_day", "morning")
	answer("space_available", yes[false])
	answer("consent_to_group", yes[row.Consent])
	answer("coordinator_name", officer.Name)
	answer("coordinator_position", "Referent")
	answer("coordinator_email", officer.Email)
	answer("coordinator_phone", "93 000 00 00")
	return typed
}
