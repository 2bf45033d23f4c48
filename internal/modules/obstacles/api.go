package obstacles

import "bastida/internal/kernel/civil"

// Shape is the JSON of an obstacle.
type Shape struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Text   string     `json:"text"`
	Month  civil.Date `json:"month" doc:"First day of the month in which it was shared; nothing tells the day or the group"`
	Stage  Stage      `json:"stage"`
	Answer string     `json:"answer"`
}

func shape(one Obstacle) Shape {
	return Shape{one.ID.String(), one.Kind, one.Text, one.month(), one.Stage, one.Answer}
}
