package disclosure

import "slices"

// Decision says of each cell of a table whether it may be published.
type Decision struct {
	table   Table
	minima  Minima
	reasons map[string]Reason
	members map[string][]string
}

// Reason is why a cell is withheld, or that it is shown. It never says how many people or
// answers there were: that would tell what is withheld.
type Reason struct {
	Code Code

	// Minimum is the figure of the policy that was not reached.
	Minimum int

	// Protects names the withheld cells that could be found by subtraction if this one were
	// shown. It is empty when they are people in no cell of their own.
	Protects []string

	// Since and Against are the earlier measurement, and the cell of it, whose comparison with
	// this one would be about too few people.
	Since   string
	Against string
}

// Code is the kind of a reason: a stable string to translate.
type Code string

// The reasons.
const (
	Published     Code = "published"
	BuildingBlock Code = "building-block" // never to be published
	TooFewPeople  Code = "too-few-people"
	TooFewAnswers Code = "too-few-answers"
	Unanimity     Code = "unanimity"      // the figure tells the answer of everybody
	OverTime      Code = "over-time"      // with an earlier publication it tells of few people
	UnknownChange Code = "unknown-change" // published before, and nobody knows who came and went
	Complementary Code = "complementary"  // others could be found by subtraction
	UnknownCell   Code = "unknown-cell"   // not in the table
)

// Shown tells whether a cell may be published. What is not in the table may not.
func (d Decision) Shown(id string) bool { return d.reasons[id].Code == Published }

// Why tells why a cell is withheld, or that it is published.
func (d Decision) Why(id string) Reason {
	reason, ok := d.reasons[id]
	if !ok {
		return Reason{Code: UnknownCell}
	}
	return reason
}

// IDs are the cells that may be published, sorted.
func (d Decision) IDs() []string {
	var ids []string
	for id, reason := range d.reasons {
		if reason.Code == Published {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Publish is what to remember once the shown cells have been published: give it to
// [Protect] with every later table of the same quantity.
func (d Decision) Publish() Publication {
	publication := Publication{
		Quantity:    d.table.Quantity,
		Measurement: d.table.Measurement,
		Minima:      d.minima,
	}
	cells := map[string]Cell{}
	for _, cell := range d.table.Cells {
		cells[cell.ID] = cell
	}
	for _, id := range d.IDs() {
		publication.Cells = append(publication.Cells, PublishedCell{
			ID:      id,
			Size:    cells[id].Size,
			Answers: cells[id].Answers,
			Members: slices.Clone(d.members[id]),
		})
	}
	return publication
}
