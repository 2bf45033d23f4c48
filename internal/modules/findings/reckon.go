package findings

import (
	"fmt"
	"math"
	"slices"

	"bastida/engine/disclosure"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/wellbeing"
)

// unitsOf lays out the teams of a round: team, area, body, everybody.
func unitsOf(teams []wellbeing.Included) []Unit {
	units := []Unit{{ID: string(Everybody), Kind: Everybody}}
	at := map[string]int{string(Everybody): 0}
	put := func(u Unit) string {
		if _, known := at[u.ID]; !known {
			at[u.ID] = len(units)
			units = append(units, u)
		}
		return u.ID
	}
	sorted := slices.Clone(teams)
	slices.SortStableFunc(sorted, func(a, b wellbeing.Included) int {
		return slices.Compare([]string{a.BodyName, string(a.BodyID), a.Area, a.Name}, []string{b.BodyName, string(b.BodyID), b.Area, b.Name})
	})
	for _, t := range sorted {
		above := put(Unit{ID: "body " + string(t.BodyID), Parent: string(Everybody), Kind: Body, Name: t.BodyName, BodyID: t.BodyID})
		if t.Area != "" {
			above = put(Unit{ID: "area " + string(t.BodyID) + " " + t.Area, Parent: above, Kind: Area, Name: t.Area, BodyID: t.BodyID})
		}
		put(Unit{ID: teamUnit(t.TeamID), Parent: above, Kind: OneTeam, Name: t.Name, BodyID: t.BodyID, TeamID: t.TeamID})
		for id := teamUnit(t.TeamID); id != ""; id = units[at[id]].Parent {
			units[at[id]].People += len(t.Members)
		}
	}
	return units
}

func teamUnit(id record.ID) string { return "team " + string(id) }

// reckoning turns the boxes of a round into figures, unit by unit.
type reckoning struct {
	round   wellbeing.Round
	units   []Unit
	members map[string][]string           // of the units that are teams
	ballots map[string][]wellbeing.Ballot // of every unit
	limits  Limits
	earlier []Release
	release *Release
}

// reckon makes what is published of a round, given all that was published before.
func reckon(r wellbeing.Round, answers map[record.ID][]wellbeing.Ballot, limits Limits, earlier []Release) (Release, error) {
	out := Release{RoundID: r.ID, Instrument: r.Instrument, Title: r.Title, Opens: r.Opens}
	c := reckoning{
		round: r, units: unitsOf(r.Teams.V), members: map[string][]string{}, ballots: map[string][]wellbeing.Ballot{},
		limits: limits, earlier: earlier, release: &out,
	}
	out.Limits.V, out.Units.V = limits, c.units
	for _, t := range r.Teams.V {
		c.members[teamUnit(t.TeamID)] = t.Members
	}
	for team, ballots := range answers {
		for id := teamUnit(team); id != ""; id = c.parent(id) {
			c.ballots[id] = append(c.ballots[id], ballots...)
		}
	}
	if err := c.participation(); err != nil {
		return out, err
	}
	for _, s := range r.Sheet.V.Instrument.Scales {
		if err := c.scale(s); err != nil {
			return out, fmt.Errorf("scale %s: %w", s.Code, err)
		}
	}
	return out, nil
}

func (c *reckoning) parent(id string) string {
	i := slices.IndexFunc(c.units, func(u Unit) bool { return u.ID == id })
	if i < 0 {
		return ""
	}
	return c.units[i].Parent
}

// participation tells how many answered: that everybody did gives nobody away.
func (c *reckoning) participation() error {
	table := c.table(participation, disclosure.Participation, func(id string) (int, string) { return len(c.ballots[id]), "" })
	decision, err := c.protect(table, disclosure.PublishUnanimous)
	if err != nil {
		return err
	}
	for _, u := range c.units {
		c.tell(decision, Figure{Unit: u.ID, Scale: participation, Kind: table.Kind, Answers: len(c.ballots[u.ID])})
	}
	return nil
}

// scale tells the means first, and then of fewer units how the answers spread.
func (c *reckoning) scale(s wellbeing.Scale) error {
	least := c.round.Sheet.V.Least[s.Code]
	in := c.round.Sheet.V.Instrument
	scores := map[string][]float64{}
	spreads := map[string][]float64{}
	for _, u := range c.units {
		spreads[u.ID] = make([]float64, len(in.Values))
		for _, b := range c.ballots[u.ID] {
			mean, counts := in.Score(s, least, b)
			if !counts {
				continue
			}
			scores[u.ID] = append(scores[u.ID], mean)
			in.Spread(s, b, spreads[u.ID])
		}
	}
	means := c.table(s.Code, disclosure.Means, func(id string) (int, string) { return len(scores[id]), alike(scores[id]) })
	told, err := c.protect(means, disclosure.WithholdUnanimous)
	if err != nil {
		return err
	}
	for _, u := range c.units {
		c.tell(told, Figure{Unit: u.ID, Scale: s.Code, Kind: means.Kind, Answers: len(scores[u.ID]), Mean: in.Cut(average(scores[u.ID]))})
	}
	spread := means
	spread.Cells = slices.Clone(means.Cells)
	spread.Kind = disclosure.Distributions
	for i, cell := range spread.Cells {
		spread.Cells[i].Unanimous = one(spreads[cell.ID])
	}
	if told, err = c.protect(spread, disclosure.WithholdUnanimous); err != nil {
		return err
	}
	for _, u := range c.units {
		c.tell(told, Figure{Unit: u.ID, Scale: s.Code, Kind: spread.Kind, Answers: len(scores[u.ID]), Shares: shares(spreads[u.ID])})
	}
	return nil
}

// table is the question to the engine.
func (c *reckoning) table(quantity string, kind disclosure.Kind, counted func(unit string) (answers int, unanimous string)) disclosure.Table {
	t := disclosure.Table{
		Quantity: c.round.Instrument + " " + quantity, Measurement: c.round.ID.String(), Kind: kind,
		Sensitive: c.round.Sensitive && kind != disclosure.Participation,
	}
	for _, u := range c.units {
		answers, unanimous := counted(u.ID)
		cell := disclosure.Cell{ID: u.ID, Size: u.People, Answers: answers, Unanimous: unanimous, Members: c.members[u.ID]}
		if u.Parent != "" {
			cell.Parents = []string{u.Parent}
		}
		t.Cells = append(t.Cells, cell)
	}
	return t
}

// protect asks the engine, and remembers what it lets through.
func (c *reckoning) protect(t disclosure.Table, unanimous disclosure.OnUnanimity) (disclosure.Decision, error) {
	var before []disclosure.Publication
	for _, r := range c.earlier {
		before = append(before, r.Shown.V...)
	}
	before = slices.DeleteFunc(append(before, c.release.Shown.V...), func(p disclosure.Publication) bool { return p.Quantity != t.Quantity })
	decision, err := disclosure.Protect(c.limits.policy(unanimous), t, before)
	if err == nil {
		c.release.Shown.V = append(c.release.Shown.V, decision.Publish())
	}
	return decision, err
}

// tell keeps a figure, or in its place the reason why it is withheld.
func (c *reckoning) tell(d disclosure.Decision, f Figure) {
	if !d.Shown(f.Unit) {
		why := d.Why(f.Unit)
		f = Figure{Unit: f.Unit, Scale: f.Scale, Kind: f.Kind, Withheld: &Withheld{Code: why.Code, Minimum: why.Minimum}}
		for _, r := range c.earlier {
			if r.RoundID.String() == why.Since {
				f.Withheld.Since = r.Title
			}
		}
	}
	c.release.Figures.V = append(c.release.Figures.V, f)
}

// alike names the score that all have, if all have the same.
func alike(scores []float64) string {
	if len(scores) == 0 || slices.ContainsFunc(scores, func(s float64) bool { return s != scores[0] }) {
		return ""
	}
	return fmt.Sprint(scores[0])
}

// one names the only answer that was given, if there is only one.
func one(spread []float64) string {
	only := ""
	for i, n := range spread {
		if n > 0 && only != "" {
			return ""
		}
		if n > 0 {
			only = fmt.Sprint(i)
		}
	}
	return only
}

func average(scores []float64) (mean float64) {
	for _, s := range scores {
		mean += s / float64(len(scores))
	}
	return mean
}

func shares(spread []float64) []float64 {
	var total float64
	for _, n := range spread {
		total += n
	}
	out := make([]float64, len(spread))
	for i, n := range spread {
		if total > 0 {
			out[i] = math.Round(100 * n / total)
		}
	}
	return out
}
