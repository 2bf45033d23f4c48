package ballots

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/supervision"
)

func TestABallotIsReadOnTheScale(t *testing.T) {
	t.Parallel()
	asked := questions(supervision.Group{SupervisorID: "s", Goals: record.JSON[[]string]{V: []string{"Pensar"}}})
	for _, c := range []struct {
		name string
		in   Ballot
		bad  string
	}{
		{"all", Ballot{Marks: map[Question]string{Competence: "10", Normative: "0", "goal_1": "3"}, Words: "bé"}, ""},
		{"only the first", Ballot{Marks: map[Question]string{Competence: "7", Formative: ""}}, ""},
		{"not the first", Ballot{Marks: map[Question]string{Formative: "7"}}, "competence"},
		{"above the scale", Ballot{Marks: map[Question]string{Competence: "11"}}, "competence"},
		{"below it", Ballot{Marks: map[Question]string{Competence: "-1"}}, "competence"},
		{"a fraction", Ballot{Marks: map[Question]string{Competence: "7.5"}}, "competence"},
		{"no number", Ballot{Marks: map[Question]string{Competence: "NaN"}}, "competence"},
		{"a goal that is not there", Ballot{Marks: map[Question]string{Competence: "7", "goal_2": "7"}}, "goal_2"},
		{"too many words", Ballot{Marks: map[Question]string{Competence: "7"}, Words: strings.Repeat("ç", longestWords+1)}, "words"},
	} {
		_, err := c.in.read(asked, 10)
		f := fault.Of(err)
		if (c.bad == "") != (err == nil) || f != nil && !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == c.bad }) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if got := questions(supervision.Group{}); got[0] != Normative {
		t.Errorf("a group without a supervisor is asked %v", got)
	}
}

// TestABoxDoesNotKnowInWhichOrderBallotsFell casts the same ballots in every
// order: the box holds the same bytes.
func TestABoxDoesNotKnowInWhichOrderBallotsFell(t *testing.T) {
	t.Parallel()
	ballots := []map[Question]float64{{Competence: 9, Normative: 2}, {Competence: 4}, {Competence: 7, Normative: 8}}
	words := []string{"zel", "ahir", "massa"}
	var first string
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		var box Box
		for _, n := range order {
			box.drop(ballots[n])
			box.say(words[n])
		}
		raw, err := json.Marshal(box)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(raw)
		}
		if string(raw) != first {
			t.Errorf("%v: %s, want %s", order, raw, first)
		}
	}
	if !strings.Contains(first, "[4,7,9]") {
		t.Error(first)
	}
}

// boxed makes the box of a group in which so many of so many answered.
func boxed(asked int, marks ...float64) Box {
	var b Box
	b.Asked.V = make([]record.ID, asked)
	for _, m := range marks {
		b.drop(map[Question]float64{Competence: m})
	}
	return b
}

func TestOnlyWhatHidesEverybodyIsShown(t *testing.T) {
	t.Parallel()
	least := Minimum{Stated: true, People: 5, Answers: 5}
	groups := []supervision.Group{{Row: record.Row{ID: "a"}}, {Row: record.Row{ID: "b"}}, {Row: record.Row{ID: "c"}}}
	closed := evaluation.Round{Row: record.Row{ID: "r"}, State: evaluation.Closed, Scale: 10}
	many := []float64{5, 6, 7, 8, 9, 10}
	few := []float64{5, 6, 7}
	for _, c := range []struct {
		name  string
		round evaluation.Round
		least Minimum
		in    map[record.ID]Box
		shown string // groups, and P for the programme
	}{
		{"enough everywhere", closed, least, map[record.ID]Box{"a": boxed(8, many...), "b": boxed(8, many...), "c": boxed(8, many...)}, "abcP"},
		{"a small one takes another with it", closed, least, map[record.ID]Box{"a": boxed(8, few...), "b": boxed(8, many...)}, "P"},
		{"too few people", closed, least, map[record.ID]Box{"a": boxed(4, 5, 6, 7, 8)}, ""},
		{"all gave the best mark", closed, least, map[record.ID]Box{"a": boxed(8, 10, 10, 10, 10, 10, 10)}, ""},
		{"while it is open", evaluation.Round{State: evaluation.Open}, least, map[record.ID]Box{"a": boxed(8, many...)}, ""},
		{"no minimum is stated", closed, Minimum{}, map[record.ID]Box{"a": boxed(8, many...)}, ""},
	} {
		found, err := summarise(c.round, groups, c.in, c.least)
		if err != nil {
			t.Fatal(err)
		}
		shown := ""
		for _, g := range found.Groups {
			if _, ok := g.Means[Competence]; ok {
				shown += g.Group.ID.String()
			}
		}
		if _, ok := found.Whole[Competence]; ok {
			shown += "P"
		}
		if shown != c.shown {
			t.Errorf("%s: shown %q, want %q", c.name, shown, c.shown)
		}
	}
}

func TestWordsNeedEnoughAnswersOfTheWholeProgramme(t *testing.T) {
	t.Parallel()
	least := Minimum{Stated: true, People: 5, Answers: 5}
	groups := []supervision.Group{{Row: record.Row{ID: "a"}}}
	closed := evaluation.Round{Row: record.Row{ID: "r"}, State: evaluation.Closed, Scale: 10}
	var words Box
	words.say("Una frase")
	for marks, want := range map[int]int{4: 0, 5: 1} {
		found, err := summarise(closed, groups, map[record.ID]Box{"a": boxed(8, make([]float64, marks)...), "": words}, least)
		if err != nil || len(found.Words) != want {
			t.Errorf("%d answers: %v, %v", marks, found.Words, err)
		}
	}
}

func TestANotStatedFigureIsNoFailure(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if stated(fault.New(fault.NotFound, "x")) != nil || !errors.Is(stated(broken), broken) {
		t.Error("only a figure that nobody gave is let pass")
	}
}
