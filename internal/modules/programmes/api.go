package programmes

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// ProgrammeShape is a programme as programs read it.
type ProgrammeShape struct {
	ID       record.ID          `json:"id"`
	Version  int                `json:"version"`
	Title    string             `json:"title"`
	Season   string             `json:"season"`
	Profile  string             `json:"profile"`
	Origin   supervision.Origin `json:"origin"`
	Basis    string             `json:"basis" doc:"The resolution, contract or decision it comes from"`
	Starts   civil.Date         `json:"starts"`
	Ends     civil.Date         `json:"ends"`
	State    supervision.State  `json:"state"`
	Groups   int                `json:"groups"`
	Figures  []profiles.Figure  `json:"figures"`
	ClosedAt record.Time        `json:"closed_at"`
}

func shapeProgramme(p supervision.Programme) ProgrammeShape {
	return ProgrammeShape{
		ID: p.ID, Version: p.Version, Title: p.Title, Season: p.Season, Profile: p.ProfileCode, Origin: p.Origin, Basis: p.OriginNote,
		Starts: p.Starts, Ends: p.Ends, State: p.State, Groups: p.Groups, Figures: p.Rules().Sorted(), ClosedAt: p.ClosedAt,
	}
}

// GroupShape is a group as programs read it, without the people.
type GroupShape struct {
	ID         record.ID               `json:"id"`
	Version    int                     `json:"version"`
	Programme  record.ID               `json:"programme"`
	Number     int                     `json:"number"`
	Name       string                  `json:"name"`
	Kind       profiles.Kind           `json:"kind"`
	Place      string                  `json:"place"`
	Language   string                  `json:"language"`
	Minutes    int                     `json:"minutes" doc:"Granted"`
	Supervisor string                  `json:"supervisor"`
	Expected   int                     `json:"expected" doc:"Professionals that the bodies announced"`
	Present    int                     `json:"present" doc:"People who take part today"`
	Bodies     []supervision.GroupBody `json:"bodies"`
	Goals      []string                `json:"goals"`
}

func shapeGroup(g supervision.Group) GroupShape {
	return GroupShape{
		ID: g.ID, Version: g.Version, Programme: g.ProgrammeID, Number: g.Number, Name: g.Name, Kind: g.Kind, Place: g.PlaceName, Language: g.Language,
		Minutes: g.Minutes, Supervisor: g.SupervisorName, Expected: g.Expected, Present: g.Present, Bodies: g.Bodies.V, Goals: g.Goals.V,
	}
}

// ParticipantShape is somebody who takes part.
type ParticipantShape struct {
	ID         record.ID             `json:"id"`
	Group      record.ID             `json:"group"`
	Name       string                `json:"name"`
	Profession profession.Profession `json:"profession"`
	Body       string                `json:"body"`
	Joined     civil.Date            `json:"joined"`
	Left       civil.Date            `json:"left"`
}

func shapeParticipant(p supervision.Participant) ParticipantShape {
	return ParticipantShape{p.ID, p.GroupID, p.Name, p.Profession, p.BodyName, p.Joined, p.Left}
}

// ContractShape is what a provider was engaged for.
type ContractShape struct {
	ID        record.ID `json:"id"`
	Provider  string    `json:"provider"`
	Scheme    string    `json:"scheme"`
	Reference string    `json:"reference"`
	Minutes   int       `json:"minutes"`
	Price     int       `json:"price_cents"`
}

func shapeContract(c supervision.Contract) ContractShape {
	return ContractShape{c.ID, c.Provider, c.Scheme, c.Reference, c.Minutes, c.PriceCents}
}
