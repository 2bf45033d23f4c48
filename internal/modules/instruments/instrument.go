package instruments

import (
	"iter"
	"slices"
	"strings"

	"bastida/internal/kernel/text"
	"bastida/internal/platform/rule"
)

// Instrument is one version of a questionnaire, in the published format.
type Instrument struct {
	Code     string         `json:"code"`
	Version  int            `json:"version"`
	Status   Status         `json:"status"`
	Title    text.Localized `json:"title"`
	Intro    text.Localized `json:"intro,omitempty"`
	Sections []Section      `json:"sections"`
	Scores   []Score        `json:"scores,omitempty"`
	Note     text.Localized `json:"note,omitempty"`
	Source   string         `json:"source,omitempty"`
	Licence  string         `json:"licence,omitempty"`
}

// Status says what a version of an instrument is good for.
type Status string

// The statuses.
const (
	Draft     Status = "draft"     // being written: a file that cannot be published yet
	Published Status = "published" // new sheets are made with it
	Retired   Status = "retired"   // a newer version took its place; open sheets end with it
)

// Section is a run of items below a heading.
type Section struct {
	Code  string         `json:"code"`
	Title text.Localized `json:"title"`
	Items []Item         `json:"items"`
}

// Item is one question.
type Item struct {
	Code     string                    `json:"code"`
	Kind     Kind                      `json:"kind"`
	Label    text.Localized            `json:"label"`
	Help     text.Localized            `json:"help,omitempty"`
	Required bool                      `json:"required"`
	Min      *int                      `json:"min,omitempty"` // least number, characters or options; absent is the least there is
	Max      *int                      `json:"max,omitempty"` // most of the same
	When     string                    `json:"when,omitempty"`
	Options  []Option                  `json:"options,omitempty"`
	Labels   map[string]text.Localized `json:"labels,omitempty"` // what some points of a scale mean
}

// Kind says what answers an item takes.
type Kind string

// The kinds of item, with the value that expressions see.
const (
	Integer Kind = "integer" // a whole number
	Choice  Kind = "choice"  // one option: its value, a text
	Multi   Kind = "multi"   // any options: a list of their values
	Text    Kind = "text"    // words
	YesNo   Kind = "yes_no"  // true or false
	Scale   Kind = "scale"   // a whole number between two ends
	Date    Kind = "date"    // a day: a text such as 2020-02-13, which compares as dates do
)

var kinds = []Kind{Integer, Choice, Multi, Text, YesNo, Scale, Date}

// Option is one answer of a choice.
type Option struct {
	Value string         `json:"value"`
	Label text.Localized `json:"label"`
}

// Score is a number computed from the answers.
type Score struct {
	Code       string         `json:"code"`
	Title      text.Localized `json:"title"`
	Expression string         `json:"expression"`
	Unit       string         `json:"unit,omitempty"` // what is counted, for whoever reads the data
}

// vocabulary is what the expressions of an instrument may speak of.
var vocabulary = rule.NewVocabulary(rule.Names{"answers": rule.Map})

// items returns the items of every section in order.
func (in Instrument) items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, s := range in.Sections {
			for _, item := range s.Items {
				if !yield(item) {
					return
				}
			}
		}
	}
}

// languages returns the languages that the instrument speaks: those of its title.
func (in Instrument) languages() (spoken []string) {
	for lang, title := range in.Title {
		if title != "" {
			spoken = append(spoken, lang)
		}
	}
	slices.Sort(spoken)
	return spoken
}

// decisive returns the codes of the items whose answers decide which others
// apply.
func (in Instrument) decisive() map[string]bool {
	codes := map[string]bool{}
	for item := range in.items() {
		if item.When == "" {
			continue
		}
		r, err := vocabulary.Compile(item.When, rule.Condition)
		if err != nil {
			continue // it was checked when published, and applies says what then
		}
		for _, name := range r.Names() {
			codes[answerCode(name)] = true
		}
	}
	return codes
}

// answerCode returns the code of the item that an expression calls
// answers.code, or nothing for the map as a whole.
func answerCode(name string) string {
	_, code, _ := strings.Cut(name, ".")
	code, _, _ = strings.Cut(code, ".")
	return code
}

// option returns the option with a value.
func (i Item) option(value string) (Option, bool) {
	at := slices.IndexFunc(i.Options, func(o Option) bool { return o.Value == value })
	if at < 0 {
		return Option{}, false
	}
	return i.Options[at], true
}

// Widest limits of what has none of its own.
const (
	mostNumber     = 1_000_000_000
	mostCharacters = 8_000
)

// limits returns the least and the most that the item takes: of the number
// itself, of characters or of options, as its kind counts.
func (i Item) limits() (least, most int) {
	switch i.Kind {
	case Text:
		most = mostCharacters
	case Multi:
		most = len(i.Options)
	default:
		least, most = -mostNumber, mostNumber
	}
	if i.Min != nil {
		least = *i.Min
	}
	if i.Max != nil {
		most = *i.Max
	}
	return least, most
}

// applies reports whether the item is to be asked, given the answers before
// it. A condition that asks about a missing answer is not fulfilled. One that
// fails shows its item: a question too many is better than one lost unseen.
func (i Item) applies(answers rule.Facts) bool {
	if i.When == "" {
		return true
	}
	r, err := vocabulary.Compile(i.When, rule.Condition)
	if err != nil {
		return true
	}
	found, err := r.Evaluate(rule.Facts{"answers": answers})
	return err != nil || found.Holds()
}
