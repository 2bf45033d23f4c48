package wellbeing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
)

// Instrument is a questionnaire: its scales and how it is scored. One edition
// never changes; a correction is a new edition.
type Instrument struct {
	Code     string             `json:"code"`
	Edition  string             `json:"edition"`
	Name     text.Localized     `json:"name"`
	About    text.Localized     `json:"about"`
	Licence  Licence            `json:"licence"`
	Verify   bool               `json:"verify"` // licence and wording are to be verified by whoever uses it
	Values   []float64          `json:"values"` // what each answer is worth, ascending
	Line     *float64           `json:"line,omitempty"`
	Better   string             `json:"better"` // which end is the good one: low or high
	Reversed []int              `json:"reversed"`
	Hint     text.Localized     `json:"hint,omitempty"` // what to mind when putting the wording in
	Scales   []Scale            `json:"scales"`
	Wordings map[string]Wording `json:"wordings,omitempty"` // by language, where the wording is ours
}

// Licence is what is known of the right to use an instrument.
type Licence struct {
	Status string         `json:"status"` // own, or unread: nobody has seen a text
	Text   text.Localized `json:"text"`
	Source string         `json:"source"`
}

// Scale is some of the items, which are counted from 1. Its score is their mean.
type Scale struct {
	Code  string         `json:"code"`
	Name  text.Localized `json:"name"`
	Items []int          `json:"items"`
	Least int            `json:"least,omitempty"` // fewest items to answer; 0 where the body has to state it
}

// Wording is what people read, in one language.
type Wording struct {
	Answers []string `json:"answers"`
	Items   []Item   `json:"items"`
}

// Item is one question, with answers of its own if they are not those of all.
type Item struct {
	Text    string   `json:"text"`
	Answers []string `json:"answers,omitempty"`
}

// Ballot is what one person answered: for each item the place of the answer
// among the values, or Unanswered.
type Ballot []int

// Unanswered stands where an answer was left out.
const Unanswered = -1

// ReadInstruments reads the instruments that came with the program, and refuses
// one that could not be scored.
func ReadInstruments(files fs.FS) ([]Instrument, error) {
	names, err := fs.Glob(files, "shared/wellbeing/*.json")
	if err != nil {
		return nil, err
	}
	var all []Instrument
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("instrument: %w", err)
		}
		var in Instrument
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		if err := d.Decode(&in); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if err := in.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, in)
	}
	return all, nil
}

func (in Instrument) check() error {
	if in.Code == "" || in.Edition == "" || in.Licence.Source == "" || len(in.Values) < 2 || !slices.IsSorted(in.Values) {
		return fmt.Errorf("it needs a code, an edition, the source of its licence and ascending values")
	}
	seen := make([]int, in.Size())
	for _, s := range in.Scales {
		for _, item := range s.Items {
			if item < 1 || item > len(seen) {
				return fmt.Errorf("scale %s: there is no item %d", s.Code, item)
			}
			seen[item-1]++
		}
	}
	if len(seen) == 0 || slices.ContainsFunc(seen, func(n int) bool { return n != 1 }) {
		return fmt.Errorf("every item belongs to one scale")
	}
	for lang, w := range in.Wordings {
		if err := in.fits(w); err != nil {
			return fmt.Errorf("wording %s: %w", lang, err)
		}
	}
	return nil
}

// Size is how many items it has.
func (in Instrument) Size() (items int) {
	for _, s := range in.Scales {
		items += len(s.Items)
	}
	return items
}

// Key names an edition of an instrument.
func (in Instrument) Key() string { return in.Code + "-" + in.Edition }

// fits refuses a wording that has not one text for each item and each answer.
func (in Instrument) fits(w Wording) error {
	var wrong fault.Fields
	if len(w.Items) != in.Size() {
		wrong.Add("items", "wellbeing.items_count", "wanted", in.Size(), "found", len(w.Items))
	}
	if len(w.Answers) != len(in.Values) {
		wrong.Add("answers", "wellbeing.answers_count", "wanted", len(in.Values), "found", len(w.Answers))
	}
	for i, item := range w.Items {
		if n := len(item.Answers); n != 0 && n != len(in.Values) {
			wrong.Add("items", "wellbeing.item_answers", "item", i+1, "wanted", len(in.Values), "found", n)
		}
	}
	return wrong.Err()
}

// readWording takes lines apart: an item each, after which answers of its own
// may follow, between bars.
func readWording(items, answers string) Wording {
	w := Wording{Answers: lines(answers)}
	for _, line := range lines(items) {
		parts := strings.Split(line, "|")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		w.Items = append(w.Items, Item{Text: parts[0], Answers: parts[1:]})
	}
	return w
}

func lines(typed string) (found []string) {
	for line := range strings.Lines(typed) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}

// Write is the wording as it is typed.
func (w Wording) Write() (items, answers string) {
	var b strings.Builder
	for _, item := range w.Items {
		b.WriteString(strings.Join(append([]string{item.Text}, item.Answers...), " | ") + "\n")
	}
	return b.String(), strings.Join(w.Answers, "\n")
}

// worth is what the answer to an item counts.
func (in Instrument) worth(item, answer int) float64 {
	if slices.Contains(in.Reversed, item) {
		answer = len(in.Values) - 1 - answer
	}
	return in.Values[answer]
}

// valid refuses a ballot of another length or with answers that do not exist.
func (in Instrument) valid(b Ballot) bool {
	return len(b) == in.Size() && !slices.ContainsFunc(b, func(a int) bool { return a < Unanswered || a >= len(in.Values) })
}

// Score is the mean of what was answered of a scale, if that is enough.
func (in Instrument) Score(s Scale, least int, b Ballot) (mean float64, counts bool) {
	answered := 0
	for _, item := range s.Items {
		if a := b[item-1]; a != Unanswered {
			mean += in.worth(item, a)
			answered++
		}
	}
	if answered == 0 || answered < least {
		return 0, false
	}
	return mean / float64(answered), true
}

// Spread adds what one person answered to the items of a scale, by value.
func (in Instrument) Spread(s Scale, b Ballot, into []float64) {
	for _, item := range s.Items {
		if a := b[item-1]; a != Unanswered {
			into[slices.Index(in.Values, in.worth(item, a))]++
		}
	}
}

// wide is the span of values from which one decimal of a mean says enough.
const wide = 20

// Cut rounds a mean to what can be read in it.
func (in Instrument) Cut(mean float64) float64 {
	places := 100.0
	if in.Values[len(in.Values)-1]-in.Values[0] > wide {
		places = 10
	}
	return math.Round(mean*places) / places
}
