package territory

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// The parameters that this module itself asks for.
const (
	DetourKey    = "travel.detour"
	SpeedKey     = "travel.speed_kmh"
	LocalDaysKey = "calendar.local_days" // how many local holidays a municipality has a year
)

// Office is how an organisation stands in its territory. There is one a tenant.
type Office struct {
	record.Row
	Pack     string `db:"pack"`      // whose map it uses
	Country  string `db:"country"`   // ISO 3166-1: decides how terms are counted
	Region   string `db:"region"`    // ISO 3166-2: decides the regional holidays
	Seat     string `db:"seat"`      // code of the municipality of the office; may be empty
	AreaKind string `db:"area_kind"` // what it calls its areas
}

// Parameter is one figure, in force from a day, and until another unless that
// is empty.
type Parameter struct {
	record.Row
	Key       string     `db:"param_key"`
	Value     float64    `db:"value"`
	Unit      string     `db:"unit"`
	ValidFrom civil.Date `db:"valid_from"`
	ValidTo   civil.Date `db:"valid_to"`
	Source    string     `db:"source"`
	Status    string     `db:"status"`
}

// ParameterInput is a new figure in place of the one in force.
type ParameterInput struct {
	Value     float64    `json:"value"`
	ValidFrom civil.Date `json:"valid_from"`
	Source    string     `json:"source"`
}

// succeed ends the figure on the day before a new one begins, and returns the
// new one.
func (p *Parameter) succeed(in ParameterInput) (Parameter, error) {
	if !p.ValidTo.IsZero() {
		return Parameter{}, fault.New(fault.Conflict, "territory.parameter_ended")
	}
	var wrong fault.Fields
	if in.Value <= 0 {
		wrong.Add("value", "territory.parameter_positive")
	}
	if !in.ValidFrom.After(p.ValidFrom) {
		wrong.Add("valid_from", "territory.parameter_after", "date", p.ValidFrom)
	}
	if err := wrong.Err(); err != nil {
		return Parameter{}, err
	}
	p.ValidTo = in.ValidFrom.AddDays(-1)
	return Parameter{
		Key: p.Key, Value: in.Value, Unit: p.Unit, ValidFrom: in.ValidFrom, Source: in.Source, Status: "confirmed",
	}, nil
}
