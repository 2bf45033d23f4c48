package reflection

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"

	"bastida/internal/kernel/text"
)

// Term is one word of a taxonomy.
type Term struct {
	Code string         `json:"code"`
	Name text.Localized `json:"name"`
}

// Taxonomy is the words that records are written with. It is data of the packs.
type Taxonomy struct {
	Note      string `json:"note"`
	Status    string `json:"status"`
	Themes    []Term `json:"themes"`
	Obstacles []Term `json:"obstacles"`
}

const taxonomyFile = "shared/supervision/reflection.json"

// ReadTaxonomy reads the words from the packs.
func ReadTaxonomy(packs fs.FS) (t Taxonomy, err error) {
	raw, err := fs.ReadFile(packs, taxonomyFile)
	if err != nil {
		return t, fmt.Errorf("read taxonomy: %w", err)
	}
	if err := json.Unmarshal(raw, &t); err != nil {
		return t, fmt.Errorf("%s: %w", taxonomyFile, err)
	}
	if len(t.Themes) == 0 || len(t.Obstacles) == 0 {
		return t, fmt.Errorf("%s: themes and obstacles need words", taxonomyFile)
	}
	return t, nil
}

// KnowsObstacle reports whether a kind of obstacle is among the words.
func (t Taxonomy) KnowsObstacle(kind string) bool { return has(t.Obstacles, kind) }

// Obstacle says a kind of obstacle in a language.
func (t Taxonomy) Obstacle(kind, lang string) string { return nameOf(t.Obstacles, kind, lang) }

func has(terms []Term, code string) bool {
	return slices.ContainsFunc(terms, func(t Term) bool { return t.Code == code })
}

// nameOf says a term in a language; a code that is no longer there says itself.
func nameOf(terms []Term, code, lang string) string {
	for _, t := range terms {
		if t.Code == code {
			return t.Name.In(lang)
		}
	}
	return code
}
