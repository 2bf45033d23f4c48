package supervision

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/grouping"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// ProgrammeInput is what a person says of a programme.
type ProgrammeInput struct {
	Title       string     `json:"title"`
	Season      string     `json:"season" doc:"As people say it, such as 2019-2020"`
	Territory   string     `json:"territory"`
	ProfileCode string     `json:"profile"`
	Origin      Origin     `json:"origin"`
	OriginNote  string     `json:"origin_note" doc:"The resolution, contract or decision it comes from"`
	CallID      record.ID  `json:"call" doc:"Of a resolution: its groups and their hours come along"`
	Starts      civil.Date `json:"starts"`
	Ends        civil.Date `json:"ends"`
}

func (in ProgrammeInput) check() error {
	var wrong fault.Fields
	if in.Ends.Before(in.Starts) {
		wrong.Add("ends", "supervision.ends_first")
	}
	if in.Origin == FromResolution && in.CallID == "" {
		wrong.Add("call", "form.required")
	}
	if in.Origin != FromResolution && in.OriginNote == "" {
		wrong.Add("origin_note", "form.required")
	}
	return wrong.Err()
}

func (p *Programme) fill(in ProgrammeInput) {
	p.Title, p.TitleFold, p.Season, p.Territory = in.Title, text.Fold(in.Title), in.Season, in.Territory
	p.Origin, p.OriginNote, p.CallID, p.Starts, p.Ends = in.Origin, in.OriginNote, in.CallID, in.Starts, in.Ends
}

// Create prepares a programme under a profile. One that comes from a resolution
// begins with the groups that were accepted, with the bodies that have not
// renounced and the hours granted to them.
func (s *Service) Create(ctx context.Context, in ProgrammeInput) (p Programme, err error) {
	if err := in.check(); err != nil {
		return p, err
	}
	err = s.manage(ctx, func(tx *db.Tx) error {
		rules, err := s.Profiles.ByCode(tx.Context, in.ProfileCode)
		if errors.Is(err, fault.NotFound) {
			var wrong fault.Fields
			wrong.Add("profile", "form.not_an_option")
			return wrong.Err()
		}
		if err != nil {
			return err
		}
		p = Programme{State: Draft, ProfileCode: rules.Code}
		p.Profile.V = rules
		p.fill(in)
		if err := programmes.Insert(tx, &p); err != nil || in.Origin != FromResolution {
			return err
		}
		p, err = s.bring(tx, p)
		return err
	})
	return p, err
}

// Correct changes what a programme says of itself. Where it comes from stays.
func (s *Service) Correct(ctx context.Context, id record.ID, version int, in ProgrammeInput) (p Programme, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		p, err = programmes.Edit(tx, id, version, func(p *Programme) error {
			in.Origin, in.CallID = p.Origin, p.CallID
			if err := cmp.Or(p.editable(), in.check()); err != nil {
				return err
			}
			p.fill(in)
			return nil
		})
		return err
	})
	return p, err
}

// StateFigure gives a figure of a programme its value, with its source. An open
// programme's commitment and terms are what they were when it opened: only what
// nobody has stated can be stated then.
func (s *Service) StateFigure(ctx context.Context, id record.ID, version int, in profiles.FigureInput) (p Programme, err error) {
	if in.Source == "" {
		var wrong fault.Fields
		wrong.Add("source", "form.required")
		return p, wrong.Err()
	}
	err = s.manage(ctx, func(tx *db.Tx) error {
		p, err = programmes.Edit(tx, id, version, func(p *Programme) error {
			if err := p.editable(); err != nil {
				return err
			}
			if i := slices.IndexFunc(p.Profile.V.Figures, func(f profiles.Figure) bool { return f.Name() == in.Name }); i >= 0 &&
				p.State == Open && p.Profile.V.Figures[i].Value != nil {
				return fault.New(fault.Conflict, "supervision.figure_fixed")
			}
			return p.Profile.V.State(in, tx.Actor.Name, today(tx))
		})
		return err
	})
	return p, err
}

// Step moves a programme along its life. Closing asks first whether anything
// holds it, and says the first thing that does.
func (s *Service) Step(ctx context.Context, id record.ID, version int, step string) (p Programme, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		p, err = programmes.Edit(tx, id, version, func(p *Programme) error {
			if err := life.Move(tx.Context, p, step); err != nil {
				return err
			}
			switch p.State {
			case Open:
				p.OpenedAt = tx.Now
			case Closed:
				p.ClosedAt, p.ClosedBy = tx.Now, tx.Actor.Name
				return s.unheld(tx.Context, *p)
			case Draft, Cancelled:
			}
			return nil
		})
		return err
	})
	return p, err
}

func (s *Service) unheld(ctx context.Context, p Programme) error {
	held, err := s.Holds(ctx, p)
	if err != nil || len(held) == 0 {
		return err
	}
	return fault.New(fault.Conflict, held[0].Key, held[0].Args...)
}

// bring makes the groups of a programme out of those that were accepted for its
// call. A body too large for one group becomes several.
func (s *Service) bring(tx *db.Tx, p Programme) (Programme, error) {
	run, err := s.accepted(tx.Context, p.CallID)
	if err != nil {
		return p, err
	}
	granted, err := s.grantedBy(tx.Context, p.CallID)
	if err != nil {
		return p, err
	}
	for _, team := range run.Teams {
		for share := range team.Shares {
			g := Group{
				Name: teamName(team, share), Kind: kindOf(team.Modality), Area: team.Area, PlaceCode: team.Host.Code, PlaceName: team.Host.Name,
				Minutes: run.Run.Params.V.HoursPerGroup * 60, FormedID: team.ID, ProgrammeID: p.ID,
			}
			for _, place := range team.Places {
				if !granted[place.Application] {
					continue
				}
				people := spread(place.Professionals, team.Shares, share)
				g.Bodies.V = append(g.Bodies.V, GroupBody{place.BodyID, place.Code, place.Name, people})
				g.Expected += people
			}
			if len(g.Bodies.V) == 0 {
				continue
			}
			if err := s.addGroup(tx, &g); err != nil {
				return p, err
			}
		}
	}
	return programmes.Get(tx, p.ID)
}

// accepted returns the accepted run of a call.
func (s *Service) accepted(ctx context.Context, call record.ID) (*grouping.Board, error) {
	runs, _, err := s.Grouping.Runs(ctx, grouping.RunFilter{Call: call, State: grouping.Accepted}, table.Page{Number: 1, Size: 1})
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, fault.New(fault.Conflict, "supervision.nothing_accepted")
	}
	return s.Grouping.Board(ctx, runs[0].ID)
}

// grantedBy tells which applications of a resolved call take part.
func (s *Service) grantedBy(ctx context.Context, call record.ID) (map[record.ID]bool, error) {
	all, err := s.Calls.Of(ctx, call)
	in := map[record.ID]bool{}
	for _, a := range all {
		in[a.ID] = slices.Contains([]calls.State{calls.Granted, calls.PartlyGranted, calls.Accepted}, a.State)
	}
	return in, err
}

// kindOf is what the groups of a modality of a call meet for.
func kindOf(modality string) profiles.Kind {
	if k := profiles.Kind(modality); slices.Contains(profiles.Kinds, k) {
		return k
	}
	return profiles.Teams
}

func teamName(t grouping.Team, share int) string {
	name := cmp.Or(t.Name, t.Area, t.Host.Name)
	if t.Shares > 1 {
		name += " " + string(rune('A'+share%26))
	}
	return name
}

// spread is the part of so many people that falls to one of several groups, as
// even as can be.
func spread(people, groups, at int) int {
	part := people / groups
	if at < people%groups {
		part++
	}
	return part
}

// ContractInput is what a person says of a contract.
type ContractInput struct {
	Provider  string     `json:"provider"`
	Scheme    string     `json:"scheme"`
	Reference string     `json:"reference"`
	SignedOn  civil.Date `json:"signed_on"`
	Hours     float64    `json:"hours"`
	Price     float64    `json:"price" doc:"Of an hour, before tax, in euros"`
	Document  string     `json:"document"`
}

// Engage enters a contract of a programme.
func (s *Service) Engage(ctx context.Context, programme record.ID, in ContractInput) (c Contract, err error) {
	if err := Contracting.Check(ctx, access.Place{}); err != nil {
		return c, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		p, err := programmes.Get(tx, programme)
		if err := cmp.Or(err, p.editable()); err != nil {
			return err
		}
		c = Contract{
			ProgrammeID: p.ID, Provider: in.Provider, Scheme: in.Scheme, Reference: in.Reference, SignedOn: in.SignedOn,
			Minutes: int(in.Hours*60 + 0.5), PriceCents: int(in.Price*100 + 0.5), Document: in.Document,
		}
		return contracts.Insert(tx, &c)
	})
	return c, err
}
