package ballots

import (
	"slices"

	"bastida/engine/disclosure"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/supervision"
)

// The parameters that say from how many people on the figures of participants
// are shown. There is no default.
const (
	MinPeopleKey  = "disclosure.min_group"
	MinAnswersKey = "disclosure.min_answers"
)

// Minimum is what the tenant states of anonymity.
type Minimum struct {
	Stated          bool
	People, Answers int
	Source          string
}

// Results are what the participants of a round answered, as far as nobody can
// be recognised.
type Results struct {
	Round   evaluation.Round
	Minimum Minimum
	Asked   int
	Ballots int
	Whole   map[Question]Mean // of the programme, only what is shown
	Groups  []GroupResults
	Words   []string
}

// GroupResults are those of a group. A question without a mean is withheld.
type GroupResults struct {
	Group   supervision.Group
	Asked   int
	Ballots int
	Means   map[Question]Mean
}

// Mean is the mean of the marks of a question.
type Mean struct {
	Value   float64
	Answers int
}

func meanOf(marks []float64) Mean {
	sum := 0.0
	for _, m := range marks {
		sum += m
	}
	return Mean{sum / float64(len(marks)), len(marks)}
}

// whole is the cell of the programme.
const whole = "programme"

// summarise works out the results of a round from its boxes.
func summarise(r evaluation.Round, groups []supervision.Group, in map[record.ID]Box, least Minimum) (Results, error) {
	found := Results{Round: r, Minimum: least, Whole: map[Question]Mean{}}
	for _, g := range groups {
		box := in[g.ID]
		found.Asked, found.Ballots = found.Asked+len(box.Asked.V), found.Ballots+box.Ballots
		found.Groups = append(found.Groups, GroupResults{Group: g, Asked: len(box.Asked.V), Ballots: box.Ballots, Means: map[Question]Mean{}})
	}
	if r.State != evaluation.Closed || !least.Stated {
		return found, nil
	}
	for _, q := range everyQuestion(groups) {
		if err := found.fill(q, in); err != nil {
			return found, err
		}
	}
	if found.Ballots >= least.Answers && found.Asked >= least.People {
		found.Words = in[""].Words.V
	}
	return found, nil
}

func groupsOf(found Results) (groups []supervision.Group) {
	for _, g := range found.Groups {
		groups = append(groups, g.Group)
	}
	return groups
}

func everyQuestion(groups []supervision.Group) []Question {
	goals := 0
	for _, g := range groups {
		goals = max(goals, len(g.Goals.V))
	}
	all := slices.Clone(Asked)
	for n := range goals {
		all = append(all, goalQuestion(n))
	}
	return all
}

// fill shows the means of a question that may be shown. Goals are each group's
// own: the programme has no mean of them.
func (found *Results) fill(q Question, in map[record.ID]Box) error {
	table := disclosure.Table{Quantity: string(q), Measurement: found.Round.ID.String(), Kind: disclosure.Means}
	var all []float64
	for _, g := range found.Groups {
		marks := in[g.Group.ID].Marks.V[q]
		all = append(all, marks...)
		cell := disclosure.Cell{ID: g.Group.ID.String(), Size: g.Asked, Answers: len(marks), Unanimous: unanimous(marks, found.Round.Scale)}
		if q.Goal() == 0 {
			cell.Parents = []string{whole}
		}
		table.Cells = append(table.Cells, cell)
	}
	if q.Goal() == 0 {
		table.Cells = append(table.Cells, disclosure.Cell{ID: whole, Size: found.Asked, Answers: len(all)})
	}
	decided, err := disclosure.Protect(found.Minimum.policy(), table, nil)
	if err != nil {
		return err
	}
	for _, g := range found.Groups {
		if decided.Shown(g.Group.ID.String()) {
			g.Means[q] = meanOf(in[g.Group.ID].Marks.V[q])
		}
	}
	if decided.Shown(whole) {
		found.Whole[q] = meanOf(all)
	}
	return nil
}

// unanimous names the answer when everybody gave the worst mark, or the best:
// then the mean tells what each of them said.
func unanimous(marks []float64, scale float64) string {
	for name, extreme := range map[string]float64{"worst": 0, "best": scale} {
		if len(marks) > 0 && !slices.ContainsFunc(marks, func(m float64) bool { return m != extreme }) {
			return name
		}
	}
	return ""
}

// policy is the minimum as the engine takes it. Only means are shown, and two
// rounds ask people anew: nothing is compared with an earlier publication.
func (m Minimum) policy() disclosure.Policy {
	return disclosure.Policy{
		Source: m.Source, MinGroup: m.People, MinAnswers: m.Answers, MinAnswersDistribution: m.Answers, MinAnswersSensitive: m.Answers,
		MinDifference: 1, MinDifferenceSensitive: 1, OnUnanimity: disclosure.WithholdUnanimous,
	}
}
