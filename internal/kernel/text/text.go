// Package text holds what the product knows about words: the same text in
// several languages, and the folded form in which names are compared.
package text

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Localized is one text in several languages, by language code.
type Localized map[string]string

// In returns the text in a language, or else in the first language that has
// it: the fallbacks in turn, then whatever there is.
func (l Localized) In(lang string, fallbacks ...string) string {
	for _, code := range append([]string{lang}, fallbacks...) {
		if s := l[code]; s != "" {
			return s
		}
	}
	for _, code := range slices.Sorted(keys(l)) {
		if l[code] != "" {
			return l[code]
		}
	}
	return ""
}

func keys(l Localized) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range l {
			if !yield(k) {
				return
			}
		}
	}
}

// Value implements driver.Valuer.
func (l Localized) Value() (driver.Value, error) {
	if l == nil {
		return "{}", nil
	}
	raw, err := json.Marshal(map[string]string(l))
	return string(raw), err
}

// Scan implements sql.Scanner.
func (l *Localized) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*l = nil
		return nil
	case string:
		return json.Unmarshal([]byte(v), (*map[string]string)(l))
	case []byte:
		return json.Unmarshal(v, (*map[string]string)(l))
	default:
		return fmt.Errorf("text: cannot read %T as a localized text", v)
	}
}

// folds maps the accented letters of the languages we meet to plain ones.
var folds = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ä", "a", "ã", "a", "å", "a",
	"è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i",
	"ò", "o", "ó", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o",
	"ù", "u", "ú", "u", "û", "u", "ü", "u",
	"ç", "c", "ñ", "n", "ý", "y", "ÿ", "y", "ß", "ss", "œ", "oe", "æ", "ae",
	"l·l", "ll", "ŀl", "ll", "·", "", "’", " ", "'", " ", "-", " ",
)

// Fold returns s as names are compared and sorted: lower case, without
// accents, apostrophes and hyphens as spaces, spaces single.
func Fold(s string) string {
	return strings.Join(strings.Fields(folds.Replace(strings.ToLower(s))), " ")
}
