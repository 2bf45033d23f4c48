package territory

import "bastida/internal/kernel/civil"

// PlaceShape is the JSON of a place.
type PlaceShape struct {
	ID             string  `json:"id"`
	Version        int     `json:"version"`
	Code           string  `json:"code"`
	Kind           string  `json:"kind"`
	Name           string  `json:"name"`
	Area           string  `json:"area"`
	AreaStatus     string  `json:"area_status"`
	Population     int     `json:"population" doc:"Zero when unknown"`
	PopulationYear int     `json:"population_year"`
	Lat            float64 `json:"lat"`
	Lon            float64 `json:"lon"`
	Body           string  `json:"body,omitempty"`
}

func shapePlace(p Place) PlaceShape {
	return PlaceShape{
		p.ID.String(), p.Version, p.Code, string(p.Kind), p.Name, p.Area, string(p.Status), p.Population, p.PopulationYear,
		p.Lat, p.Lon, p.BodyID.String(),
	}
}

// HolidayShape is the JSON of a holiday.
type HolidayShape struct {
	ID     string            `json:"id"`
	Date   civil.Date        `json:"date"`
	Scope  string            `json:"scope"`
	Place  string            `json:"place"`
	Name   map[string]string `json:"name"`
	Source string            `json:"source"`
	Status string            `json:"status"`
}

func shapeHoliday(h Holiday) HolidayShape {
	return HolidayShape{h.ID.String(), h.Date, string(h.Scope), h.Place, h.Name, h.Source, h.Status}
}

// ParameterShape is the JSON of a figure.
type ParameterShape struct {
	ID        string     `json:"id"`
	Version   int        `json:"version"`
	Key       string     `json:"key"`
	Value     float64    `json:"value"`
	Unit      string     `json:"unit"`
	ValidFrom civil.Date `json:"valid_from"`
	ValidTo   civil.Date `json:"valid_to"`
	Source    string     `json:"source"`
	Status    string     `json:"status"`
}

func shapeParameter(p Parameter) ParameterShape {
	return ParameterShape{p.ID.String(), p.Version, p.Key, p.Value, p.Unit, p.ValidFrom, p.ValidTo, p.Source, p.Status}
}

func shapeParameters(all []Parameter) []ParameterShape { return each(all, shapeParameter) }

// DueShape is the JSON of the end of a term.
type DueShape struct {
	Start       civil.Date     `json:"start"`
	Ends        civil.Date     `json:"ends"`
	Nominal     civil.Date     `json:"nominal" doc:"Where it would end had nothing been suspended"`
	Policy      string         `json:"policy" doc:"The provision by which days are counted"`
	Provisional []int          `json:"provisional" doc:"Years whose holidays are not all known"`
	Steps       []DueStepShape `json:"steps"`
}

// DueStepShape is the JSON of what became of some days of a term.
type DueStepShape struct {
	Kind  string     `json:"kind"`
	From  civil.Date `json:"from"`
	To    civil.Date `json:"to"`
	Days  int        `json:"days"`
	Why   string     `json:"why,omitempty"`
	Place string     `json:"place,omitempty"`
}

func shapeDue(a answer) DueShape {
	d := a.due
	shape := DueShape{
		Start: civil.Date(d.Start), Ends: d.On(), Nominal: civil.Date(d.Nominal), Policy: d.calendar.Policy.Source,
		Provisional: append([]int{}, d.Provisional...),
	}
	for _, s := range d.Steps {
		shape.Steps = append(shape.Steps, DueStepShape{
			string(s.Kind), civil.Date(s.From), civil.Date(s.To), s.Days, s.Why.Name, s.Why.Place,
		})
	}
	return shape
}
