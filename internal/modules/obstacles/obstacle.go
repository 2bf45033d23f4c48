package obstacles

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
)

// Stage says what has become of a obstacle.
type Stage string

// The stages of a obstacle.
const (
	Received Stage = "received"
	Looking  Stage = "looking"
	Solved   Stage = "solved"
	Declined Stage = "declined"
)

// Stages lists them in the order of every list on screen.
var Stages = []Stage{Received, Looking, Solved, Declined}

// Obstacle is what a group gave to the service without saying which group. Its identifier is random and its first instant is the month: neither
// tells when it was written.
type Obstacle struct {
	record.Row
	Kind   string `db:"kind"`
	Text   string `db:"text"`
	Stage  Stage  `db:"stage"`
	Answer string `db:"answer"`
}

// Href is the page of the obstacle.
func (o Obstacle) Href() string { return "/supervision/obstacles/" + o.ID.String() }

// month is the first day of the month in which it was shared.
func (o Obstacle) month() civil.Date { return civil.Of(o.CreatedAt.Time) }

// ShareInput is an obstacle typed for others to read.
type ShareInput struct {
	Kind string
	Text string
	Sure bool // the writer says that it names nobody, no group and no case
}

// AnswerInput is what the service says of an obstacle.
type AnswerInput struct {
	Stage  Stage
	Answer string
}

// gives lists which of the names of a group a text repeats.
func gives(said string, names []string) (given []string) {
	folded := " " + text.Fold(strings.Map(wordsOnly, said)) + " "
	for _, name := range names {
		if one := text.Fold(name); one != "" && strings.Contains(folded, " "+one+" ") {
			given = append(given, name)
		}
	}
	return given
}

func wordsOnly(r rune) rune {
	if strings.ContainsRune(".,;:!?()«»\"“”\n", r) {
		return ' '
	}
	return r
}
