package ballots

import "bastida/internal/modules/evaluation"

// BallotResultsShape is the JSON of what participants answered. What is withheld is
// not there.
type BallotResultsShape struct {
	Round      string             `json:"round"`
	State      string             `json:"state"`
	Asked      int                `json:"asked"`
	Answered   int                `json:"answered"`
	MinPeople  int                `json:"minimum_people" doc:"Zero: nobody has stated it, and nothing is shown"`
	MinAnswers int                `json:"minimum_answers"`
	Programme  map[string]float64 `json:"programme" doc:"Means by question, cut after the first decimal"`
	Groups     []BallotGroupShape `json:"groups"`
	Words      []string           `json:"words" doc:"In alphabetical order"`
}

// BallotGroupShape is the JSON of the answers of a group.
type BallotGroupShape struct {
	Group    string             `json:"group"`
	Name     string             `json:"name"`
	Asked    int                `json:"asked"`
	Answered int                `json:"answered"`
	Means    map[string]float64 `json:"means"`
}

func shapeResults(found Results) BallotResultsShape {
	shape := BallotResultsShape{
		Round: found.Round.ID.String(), State: string(found.Round.State), Asked: found.Asked, Answered: found.Ballots,
		MinPeople: found.Minimum.People, MinAnswers: found.Minimum.Answers, Programme: shapeMeans(found.Whole), Words: found.Words,
	}
	for _, g := range found.Groups {
		shape.Groups = append(shape.Groups, BallotGroupShape{g.Group.ID.String(), g.Group.Name, g.Asked, g.Ballots, shapeMeans(g.Means)})
	}
	return shape
}

func shapeMeans(means map[Question]Mean) map[string]float64 {
	shape := map[string]float64{}
	for q, m := range means {
		shape[string(q)] = evaluation.Tenths(m.Value)
	}
	return shape
}
