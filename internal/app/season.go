package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/table"
)

// cast is a tenant whose invented season is being lived, and who lives it.
type cast struct {
	tenant      record.ID
	technician  identity.DemoUser
	supervisors map[string]supervisors.Supervisor // by address
	bodies      map[string]identity.Body          // by code
}

// as acts as the technician of the tenant.
func (c cast) as(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{
		Tenant: c.tenant, User: c.technician.UserID, Membership: c.technician.ID, Name: c.technician.UserName, Role: actor.Technician, Via: "demo",
	})
}

// loadSeasons prepares the invented seasons of every organisation: who
// supervises, in which groups and whom. What happens in them day by day is for
// replaySeasons. A season that is there already is left as it is.
func (a *App) loadSeasons(ctx context.Context) error {
	return a.eachSeason(func(code string, s pack.DemoSeason) error { return a.loadSeason(ctx, code, s) })
}

// eachSeason does something with the invented seasons of every organisation.
func (a *App) eachSeason(do func(code string, s pack.DemoSeason) error) error {
	for _, code := range demoPacks {
		p, err := a.packs.Pack(code)
		if err != nil {
			return err
		}
		seasons, err := p.DemoSeasons()
		if err != nil {
			return err
		}
		for _, s := range seasons {
			if err := do(code, s); err != nil {
				return fmt.Errorf("season %s of %s: %w", s.Programme.Title, code, err)
			}
		}
	}
	return nil
}

func (a *App) loadSeason(ctx context.Context, code string, s pack.DemoSeason) error {
	c, err := a.castOf(ctx, code)
	if err != nil {
		return err
	}
	ctx = c.as(ctx)
	if _, known, err := a.seasonOf(ctx, s); known || err != nil {
		return err
	}
	a.Clock.SetTime(at(s.Programme.Opened, "09:00"))
	return a.DB.Do(ctx, func(tx *db.Tx) error {
		if err := a.registerSupervisors(tx.Context, c, s); err != nil {
			return err
		}
		programme, err := a.prepareProgramme(tx.Context, s)
		if err != nil {
			return err
		}
		for _, g := range s.Groups {
			if err := a.loadGroup(tx.Context, c, programme.ID, g); err != nil {
				return fmt.Errorf("group %s: %w", g.Name, err)
			}
		}
		if programme, err = a.supervision.Programme(tx.Context, programme.ID); err != nil {
			return err
		}
		if _, err = a.supervision.Step(tx.Context, programme.ID, programme.Version, "open"); err != nil {
			return err
		}
		groups, err := a.supervision.Groups(tx.Context, programme.ID)
		if err != nil {
			return err
		}
		for i, g := range groups {
			if err := a.bookSessions(tx.Context, g.ID, s.Groups[i]); err != nil {
				return fmt.Errorf("sessions of %s: %w", g.Name, err)
			}
		}
		return nil
	})
}

// castOf finds the people of an organisation.
func (a *App) castOf(ctx context.Context, code string) (c cast, err error) {
	home, err := a.identity.BodyByCode(ctx, code)
	if err != nil {
		return c, err
	}
	team, err := a.identity.DemoTeam(ctx, code)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(team, func(u identity.DemoUser) bool { return u.Role == actor.Technician })
	if i < 0 {
		return c, fmt.Errorf("%s has no technician", code)
	}
	c = cast{tenant: home.ID, technician: team[i], supervisors: map[string]supervisors.Supervisor{}, bodies: map[string]identity.Body{code: home}}
	found, _, err := a.identity.Bodies(ctx, identity.BodyFilter{Pack: home.Pack}, table.Page{Number: 1, Size: 1000})
	for _, b := range found {
		c.bodies[b.Code] = b
	}
	return c, err
}

// seasonOf finds the programme of an invented season, if it was lived before.
func (a *App) seasonOf(ctx context.Context, s pack.DemoSeason) (p supervision.Programme, known bool, err error) {
	found, _, err := a.supervision.Programmes(ctx, supervision.ProgrammeFilter{}, table.Page{Number: 1, Size: 1000})
	i := slices.IndexFunc(found, func(p supervision.Programme) bool { return p.Title == s.Programme.Title })
	if err != nil || i < 0 {
		return p, false, err
	}
	return found[i], true, nil
}

func (a *App) registerSupervisors(ctx context.Context, c cast, s pack.DemoSeason) error {
	for _, in := range s.Supervisors {
		who, err := a.supervisors.Add(ctx, supervisors.SupervisorInput{
			Name: in.Name, Email: in.Email, Provider: in.Provider, External: in.External, Profession: profession.Profession(in.Profession),
			Languages: in.Languages, Areas: in.Areas, Home: in.Home, WeeklyHours: in.WeeklyHours, SeasonHours: in.SeasonHours,
		})
		if err != nil {
			return fmt.Errorf("supervisor %s: %w", in.Name, err)
		}
		if err := a.vouch(ctx, who.ID); err != nil {
			return fmt.Errorf("evidence of %s: %w", in.Name, err)
		}
		c.supervisors[in.Email] = who
	}
	return nil
}

// vouch puts an invented piece of evidence beside a supervisor, which the
// technician has seen.
func (a *App) vouch(ctx context.Context, supervisor record.ID) error {
	today := civil.Of(a.Clock.Now().In(i18n.Zone))
	piece, err := a.supervisors.AddEvidence(ctx, supervisor, supervisors.EvidenceInput{
		Kind: supervisors.SupervisorTraining, Title: "Formació inventada en supervisió", Institution: "Escola inventada", Hours: 150,
		Date: today.AddDays(-900),
	})
	if err != nil {
		return err
	}
	_, err = a.supervisors.VerifyEvidence(ctx, supervisor, piece.ID, supervisors.VerificationInput{On: today, Seen: supervisors.Original})
	return err
}

func (a *App) prepareProgramme(ctx context.Context, s pack.DemoSeason) (p supervision.Programme, err error) {
	in := s.Programme
	p, err = a.supervision.Create(ctx, supervision.ProgrammeInput{
		Title: in.Title, Season: in.Season, Territory: in.Territory, ProfileCode: in.Profile, Origin: supervision.Origin(in.Origin),
		OriginNote: in.OriginNote, Starts: in.Starts, Ends: in.Ends,
	})
	for _, f := range s.Figures {
		if err != nil {
			return p, err
		}
		p, err = a.supervision.StateFigure(ctx, p.ID, p.Version, profiles.FigureInput{Name: f.Name, Value: f.Value, Source: f.Source})
	}
	for _, contract := range s.Contracts {
		if err != nil {
			return p, err
		}
		_, err = a.supervision.Engage(ctx, p.ID, supervision.ContractInput{
			Provider: contract.Provider, Scheme: contract.Scheme, Reference: contract.Reference, SignedOn: contract.SignedOn,
			Hours: contract.Hours, Price: contract.Price, Document: contract.Document,
		})
	}
	return p, err
}

func (a *App) loadGroup(ctx context.Context, c cast, programme record.ID, in pack.DemoGroup) error {
	contracts, err := a.supervision.Contracts(ctx, programme)
	if err != nil {
		return err
	}
	said := supervision.GroupInput{Name: in.Name, Kind: profiles.Kind(in.Kind), PlaceCode: in.Place, Language: in.Language, Hours: in.Hours, Goals: in.Goals}
	if len(contracts) > 0 {
		said.Contract = contracts[0].ID
	}
	for _, b := range in.Bodies {
		said.Bodies = append(said.Bodies, supervision.GroupBody{BodyID: c.bodies[b.Code].ID, Professionals: b.Professionals})
	}
	g, err := a.supervision.AddGroup(ctx, programme, said)
	if err != nil {
		return err
	}
	if who, known := c.supervisors[in.Supervisor]; known {
		if g, err = a.supervision.Allocate(ctx, g.ID, g.Version, who.ID); err != nil {
			return err
		}
	}
	for _, p := range in.People {
		if _, err := a.supervision.Enrol(ctx, g.ID, supervision.ParticipantInput{
			Name: p.Name, Email: p.Email, Profession: profession.Profession(p.Profession), BodyID: c.bodies[p.Body].ID,
		}); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	return nil
}

// at is the instant when a clock on the wall shows an hour on a day.
func at(day civil.Date, hour string) time.Time {
	clock, err := time.Parse("15:04", hour)
	if err != nil {
		return day.Start(i18n.Zone)
	}
	return day.Start(i18n.Zone).Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute)
}
