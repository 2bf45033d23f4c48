package findings

import (
	"bastida/engine/disclosure"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
)

// Release is what was published of a round. Whatever is withheld is not in it.
type Release struct {
	record.Row
	RoundID    record.ID                             `db:"round_id"`
	Instrument string                                `db:"instrument"`
	Title      string                                `db:"title"`
	Opens      civil.Date                            `db:"opens"`
	Limits     record.JSON[Limits]                   `db:"limits"`
	Units      record.JSON[[]Unit]                   `db:"units,secret"`
	Figures    record.JSON[[]Figure]                 `db:"figures,secret"`
	Shown      record.JSON[[]disclosure.Publication] `db:"shown,secret"` // for the rounds to come
}

// Limits are the figures below which nothing is shown, with where they come from.
type Limits struct {
	MinGroup               Limit `json:"min_group"`
	MinAnswers             Limit `json:"min_answers"`
	MinAnswersDistribution Limit `json:"min_answers_distribution"`
	MinAnswersSensitive    Limit `json:"min_answers_sensitive"`
	MinDifference          Limit `json:"min_difference"`
	MinDifferenceSensitive Limit `json:"min_difference_sensitive"`
}

// Limit is one of them.
type Limit struct {
	Value  int    `json:"value"`
	Source string `json:"source"`
}

func (l Limits) policy(unanimous disclosure.OnUnanimity) disclosure.Policy {
	return disclosure.Policy{
		MinGroup: l.MinGroup.Value, MinAnswers: l.MinAnswers.Value, MinAnswersDistribution: l.MinAnswersDistribution.Value,
		MinAnswersSensitive: l.MinAnswersSensitive.Value, MinDifference: l.MinDifference.Value,
		MinDifferenceSensitive: l.MinDifferenceSensitive.Value, OnUnanimity: unanimous,
	}
}

// Unit is people about whom a figure may be told: a team, an area, a body, or
// everybody who was asked.
type Unit struct {
	ID     string    `json:"id"`
	Parent string    `json:"parent,omitempty"`
	Kind   UnitKind  `json:"kind"`
	Name   string    `json:"name,omitempty"` // empty for everybody
	BodyID record.ID `json:"body_id,omitempty"`
	TeamID record.ID `json:"team_id,omitempty"`
	People int       `json:"people"`
}

// UnitKind is what a unit is.
type UnitKind string

// The kinds of unit, from the widest.
const (
	Everybody UnitKind = "all"
	Body      UnitKind = "body"
	Area      UnitKind = "area"
	OneTeam   UnitKind = "team"
)

// Measures that are not of a scale.
const participation = "participation"

// Figure is one thing told of a unit, or why it is not told.
type Figure struct {
	Unit     string          `json:"unit"`
	Scale    string          `json:"scale"` // participation where it is of no scale
	Kind     disclosure.Kind `json:"kind"`
	Answers  int             `json:"answers,omitempty"`
	Mean     float64         `json:"mean,omitempty"`
	Shares   []float64       `json:"shares,omitempty"` // of the answers, by value, in per cent
	Withheld *Withheld       `json:"withheld,omitempty"`
}

// Withheld is why a figure is not told. It holds no count.
type Withheld struct {
	Code    disclosure.Code `json:"code"`
	Minimum int             `json:"minimum,omitempty"`
	Since   string          `json:"since,omitempty"` // title of the earlier round
}

// Figure returns what was told of a unit, withheld if there is no such figure.
func (r Release) Figure(unit, scale string, kind disclosure.Kind) Figure {
	for _, f := range r.Figures.V {
		if f.Unit == unit && f.Scale == scale && f.Kind == kind {
			return f
		}
	}
	return Figure{Unit: unit, Scale: scale, Kind: kind, Withheld: &Withheld{Code: disclosure.UnknownCell}}
}

// Within keeps what concerns some bodies, and everybody as the measure to
// compare with.
func (r Release) Within(sees func(Unit) bool) Release {
	var units []Unit
	var figures []Figure
	for _, u := range r.Units.V {
		if u.Kind != Everybody && !sees(u) {
			continue
		}
		units = append(units, u)
		for _, f := range r.Figures.V {
			if f.Unit == u.ID {
				figures = append(figures, f)
			}
		}
	}
	r.Units.V, r.Figures.V, r.Shown.V = units, figures, nil
	return r
}
