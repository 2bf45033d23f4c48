package evaluation

// RoundShape is the JSON of a round.
type RoundShape struct {
	ID        string  `json:"id"`
	Programme string  `json:"programme"`
	Title     string  `json:"title" doc:"Of the programme"`
	Moment    string  `json:"moment"`
	AnswerBy  string  `json:"answer_by"`
	Scale     float64 `json:"scale"`
	State     string  `json:"state"`
	Missing   int     `json:"missing" doc:"Ratings of bodies that nobody gave"`
	Reminded  int     `json:"reminded"`
}

func shapeRound(r Round) RoundShape {
	return RoundShape{
		r.ID.String(), r.ProgrammeID.String(), r.ProgrammeTitle, string(r.Moment), r.AnswerBy.String(), r.Scale, string(r.State), r.Missing, r.Reminded,
	}
}

// RatingShape is the JSON of a rating. A missing one has no score.
type RatingShape struct {
	ID         string   `json:"id"`
	Round      string   `json:"round"`
	Moment     string   `json:"moment"`
	Group      string   `json:"group"`
	GroupName  string   `json:"group_name"`
	Body       string   `json:"body"`
	BodyName   string   `json:"body_name"`
	Supervisor string   `json:"supervisor"`
	Answer     string   `json:"answer"`
	Score      *float64 `json:"score"`
	Scale      float64  `json:"scale"`
	Remarks    string   `json:"remarks"`
	By         string   `json:"by"`
	Reason     string   `json:"reason"`
	Reminders  int      `json:"reminders"`
}

func shapeRating(r Rating) RatingShape {
	shape := RatingShape{
		ID: r.ID.String(), Round: r.RoundID.String(), Moment: string(r.Moment), Group: r.GroupID.String(), GroupName: r.GroupName,
		Body: r.BodyID.String(), BodyName: r.BodyName, Supervisor: r.SupervisorName, Answer: string(r.Answer), Scale: r.Scale,
		Remarks: r.Remarks, By: r.RatedBy, Reason: r.Reason, Reminders: r.Reminders,
	}
	if r.Answer == Given {
		shape.Score = &r.Score
	}
	return shape
}
