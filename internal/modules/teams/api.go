package teams

import "bastida/internal/kernel/record"

// TeamShape is the JSON of a team.
type TeamShape struct {
	ID        record.ID `json:"id"`
	Name      string    `json:"name"`
	Area      string    `json:"area,omitempty"`
	BodyID    record.ID `json:"body_id"`
	Body      string    `json:"body"`
	Headcount int       `json:"headcount"`
	Ended     bool      `json:"ended"`
	Version   int       `json:"version"`
}

func shapeTeam(t Team) TeamShape {
	return TeamShape{t.ID, t.Name, t.Area, t.BodyID, t.BodyName, t.Headcount, t.Ended, t.Version}
}
