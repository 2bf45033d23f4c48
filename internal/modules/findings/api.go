package findings

import (
	"bastida/engine/disclosure"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/wellbeing"
)

// RoundShape is the JSON of a measurement.
type RoundShape struct {
	ID         record.ID  `json:"id"`
	Title      string     `json:"title"`
	Instrument string     `json:"instrument"`
	State      string     `json:"state"`
	Opens      civil.Date `json:"opens"`
	Closes     civil.Date `json:"closes"`
	Sensitive  bool       `json:"sensitive"`
	Version    int        `json:"version"`
}

func shapeRound(r wellbeing.Round) RoundShape {
	return RoundShape{r.ID, r.Title, r.Instrument, string(r.State), r.Opens, r.Closes, r.Sensitive, r.Version}
}

// InstrumentShape is the JSON of an instrument, without its wording.
type InstrumentShape struct {
	Key       string         `json:"key"`
	Name      text.Localized `json:"name"`
	Licence   string         `json:"licence"`
	Verify    bool           `json:"verify"`
	Languages []string       `json:"languages"`
	Lacks     string         `json:"lacks,omitempty" doc:"Key of what is to be put in before it can be asked"`
	Version   int            `json:"version"`
}

func shapeInstrument(a wellbeing.Adopted) InstrumentShape {
	sheet, _ := wellbeing.Ready(a.Instrument, a.Adoption)
	out := InstrumentShape{a.Key(), a.Name, a.Licence.Status, a.Verify, sheet.Languages(), "", a.Adoption.Version}
	if f := a.Lacks(); f != nil {
		out.Lacks = f.Key
	}
	return out
}

func shapeInstruments(all []wellbeing.Adopted) (out []InstrumentShape) {
	for _, a := range all {
		out = append(out, shapeInstrument(a))
	}
	return out
}

// ResultsShape is the JSON of what was published. What is withheld has no number.
type ResultsShape struct {
	Round   RoundShape    `json:"round"`
	Limits  Limits        `json:"limits"`
	Units   []Unit        `json:"units"`
	Figures []FigureShape `json:"figures"`
}

// FigureShape is one figure, or why there is none.
type FigureShape struct {
	Unit     string          `json:"unit"`
	Scale    string          `json:"scale"`
	Kind     disclosure.Kind `json:"kind"`
	Answers  *int            `json:"answers,omitempty"`
	Mean     *float64        `json:"mean,omitempty"`
	Shares   []float64       `json:"shares,omitempty" doc:"Of the answers, by value, in per cent"`
	Withheld *Withheld       `json:"withheld,omitempty"`
}

func shapeResults(v Results) ResultsShape {
	out := ResultsShape{Round: shapeRound(v.Round), Limits: v.Release.Limits.V, Units: v.Release.Units.V}
	for _, f := range v.Release.Figures.V {
		s := FigureShape{Unit: f.Unit, Scale: f.Scale, Kind: f.Kind, Shares: f.Shares, Withheld: f.Withheld}
		if f.Withheld == nil {
			s.Answers = &f.Answers
		}
		if f.Withheld == nil && f.Kind == disclosure.Means {
			s.Mean = &f.Mean
		}
		out.Figures = append(out.Figures, s)
	}
	return out
}
