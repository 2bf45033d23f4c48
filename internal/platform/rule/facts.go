package rule

import (
	"bytes"
	"encoding/json"
)

// Facts are values by name: bool, int, int64, float64, string, []string, and
// for a Map another Facts. A name without a value is left out.
//
// The values are of many types by nature, which is why they are any; rules
// check them when they use them.
type Facts map[string]any

// at follows a mention into the facts.
func (f Facts) at(m mention) (value any, ok bool) {
	value, ok = f[m.name]
	for _, key := range m.below() {
		below, isMap := mapOf(value)
		if !isMap {
			return nil, false
		}
		value, ok = below[key]
	}
	if whole, isMap := mapOf(value); isMap {
		return len(whole), true
	}
	return value, ok && value != nil
}

func mapOf(value any) (Facts, bool) {
	switch m := value.(type) {
	case Facts:
		return m, true
	case map[string]any:
		return m, true
	default:
		return nil, false
	}
}

// UnmarshalJSON reads facts back as they were: whole numbers stay whole, which
// CEL tells from fractions, and lists of words stay lists of words.
func (f *Facts) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var values map[string]any
	if err := d.Decode(&values); err != nil {
		return err
	}
	*f = restore(values).(Facts)
	return nil
}

func restore(value any) any {
	switch v := value.(type) {
	case map[string]any:
		facts := make(Facts, len(v))
		for name, below := range v {
			facts[name] = restore(below)
		}
		return facts
	case []any:
		return restoreList(v)
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		n, _ := v.Float64() // out of range is infinite, which no rule accepts
		return n
	default:
		return v
	}
}

func restoreList(list []any) any {
	words := make([]string, 0, len(list))
	for i, item := range list {
		list[i] = restore(item)
		if word, ok := list[i].(string); ok {
			words = append(words, word)
		}
	}
	if len(words) == len(list) {
		return words
	}
	return list
}
