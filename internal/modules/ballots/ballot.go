package ballots

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervision"
)

// Question is one thing that participants are asked to mark on the scale of the
// round. Supervision orders work, teaches and gives strength: three questions,
// tagged with what Proctor called those functions. Goals are marked on the same
// scale: goal attainment scaling would need its five outcomes written down
// before the season, which groups do not do, and one scale is quicker on a phone.
type Question string

// The questions that every group is asked, in order. Goals follow.
const (
	Competence  Question = "competence" // of the supervisor
	Normative   Question = "normative"
	Formative   Question = "formative"
	Restorative Question = "restorative"
)

// Asked lists the questions that every group is asked, in order.
var Asked = []Question{Competence, Normative, Formative, Restorative}

// Label is the message key of the question's wording.
func (q Question) Label() string { return "ballots.question." + string(q) }

const goalPrefix = "goal_"

func goalQuestion(n int) Question { return Question(goalPrefix + strconv.Itoa(n+1)) }

// Goal is the number of the goal that a question asks about, from 1; zero when
// it asks about none.
func (q Question) Goal() int {
	n, err := strconv.Atoi(strings.TrimPrefix(string(q), goalPrefix))
	if err != nil {
		return 0
	}
	return n
}

// questions are those of a group. One without a supervisor has nobody's
// competence to mark.
func questions(g supervision.Group) []Question {
	all := slices.Clone(Asked)
	if g.SupervisorID == "" {
		all = all[1:]
	}
	for n := range g.Goals.V {
		all = append(all, goalQuestion(n))
	}
	return all
}

// Ballot is what a participant answers. Only the first question has to be
// marked.
type Ballot struct {
	Marks map[Question]string `json:"marks" doc:"Whole numbers from 0 to the scale of the round, by question"`
	Words string              `json:"words"`
}

const longestWords = 2000

// read turns the marks into numbers.
func (b Ballot) read(asked []Question, scale float64) (map[Question]float64, error) {
	var wrong fault.Fields
	marks := map[Question]float64{}
	for q, typed := range b.Marks {
		if typed == "" {
			continue
		}
		mark, err := strconv.ParseFloat(typed, 64)
		if err != nil || !slices.Contains(asked, q) || !(mark >= 0 && mark <= scale) || mark != math.Trunc(mark) {
			wrong.Add(string(q), "form.not_an_option")
			continue
		}
		marks[q] = mark
	}
	if b.Marks[asked[0]] == "" {
		wrong.Add(string(asked[0]), "form.required")
	}
	if utf8.RuneCountInString(b.Words) > longestWords {
		wrong.Add("words", "form.too_long", "max", longestWords)
	}
	return marks, wrong.Err()
}

// Box is where the ballots of a group fall; the one without a group holds the
// words of all.
//
// Safety: marks and words are kept in order of what they say, so that nothing
// tells whose they are.
type Box struct {
	record.Row
	RoundID record.ID                           `db:"round_id"`
	GroupID record.ID                           `db:"group_id"`
	Asked   record.JSON[[]record.ID]            `db:"asked"` // participants who ever had a code
	Ballots int                                 `db:"ballots"`
	Marks   record.JSON[map[Question][]float64] `db:"marks,secret"`
	Words   record.JSON[[]string]               `db:"words,secret"`
}

// drop lets the marks of a ballot fall into the box.
func (b *Box) drop(marks map[Question]float64) {
	if b.Marks.V == nil {
		b.Marks.V = map[Question][]float64{}
	}
	for q, mark := range marks {
		all := append(b.Marks.V[q], mark)
		slices.Sort(all)
		b.Marks.V[q] = all
	}
	b.Ballots++
}

// say lets words fall into the box.
func (b *Box) say(words string) {
	b.Words.V = append(b.Words.V, words)
	slices.Sort(b.Words.V)
}

// Code lets one participant answer once. Each letter carries a code of its own;
// using one burns all of them.
type Code struct {
	record.Row
	RoundID       record.ID `db:"round_id"`
	GroupID       record.ID `db:"group_id"`
	ParticipantID record.ID `db:"participant_id"`
	UserID        record.ID `db:"user_id"` // their account; may be empty
	Fingerprint   string    `db:"fingerprint,secret"`
}
