package supervision

import (
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/platform/access"
)

// Group is the professionals of one or more bodies who share sessions.
type Group struct {
	record.Row
	ProgrammeID    record.ID                `db:"programme_id"`
	Number         int                      `db:"number"` // within the programme, from 1
	Name           string                   `db:"name"`
	Kind           profiles.Kind            `db:"kind"`
	Area           string                   `db:"area"`
	PlaceCode      string                   `db:"place_code"` // of the territory; empty for online
	PlaceName      string                   `db:"place_name"`
	Language       string                   `db:"language"`
	Goals          record.JSON[[]string]    `db:"goals"`
	Bodies         record.JSON[[]GroupBody] `db:"bodies"`
	Expected       int                      `db:"expected"` // professionals that the bodies announced
	Present        int                      `db:"present"`  // participants today
	Members        record.JSON[[]record.ID] `db:"members"`  // accounts of the participants of today
	SupervisorID   record.ID                `db:"supervisor_id"`
	SupervisorUser record.ID                `db:"supervisor_user"`
	SupervisorName string                   `db:"supervisor_name"`
	Minutes        int                      `db:"minutes"`     // granted
	ContractID     record.ID                `db:"contract_id"` // that pays for it; may be empty
	FormedID       record.ID                `db:"formed_id"`   // the group of the call that it comes from
}

// GroupBody is a body in a group.
type GroupBody struct {
	BodyID        record.ID `json:"body"`
	Code          string    `json:"code"`
	Name          string    `json:"name"`
	Professionals int       `json:"professionals"` // that it announced
}

// Href is the page of the group.
func (g Group) Href() string { return "/supervision/groups/" + g.ID.String() }

// Ref names the group to whoever hangs something on it.
func (g Group) Ref() record.Ref { return record.Ref{Kind: "supervision_group", ID: g.ID} }

// Place is where the group lies, for permissions: its bodies, and the people of
// today with their supervisor.
func (g Group) Place() access.Place {
	at := access.Place{People: slices.Clone(g.Members.V)}
	for _, b := range g.Bodies.V {
		at.Bodies = append(at.Bodies, b.BodyID)
	}
	if g.SupervisorUser != "" {
		at.People = append(at.People, g.SupervisorUser)
	}
	return at
}

// Size is how many people the group has, or will have as far as is known.
func (g Group) Size() int { return max(g.Present, g.Expected) }

// Short is the sizes that the programme's rules ask for, when the group has
// fewer people.
func (g Group) Short(rules profiles.Profile) (least int, short bool) {
	wanted, stated := rules.Figure(profiles.MinGroup, g.Kind)
	return int(wanted), stated && float64(g.Size()) < wanted
}

// Participant is one person in one group.
type Participant struct {
	record.Row
	ProgrammeID record.ID             `db:"programme_id"`
	GroupID     record.ID             `db:"group_id"`
	UserID      record.ID             `db:"user_id"` // their account; may be empty
	Name        string                `db:"name"`
	NameFold    string                `db:"name_fold"`
	Email       string                `db:"email"`
	Profession  profession.Profession `db:"profession"`
	BodyID      record.ID             `db:"body_id"`
	BodyName    string                `db:"body_name"`
	Employer    string                `db:"employer"` // when it is not the body: a provider that works for it
	Joined      civil.Date            `db:"joined_on"`
	Left        civil.Date            `db:"left_on"` // the first day on which they belong no longer
}

// On reports whether the person belonged to the group on a day.
func (p Participant) On(day civil.Date) bool {
	return !day.Before(p.Joined) && (p.Left.IsZero() || day.Before(p.Left))
}

// Place is where the participant lies, for permissions.
func (p Participant) Place() access.Place { return access.Place{Body: p.BodyID} }

// leave ends the belonging.
func (p *Participant) leave(on civil.Date) error {
	if !p.Left.IsZero() {
		return fault.New(fault.Conflict, "supervision.left_already")
	}
	p.Left = on
	return nil
}

// Belonging is what somebody is to a group today.
type Belonging struct {
	Group       Group
	Supervises  bool
	Participant *Participant // nil when they only supervise
}

// Contract is what a provider was engaged for.
type Contract struct {
	record.Row
	ProgrammeID record.ID  `db:"programme_id"`
	Provider    string     `db:"provider"`
	Scheme      string     `db:"scheme"`    // of the reference: CIG, expedient, SIMOG, MePA
	Reference   string     `db:"reference"` // as it stands in the act
	SignedOn    civil.Date `db:"signed_on"`
	Minutes     int        `db:"minutes"`
	PriceCents  int        `db:"price_cents"` // of an hour of 60 minutes, before tax
	Document    string     `db:"document"`    // the act of award or the contract: number, date
}
