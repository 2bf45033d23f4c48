package reflection

import "bastida/internal/kernel/civil"

// SharedShape is the JSON of a shared obstacle. The record itself has none.
type SharedShape struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Text   string     `json:"text"`
	Month  civil.Date `json:"month" doc:"First day of the month in which it was shared; nothing tells the day or the group"`
	Stage  Stage      `json:"stage"`
	Answer string     `json:"answer"`
}

func (s *Service) shapeShared(one Shared) SharedShape {
	return SharedShape{one.ID.String(), one.Kind, one.Text, one.month(), one.Stage, one.Answer}
}
