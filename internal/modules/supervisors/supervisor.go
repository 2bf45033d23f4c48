package supervisors

import (
	"context"
	"math"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// State is where a supervisor stands in the register.
type State string

// The states of a supervisor.
const (
	Active State = "active" // may be given groups
	Paused State = "paused" // keeps what they have, is given nothing new
	Ended  State = "ended"  // works here no more; the sheet stays
)

// Key is the message key of the state.
func (s State) Key() string { return life.Subject + ".state." + string(s) }

// Languages are those in which a session can be held, by their ISO 639 codes,
// in the order of every list on screen.
var Languages = []string{"ca", "es", "it", "en", "ar", "de", "fr", "pt", "ro", "uk", "zh"}

// Supervisor is one person of the register.
type Supervisor struct {
	record.Row
	UserID        record.ID             `db:"user_id"` // their account; empty while they have none
	Name          string                `db:"name"`
	NameFold      string                `db:"name_fold"`
	Email         string                `db:"email"` // lower case; unique in the tenant
	Phone         string                `db:"phone"`
	Provider      string                `db:"provider"` // the company; empty for a freelance
	External      bool                  `db:"external"` // to the line management of the teams
	Profession    profession.Profession `db:"profession"`
	Languages     record.JSON[[]string] `db:"languages"`
	Areas         record.JSON[[]string] `db:"areas"` // names of areas of the territory; none is everywhere
	AreaFolds     string                `db:"area_folds"`
	HomeCode      string                `db:"home_code"`      // place from which they travel
	WeeklyMinutes int                   `db:"weekly_minutes"` // most a week; zero when not stated
	SeasonMinutes int                   `db:"season_minutes"` // most a season; zero when not stated
	State         State                 `db:"state"`
	Words         string                `db:"words"`
}

// Place is where the record lies: with the person it is about.
func (s Supervisor) Place() access.Place { return access.Place{People: []record.ID{s.UserID}} }

// Home is the address of the register.
const Home = "/supervision/supervisors"

// Href is the address of the sheet.
func (s Supervisor) Href() string { return Home + "/" + s.ID.String() }

// Steps are the steps of the life that the actor may be offered.
func (s Supervisor) Steps(ctx context.Context) []flow.Choice { return life.Choices(ctx, &s) }

// Ref points at the record.
func (s Supervisor) Ref() record.Ref { return record.Ref{Kind: "supervisors_supervisor", ID: s.ID} }

// WorksIn reports whether the territory of the supervisor holds an area.
func (s Supervisor) WorksIn(area string) bool {
	return len(s.Areas.V) == 0 || slices.ContainsFunc(s.Areas.V, func(a string) bool { return text.Fold(a) == text.Fold(area) })
}

// Speaks reports whether the supervisor can hold a session in a language.
func (s Supervisor) Speaks(language string) bool { return slices.Contains(s.Languages.V, language) }

// SupervisorInput is what the body writes about a supervisor.
type SupervisorInput struct {
	Name        string                `json:"name"`
	Email       string                `json:"email"`
	Phone       string                `json:"phone"`
	Provider    string                `json:"provider" doc:"Company; empty for a freelance"`
	External    bool                  `json:"external" doc:"External to the line management of the teams"`
	Profession  profession.Profession `json:"profession"`
	Languages   []string              `json:"languages"`
	Areas       []string              `json:"areas" doc:"Areas of the territory; none is everywhere"`
	Home        string                `json:"home" doc:"Code of the place from which they travel"`
	WeeklyHours float64               `json:"weekly_hours" doc:"Most a week; zero when not stated"`
	SeasonHours float64               `json:"season_hours" doc:"Most a season; zero when not stated"`
}

// SupervisorContactInput is what supervisors keep of themselves.
type SupervisorContactInput struct {
	Phone string `json:"phone"`
	Home  string `json:"home" doc:"Code of the place from which they travel"`
}

// Input is the sheet as it is written.
func (s Supervisor) Input() SupervisorInput {
	return SupervisorInput{
		Name: s.Name, Email: s.Email, Phone: s.Phone, Provider: s.Provider, External: s.External, Profession: s.Profession,
		Languages: s.Languages.V, Areas: s.Areas.V, Home: s.HomeCode, WeeklyHours: Hours(s.WeeklyMinutes), SeasonHours: Hours(s.SeasonMinutes),
	}
}

func (s *Supervisor) write(in SupervisorInput) {
	s.Name, s.NameFold = strings.TrimSpace(in.Name), text.Fold(in.Name)
	s.Email, s.Phone = cleanEmail(in.Email), strings.TrimSpace(in.Phone)
	s.Provider, s.External, s.Profession = strings.TrimSpace(in.Provider), in.External, in.Profession
	s.Languages.V, s.Areas.V = append([]string{}, in.Languages...), append([]string{}, in.Areas...)
	s.AreaFolds = "|"
	for _, area := range in.Areas {
		s.AreaFolds += text.Fold(area) + "|"
	}
	s.HomeCode, s.WeeklyMinutes, s.SeasonMinutes = in.Home, minutes(in.WeeklyHours), minutes(in.SeasonHours)
	s.Words = text.Fold(strings.Join([]string{s.Name, s.Provider, s.Email}, " "))
}

// check refuses a capacity that contradicts itself.
func (in SupervisorInput) check() error {
	var wrong fault.Fields
	if in.WeeklyHours > 0 && in.SeasonHours > 0 && in.WeeklyHours > in.SeasonHours {
		wrong.Add("weekly_hours", "supervisors.week_beyond_season")
	}
	return wrong.Err()
}

func cleanEmail(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

const hour = 60

func minutes(hours float64) int { return int(math.Round(hours * hour)) }

// Hours is how people count minutes.
func Hours(minutes int) float64 { return float64(minutes) / hour }

var life = flow.Machine[Supervisor, State]{
	Subject: "supervisors.supervisor",
	State:   func(s *Supervisor) *State { return &s.State },
	Place:   func(s *Supervisor) access.Place { return s.Place() },
	Steps: []flow.Step[Supervisor, State]{
		{Name: "pause", From: []State{Active}, To: Paused, Perm: Manage},
		{Name: "resume", From: []State{Paused, Ended}, To: Active, Perm: Manage, Primary: true},
		{Name: "end", From: []State{Active, Paused}, To: Ended, Perm: Manage, Danger: true},
	},
}
