package disclosure

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// overTime looks at this measurement together with all earlier ones, person by person, as far
// as it is known who belonged to what. It takes everybody's answer as unchanged, which is the
// worst case.
func (a *auditor) overTime(published []Publication) []Leak {
	least := a.policy.MinDifference
	if a.table.Sensitive {
		least = a.policy.MinDifferenceSensitive
	}
	var names []string
	var figures []map[string]bool
	for _, publication := range published {
		for _, cell := range publication.Cells {
			if publication.Measurement != a.table.Measurement && len(cell.Members) > 0 {
				names = append(names, "")
				figures = append(figures, setOf(cell.Members))
			}
		}
	}
	old := len(figures)
	for _, id := range a.ids {
		if members, known := a.members(id); known && (a.shown[id] || a.before[id]) {
			names = append(names, id)
			figures = append(figures, members)
		}
	}
	if old == 0 || old == len(figures) || least == 1 {
		return nil
	}
	groups := classes(figures)
	keys := slices.Sorted(maps.Keys(groups.size))
	s := newSystem(keys, names, groups.figures)
	past := newSpan(len(s.columns.parts), s.columns.rowsOf(groups.figures[:old]))
	weights := s.columns.weigh(func(name string) int { return groups.size[name] })
	found, finished := s.span.isolate(weights, least, func(known isolation) bool {
		_, follows := past.combination(vector(known))
		return follows
	})
	var leaks []Leak
	for _, known := range found {
		leak, ok := a.leak(s, vector(known), FewChanged)
		leak.Earlier = true
		for at := range known {
			leak.Size += weights[at]
		}
		if ok {
			leaks = append(leaks, leak)
		}
	}
	if !finished {
		leaks = append(leaks, a.undecided(s)...)
	}
	return leaks
}

// members are the people of a cell, if all of its parts tell theirs.
func (a *auditor) members(id string) (map[string]bool, bool) {
	members := map[string]bool{}
	for name := range a.parts[id] {
		silent := a.people[name].answers == 0 && a.table.Kind != Participation
		if len(a.people[name].members) == 0 && !silent {
			return nil, false
		}
		for _, key := range a.people[name].members {
			members[key] = true
		}
	}
	return members, true
}

// crowd is people who are in the same figures, taken as one.
type crowd struct {
	size    map[string]int
	figures []map[string]bool
}

// classes makes crowds of people.
func classes(figures []map[string]bool) crowd {
	patterns := map[string]*strings.Builder{}
	for i, figure := range figures {
		for key := range figure {
			if patterns[key] == nil {
				patterns[key] = &strings.Builder{}
			}
			fmt.Fprint(patterns[key], i, " ")
		}
	}
	c := crowd{size: map[string]int{}, figures: make([]map[string]bool, len(figures))}
	for i, figure := range figures {
		c.figures[i] = map[string]bool{}
		for key := range figure {
			c.figures[i][patterns[key].String()] = true
		}
	}
	for _, pattern := range patterns {
		c.size[pattern.String()]++
	}
	return c
}

// setOf makes a set of a list.
func setOf(keys []string) map[string]bool {
	set := map[string]bool{}
	for _, key := range keys {
		set[key] = true
	}
	return set
}
