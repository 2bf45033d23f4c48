package teams

import (
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
)

// Team is people who work together. It knows how many they are, not who.
type Team struct {
	record.Row
	Name      string                `db:"name"`
	NameFold  string                `db:"name_fold"`
	Area      string                `db:"area"` // the part of the body that it belongs to; may be empty
	BodyID    record.ID             `db:"body_id"`
	BodyName  string                `db:"body_name"`
	Headcount int                   `db:"headcount"`
	Roster    record.JSON[[]string] `db:"roster,secret"` // a key for each person, of nobody in particular
	Ended     bool                  `db:"ended"`
}

// largest is a safeguard against a slip of the finger.
const largest = 500

// TeamInput is a team as it is written. Headcount is asked of a new team; what
// came and went since, of one that is known.
type TeamInput struct {
	Name      string    `json:"name"`
	Area      string    `json:"area"`
	BodyID    record.ID `json:"body_id"`
	Headcount int       `json:"headcount"`
	Joined    int       `json:"joined"`
	Left      int       `json:"left"`
	Ended     bool      `json:"ended"`
}

// Place is where the team lies, for permissions.
func (t Team) Place() access.Place { return access.Place{Body: t.BodyID} }

// Href is the page of the team.
func (t Team) Href() string { return "/wellbeing/teams/" + t.ID.String() }

// Input is what the team says, as it is written.
func (t Team) Input() TeamInput {
	return TeamInput{Name: t.Name, Area: t.Area, BodyID: t.BodyID, Headcount: t.Headcount, Ended: t.Ended}
}

// turn lets people go and come. Those who were there longest go first: it is not
// known who went, only how many.
func (t *Team) turn(joined, left int, key func() string) error {
	if left > len(t.Roster.V) || joined < 0 || left < 0 || len(t.Roster.V)-left+joined > largest {
		var wrong fault.Fields
		wrong.Add("left", "teams.more_left_than_were", "count", len(t.Roster.V))
		return wrong.Err()
	}
	now := append([]string{}, t.Roster.V[left:]...)
	for range joined {
		now = append(now, key())
	}
	t.Roster.V, t.Headcount = now, len(now)
	return nil
}
