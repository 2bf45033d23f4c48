package coverage

import (
	"cmp"
	"slices"
	"strings"

	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/supervision"
)

// Person is somebody who takes part, counted once whatever the number of their
// groups.
type Person struct {
	ID         record.ID // of their first participation: names them in addresses
	UserID     record.ID
	Name       string
	Email      string
	Profession profession.Profession
	BodyID     record.ID
	BodyName   string
	Employer   string
	Parts      []supervision.Participant // in the order of joining
}

// EmployedBy is who employs the person: a provider, or the body itself.
func (p Person) EmployedBy() string { return cmp.Or(p.Employer, p.BodyName) }

// Persons joins participations with the same account or the same address, in
// the order of names.
func Persons(all []supervision.Participant) (found []Person) {
	same := newUnion(len(all))
	seen := map[string]int{}
	for i, p := range all {
		for _, mark := range []string{"user " + p.UserID.String(), "mail " + strings.ToLower(strings.TrimSpace(p.Email))} {
			if strings.HasSuffix(mark, " ") {
				continue
			}
			if first, known := seen[mark]; known {
				same.join(first, i)
			}
			seen[mark] = i
		}
	}
	parts := map[int][]supervision.Participant{}
	for i, p := range all {
		parts[same.root(i)] = append(parts[same.root(i)], p)
	}
	for _, of := range parts {
		found = append(found, personOf(of))
	}
	slices.SortFunc(found, func(a, b Person) int {
		return cmp.Or(cmp.Compare(text.Fold(a.Name), text.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// personOf describes somebody as their latest participation does.
func personOf(parts []supervision.Participant) Person {
	slices.SortFunc(parts, func(a, b supervision.Participant) int {
		return cmp.Or(a.Joined.Compare(b.Joined), cmp.Compare(a.ID, b.ID))
	})
	last := parts[len(parts)-1]
	p := Person{
		ID: parts[0].ID, Name: last.Name, Email: last.Email, Profession: last.Profession,
		BodyID: last.BodyID, BodyName: last.BodyName, Employer: last.Employer, Parts: parts,
	}
	for _, part := range parts {
		p.UserID = cmp.Or(part.UserID, p.UserID)
	}
	return p
}

// union joins what is the same, in a forest of parents.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) root(i int) int {
	for u[i] != i {
		i = u[i]
	}
	return i
}

func (u union) join(a, b int) { u[u.root(b)] = u.root(a) }

// Is reports whether a participation is of this person.
func (p Person) Is(participant record.ID) bool {
	return slices.ContainsFunc(p.Parts, func(part supervision.Participant) bool { return part.ID == participant })
}
