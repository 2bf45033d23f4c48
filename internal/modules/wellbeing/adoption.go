package wellbeing

import (
	"maps"
	"slices"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Adoption is what a body adds to an instrument before it may ask it.
type Adoption struct {
	record.Row
	Instrument string                           `db:"instrument"` // code and edition
	Wordings   record.JSON[map[string]Verified] `db:"wordings"`
	Least      record.JSON[map[string]int]      `db:"least"` // fewest answered items, by scale
	Source     string                           `db:"source"`
	StatedBy   string                           `db:"stated_by"`
}

// Verified is a wording for which somebody answers.
type Verified struct {
	Wording
	Source string     `json:"source"`
	By     string     `json:"by"`
	On     civil.Date `json:"on"`
}

// WordingInput is a wording as it is typed: a line for each item, and a line
// for each answer.
type WordingInput struct {
	Language string `json:"language"`
	Items    string `json:"items"`
	Answers  string `json:"answers"`
	Source   string `json:"source"`
	Licence  bool   `json:"licence" doc:"The licence was read and permits this use"`
	Checked  bool   `json:"checked" doc:"The wording was compared with the validated translation"`
}

// LeastInput is how many items of each scale are to be answered, one line each.
type LeastInput struct {
	Least  map[string]int `json:"least"`
	Source string         `json:"source"`
}

// word takes in a wording that fits the instrument.
func (a *Adoption) word(in Instrument, typed WordingInput, by string, on civil.Date) error {
	var wrong fault.Fields
	if !typed.Licence {
		wrong.Add("licence", "wellbeing.tick_licence")
	}
	if !typed.Checked {
		wrong.Add("checked", "wellbeing.tick_wording")
	}
	w := readWording(typed.Items, typed.Answers)
	if f := fault.Of(in.fits(w)); f != nil {
		wrong = append(wrong, f.Fields...)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	all := maps.Clone(a.Wordings.V)
	if all == nil {
		all = map[string]Verified{}
	}
	all[typed.Language] = Verified{w, typed.Source, by, on}
	a.Wordings.V = all
	return nil
}

// state takes in how many items of each scale are to be answered.
func (a *Adoption) state(in Instrument, typed LeastInput, by string) error {
	var wrong fault.Fields
	for _, s := range in.Scales {
		if n := typed.Least[s.Code]; n < 1 || n > len(s.Items) {
			wrong.Add("least_"+s.Code, "form.out_of_range", "min", 1, "max", len(s.Items))
		}
	}
	a.Least.V, a.Source, a.StatedBy = typed.Least, typed.Source, by
	return wrong.Err()
}

// Sheet is an instrument ready to be asked: what a round keeps of it, so that
// nothing that changes later changes what was asked.
type Sheet struct {
	Instrument Instrument         `json:"instrument"`
	Wordings   map[string]Wording `json:"wordings"`
	Least      map[string]int     `json:"least"`
}

// Ready puts an instrument and what the body added together, or says what is
// still to be added.
func Ready(in Instrument, a Adoption) (Sheet, error) {
	s := Sheet{in, maps.Clone(in.Wordings), map[string]int{}}
	if s.Wordings == nil {
		s.Wordings = map[string]Wording{}
	}
	for lang, w := range a.Wordings.V {
		s.Wordings[lang] = w.Wording
	}
	if len(s.Wordings) == 0 {
		return s, fault.New(fault.Conflict, "wellbeing.no_wording")
	}
	for _, scale := range in.Scales {
		s.Least[scale.Code] = scale.Least
		if n := a.Least.V[scale.Code]; n > 0 {
			s.Least[scale.Code] = n
		}
		if s.Least[scale.Code] == 0 {
			return s, fault.New(fault.Conflict, "wellbeing.no_least")
		}
	}
	return s, nil
}

// Languages are those in which it can be asked, in order.
func (s Sheet) Languages() []string { return slices.Sorted(maps.Keys(s.Wordings)) }

// In is the wording in a language, or in another that there is.
func (s Sheet) In(lang string) (Wording, string) {
	if w, ok := s.Wordings[lang]; ok {
		return w, lang
	}
	first := s.Languages()[0]
	return s.Wordings[first], first
}
