package wellbeing

import (
	"context"
	"slices"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/teams"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// Round is one measurement.
type Round struct {
	record.Row
	Title       string                  `db:"title"`
	Instrument  string                  `db:"instrument"` // code and edition
	State       State                   `db:"state"`
	Opens       civil.Date              `db:"opens"`  // the first day
	Closes      civil.Date              `db:"closes"` // the last day
	Sensitive   bool                    `db:"sensitive"`
	Teams       record.JSON[[]Included] `db:"teams,secret"`
	Sheet       record.JSON[Sheet]      `db:"sheet,secret"` // from its opening
	PublishedAt record.Time             `db:"published_at"`
	PublishedBy string                  `db:"published_by"`
}

// State says how far a round has come.
type State string

// The states of a round.
const (
	Draft     State = "draft"     // being prepared; codes are made
	Open      State = "open"      // people answer
	Closed    State = "closed"    // nobody answers any more, and nobody has seen anything
	Published State = "published" // the figures are there; answers and codes are not
	Cancelled State = "cancelled" // given up; answers and codes were destroyed unseen
)

// Included is a team as it was when its codes were made.
type Included struct {
	TeamID   record.ID `json:"team_id"`
	Name     string    `json:"name"`
	Area     string    `json:"area"`
	BodyID   record.ID `json:"body_id"`
	BodyName string    `json:"body_name"`
	Members  []string  `json:"members"`
	Coded    bool      `json:"coded"`
}

// RoundInput is a round as it is written.
type RoundInput struct {
	Title      string     `json:"title"`
	Instrument string     `json:"instrument"`
	Opens      civil.Date `json:"opens"`
	Closes     civil.Date `json:"closes"`
	Teams      []string   `json:"teams"`
	Sensitive  bool       `json:"sensitive"`
}

var life = flow.Machine[Round, State]{
	Subject: "wellbeing.round",
	State:   func(r *Round) *State { return &r.State },
	Place:   func(r *Round) access.Place { return access.Place{Body: r.TenantID} },
	Steps: []flow.Step[Round, State]{
		{Name: "open", From: []State{Draft}, To: Open, Perm: Measure, When: (*Round).prepared, Primary: true},
		{Name: "close", From: []State{Open}, To: Closed, Perm: byClock, Auto: true},
		{Name: "publish", From: []State{Closed}, To: Published, Perm: Measure, Primary: true, Danger: true},
		{Name: "cancel", From: []State{Draft, Open, Closed}, To: Cancelled, Perm: Measure, Danger: true},
	},
}

// Choices are the steps that the actor may be offered.
func (r Round) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &r) }

// Href is the page of the round.
func (r Round) Href() string { return "/wellbeing/rounds/" + r.ID.String() }

// Input is what the round says, as it is written.
func (r Round) Input() RoundInput {
	in := RoundInput{Title: r.Title, Instrument: r.Instrument, Opens: r.Opens, Closes: r.Closes, Sensitive: r.Sensitive}
	for _, t := range r.Teams.V {
		in.Teams = append(in.Teams, t.TeamID.String())
	}
	return in
}

// People is how many were asked.
func (r Round) People() (count int) {
	for _, t := range r.Teams.V {
		count += len(t.Members)
	}
	return count
}

// Team returns one of the teams that are asked.
func (r Round) Team(id record.ID) (Included, error) {
	i := slices.IndexFunc(r.Teams.V, func(t Included) bool { return t.TeamID == id })
	if i < 0 {
		return Included{}, fault.New(fault.NotFound, "record.not_found")
	}
	return r.Teams.V[i], nil
}

// write puts an input into a draft. Teams that stay keep their codes.
func (r *Round) write(in RoundInput, asked []teams.Team) error {
	var wrong fault.Fields
	if in.Closes.Before(in.Opens) {
		wrong.Add("closes", "wellbeing.closes_first")
	}
	if r.ID != "" && r.State != Draft {
		return fault.New(fault.Conflict, "wellbeing.not_draft")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	var included []Included
	for _, t := range asked {
		one, err := r.Team(t.ID)
		if err != nil {
			one = include(t)
		}
		included = append(included, one)
	}
	r.Title, r.Instrument, r.Opens, r.Closes, r.Sensitive = in.Title, in.Instrument, in.Opens, in.Closes, in.Sensitive
	r.Teams.V = included
	return nil
}

func include(t teams.Team) Included {
	return Included{TeamID: t.ID, Name: t.Name, Area: t.Area, BodyID: t.BodyID, BodyName: t.BodyName, Members: t.Roster.V}
}

// code notes that a team has its codes, and how it was then.
func (r *Round) code(t teams.Team) error {
	if r.State != Draft {
		return fault.New(fault.Conflict, "wellbeing.codes_closed")
	}
	asked := slices.Clone(r.Teams.V)
	for i := range asked {
		if asked[i].TeamID == t.ID {
			asked[i] = include(t)
			asked[i].Coded = true
		}
	}
	r.Teams.V = asked
	return nil
}

// prepared refuses to open a round of which a team has no codes yet.
func (r *Round) prepared() error {
	if len(r.Teams.V) == 0 {
		return fault.New(fault.Conflict, "wellbeing.no_teams")
	}
	for _, t := range r.Teams.V {
		if !t.Coded {
			return fault.New(fault.Conflict, "wellbeing.no_codes", "team", t.Name)
		}
	}
	return nil
}

// settle closes a round whose last day is over.
func (r *Round) settle(ctx context.Context, today civil.Date) bool {
	if r.State != Open || !today.After(r.Closes) {
		return false
	}
	_ = life.Move(asClock(ctx, r.TenantID), r, "close") // has no condition
	return true
}

// receives refuses an answer outside the days of the round.
func (r Round) receives(today civil.Date) error {
	switch {
	case r.State == Draft || r.State == Open && today.Before(r.Opens):
		return fault.New(fault.Conflict, "wellbeing.not_yet", "opens", r.Opens)
	case r.State != Open || today.After(r.Closes):
		return fault.New(fault.Conflict, "wellbeing.over")
	}
	return nil
}

// box holds the answers of a team. They are sorted whenever one comes in: no
// order, no instant and no identifier tells whose one is.
type box struct {
	record.Row
	RoundID record.ID             `db:"round_id"`
	TeamID  record.ID             `db:"team_id"`
	Ballots record.JSON[[]Ballot] `db:"ballots,secret"`
}

func (b *box) drop(one Ballot) {
	all := append(slices.Clone(b.Ballots.V), one)
	slices.SortFunc(all, func(x, y Ballot) int { return slices.Compare(x, y) })
	b.Ballots.V = all
}

// code is the right to answer once. Nothing of it is kept but its fingerprint.
type code struct {
	record.Row
	RoundID     record.ID `db:"round_id"`
	TeamID      record.ID `db:"team_id"`
	Fingerprint string    `db:"fingerprint,secret"`
	Used        bool      `db:"used,secret"`
}

func (c *code) burn() error {
	if c.Used {
		return fault.New(fault.Conflict, "wellbeing.code_used")
	}
	c.Used = true
	return nil
}

func asClock(ctx context.Context, tenant record.ID) context.Context {
	return actor.AsSystem(ctx, tenant, "clock")
}
