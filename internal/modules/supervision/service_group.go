package supervision

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

// GroupInput is what a person says of a group.
type GroupInput struct {
	Name      string        `json:"name"`
	Kind      profiles.Kind `json:"kind"`
	PlaceCode string        `json:"place" doc:"Code of the place where it meets; empty for online"`
	Language  string        `json:"language"`
	Hours     float64       `json:"hours" doc:"Granted"`
	Goals     []string      `json:"goals"`
	Bodies    []GroupBody   `json:"bodies"`
	Contract  record.ID     `json:"contract"`
}

// AddGroup adds a group to a programme.
func (s *Service) AddGroup(ctx context.Context, programme record.ID, in GroupInput) (g Group, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		p, err := programmes.Get(tx, programme)
		if err := cmp.Or(err, p.editable()); err != nil {
			return err
		}
		g = Group{ProgrammeID: p.ID}
		if err := s.fillGroup(tx, p, &g, in); err != nil {
			return err
		}
		return s.addGroup(tx, &g)
	})
	return g, err
}

// addGroup numbers a group and stores it.
func (s *Service) addGroup(tx *db.Tx, g *Group) (err error) {
	if g.Number, err = nextNumber(tx, g.ProgrammeID); err != nil {
		return err
	}
	if err := groups.Insert(tx, g); err != nil {
		return err
	}
	_, err = programmes.Edit(tx, g.ProgrammeID, db.AnyVersion, func(p *Programme) error {
		p.Groups = g.Number
		return nil
	})
	if err != nil || g.Minutes == 0 {
		return err
	}
	return s.tellGrant(tx, *g)
}

func (s *Service) tellGrant(tx *db.Tx, g Group) error {
	for _, told := range s.granted {
		if err := told(tx, g); err != nil {
			return err
		}
	}
	return nil
}

// CorrectGroup changes a group. Fewer hours than were already planned or held
// are refused by whoever keeps count of them.
func (s *Service) CorrectGroup(ctx context.Context, id record.ID, version int, in GroupInput) (g Group, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		granted := 0
		g, err = groups.Edit(tx, id, version, func(g *Group) error {
			p, err := programmes.Get(tx, g.ProgrammeID)
			if err := cmp.Or(err, p.editable()); err != nil {
				return err
			}
			granted = g.Minutes
			return s.fillGroup(tx, p, g, in)
		})
		if err != nil || g.Minutes == granted {
			return err
		}
		return s.tellGrant(tx, g)
	})
	return g, err
}

// fillGroup takes over what was said of a group, as far as the rules allow.
func (s *Service) fillGroup(tx *db.Tx, p Programme, g *Group, in GroupInput) error {
	var wrong fault.Fields
	rules := p.Rules()
	if !slices.Contains(rules.Kinds, in.Kind) {
		wrong.Add("kind", "form.not_an_option")
	}
	minutes := int(in.Hours*60 + 0.5)
	if most, stated := rules.Figure(profiles.MaxHoursGroup, in.Kind); stated && in.Hours > most {
		wrong.Add("hours", "supervision.too_many_hours", "max", most)
	}
	g.PlaceCode, g.PlaceName = in.PlaceCode, ""
	if in.PlaceCode != "" {
		found, err := s.Territory.PlacesByCode(tx.Context, in.PlaceCode)
		if err != nil {
			return err
		}
		place, known := found[in.PlaceCode]
		if !known {
			wrong.Add("place", "form.not_an_option")
		}
		g.PlaceName, g.Area = place.Name, place.Area
	}
	bodies, err := s.bodiesOf(tx, in.Bodies, &wrong)
	if err != nil {
		return err
	}
	g.Expected = 0
	for _, b := range bodies {
		g.Expected += b.Professionals
	}
	g.Name, g.Kind, g.Language, g.Minutes, g.ContractID = in.Name, in.Kind, in.Language, minutes, in.Contract
	g.Goals.V, g.Bodies.V = in.Goals, bodies
	return wrong.Err()
}

// bodiesOf names the bodies of a group: the tenant itself, or those that it
// supports.
func (s *Service) bodiesOf(tx *db.Tx, said []GroupBody, wrong *fault.Fields) (bodies []GroupBody, err error) {
	home, err := s.Identity.Body(tx.Context, tx.Tenant)
	if err != nil {
		return nil, err
	}
	for i, b := range said {
		body, err := s.Identity.Body(tx.Context, b.BodyID)
		if err != nil && !errors.Is(err, fault.NotFound) {
			return nil, err
		}
		twice := slices.ContainsFunc(bodies, func(other GroupBody) bool { return other.BodyID == b.BodyID })
		if err != nil || body.Pack != home.Pack || twice {
			wrong.Add("bodies."+strconv.Itoa(i)+".body", "form.not_an_option")
			continue
		}
		bodies = append(bodies, GroupBody{body.ID, body.Code, body.Name, b.Professionals})
	}
	return bodies, nil
}

// Allocate gives a group its supervisor. One who has worked for a body of the
// group, or is otherwise bound to it, is refused with the reason.
func (s *Service) Allocate(ctx context.Context, group record.ID, version int, supervisor record.ID) (g Group, err error) {
	err = s.manage(ctx, func(tx *db.Tx) error {
		who, err := s.Supervisors.Supervisor(tx.Context, supervisor)
		if err != nil {
			return err
		}
		var before record.ID
		g, err = groups.Edit(tx, group, version, func(g *Group) error {
			p, err := programmes.Get(tx, g.ProgrammeID)
			if err := cmp.Or(err, p.editable()); err != nil {
				return err
			}
			if p.Rules().Supervisor == profiles.NoSupervisor {
				return fault.New(fault.Conflict, "supervision.peers_only")
			}
			if who.State != supervisors.Active {
				return fault.New(fault.Conflict, "supervision.not_active", "supervisor", who.Name)
			}
			conflicts, err := s.Supervisors.Conflicts(tx.Context, supervisor, g.Place().Bodies)
			if err != nil {
				return err
			}
			if len(conflicts) > 0 {
				return fault.New(fault.Conflict, "supervision.incompatible", "supervisor", who.Name, "body", conflicts[0].BodyName)
			}
			if only := p.Rules().KindOnly[g.Kind]; slices.Contains(p.Rules().SameProfession, g.Kind) && !slices.Contains(only, who.Profession) {
				return fault.New(fault.Conflict, "supervision.other_profession", "supervisor", who.Name)
			}
			if p.Rules().Supervisor == profiles.ExternalRequired && !who.External {
				return fault.New(fault.Conflict, "supervision.not_external", "supervisor", who.Name)
			}
			before = g.SupervisorID
			g.SupervisorID, g.SupervisorUser, g.SupervisorName = who.ID, who.UserID, who.Name
			return nil
		})
		if err != nil || before == "" || before == who.ID {
			return err
		}
		for _, told := range s.handed {
			if err := told(tx, g); err != nil {
				return err
			}
		}
		return nil
	})
	return g, err
}

// ParticipantInput is what is said of somebody who takes part.
type ParticipantInput struct {
	Name       string                `json:"name"`
	Email      string                `json:"email"`
	Profession profession.Profession `json:"profession"`
	BodyID     record.ID             `json:"body"`
	Employer   string                `json:"employer" doc:"When it is not the body itself"`
	Joined     civil.Date            `json:"joined" doc:"Today when empty"`
}

// Enrol adds a person to a group. Officers and team leads add those of their
// own body. A profession that the profile leaves out, a full group and somebody
// who is in it already are refused.
func (s *Service) Enrol(ctx context.Context, group record.ID, in ParticipantInput) (part Participant, err error) {
	if err := Enrol.Require(ctx); err != nil {
		return part, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		g, err := groups.Get(tx, group)
		if err != nil {
			return err
		}
		if err := Read.Check(tx.Context, g.Place()); err != nil {
			return err
		}
		p, err := programmes.Get(tx, g.ProgrammeID)
		if err := cmp.Or(err, p.editable()); err != nil {
			return err
		}
		if part, err = s.newParticipant(tx, p, g, in); err != nil {
			return err
		}
		if err := Enrol.Check(tx.Context, part.Place()); err != nil {
			return err
		}
		if err := participants.Insert(tx, &part); err != nil {
			return err
		}
		return recount(tx, g.ID)
	})
	return part, err
}

func (s *Service) newParticipant(tx *db.Tx, p Programme, g Group, in ParticipantInput) (part Participant, err error) {
	var wrong fault.Fields
	email := strings.ToLower(strings.TrimSpace(in.Email))
	at := slices.IndexFunc(g.Bodies.V, func(b GroupBody) bool { return b.BodyID == in.BodyID })
	if at < 0 {
		wrong.Add("body", "form.not_an_option")
	}
	if !p.Rules().Admits(in.Profession, g.Kind) {
		wrong.Add("profession", "supervision.profession_left_out")
	}
	if there, err := enrolled(tx, g.ID, email); err != nil {
		return part, err
	} else if there {
		wrong.Add("email", "supervision.enrolled_already")
	}
	if most, stated := p.Rules().Figure(profiles.MaxGroup, g.Kind); stated && float64(g.Present) >= most {
		wrong.Add("name", "supervision.group_full", "max", most)
	}
	if err := wrong.Err(); err != nil {
		return part, err
	}
	account, err := s.accountOf(tx.Context, email)
	if err != nil {
		return part, err
	}
	joined := in.Joined
	if joined.IsZero() {
		joined = today(tx)
	}
	return Participant{
		ProgrammeID: p.ID, GroupID: g.ID, UserID: account, Name: in.Name, NameFold: text.Fold(in.Name), Email: email,
		Profession: in.Profession, BodyID: in.BodyID, BodyName: g.Bodies.V[at].Name, Employer: in.Employer, Joined: joined,
	}, nil
}

// accountOf finds the account that may act in the tenant with an address. None
// is no failure: people without an account take part by their personal codes.
//
// Safety: it reads as the program itself and gives away an identifier only.
func (s *Service) accountOf(ctx context.Context, email string) (record.ID, error) {
	found, _, err := s.Identity.People(actor.AsSystem(ctx, actor.From(ctx).Tenant, "supervision"), identity.PersonFilter{Words: email}, table.Page{Number: 1, Size: 20})
	i := slices.IndexFunc(found, func(p identity.Person) bool { return p.Email == email })
	if err != nil || i < 0 {
		return "", err
	}
	return found[i].ID, nil
}

// Leave ends somebody's belonging to a group, from today on.
func (s *Service) Leave(ctx context.Context, participant record.ID) (part Participant, err error) {
	if err := Enrol.Require(ctx); err != nil {
		return part, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		part, err = participants.Edit(tx, participant, db.AnyVersion, func(p *Participant) error {
			if err := Enrol.Check(tx.Context, p.Place()); err != nil {
				return err
			}
			return p.leave(today(tx))
		})
		if err != nil {
			return err
		}
		for _, told := range s.left {
			if err := told(tx, part); err != nil {
				return err
			}
		}
		return recount(tx, part.GroupID)
	})
	return part, err
}

// recount writes down who belongs to a group now.
func recount(tx *db.Tx, group record.ID) error {
	all, err := participantsWhere(tx, "group_id", group)
	if err != nil {
		return err
	}
	_, err = groups.Edit(tx, group, db.AnyVersion, func(g *Group) error {
		g.Present, g.Members.V = 0, nil
		for _, p := range all {
			if !p.Left.IsZero() {
				continue
			}
			g.Present++
			if p.UserID != "" {
				g.Members.V = append(g.Members.V, p.UserID)
			}
		}
		return nil
	})
	return err
}

// Participant returns somebody who takes part in a group within reach.
func (s *Service) Participant(ctx context.Context, id record.ID) (part Participant, err error) {
	err = s.look(ctx, func(tx *db.Tx) error {
		if part, err = participants.Get(tx, id); err != nil {
			return err
		}
		g, err := groups.Get(tx, part.GroupID)
		if err != nil {
			return err
		}
		err = Read.Check(tx.Context, g.Place())
		if errors.Is(err, fault.Forbidden) {
			return fault.New(fault.NotFound, "record.not_found")
		}
		return err
	})
	return part, err
}
