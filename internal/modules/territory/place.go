package territory

import (
	"bastida/engine/formation"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
)

// Kind is what a place is.
type Kind string

// The kinds of place.
const (
	Municipality  Kind = "municipality"
	CountyCouncil Kind = "county_council" // consell comarcal, drawn at its capital
	JointBody     Kind = "joint_body"     // mancomunitat, unione di comuni
	District      Kind = "district"
	Barri         Kind = "barri" // neighbourhood of a district
)

var kinds = []Kind{Municipality, CountyCouncil, JointBody, District, Barri}

// Status is how sure the area of a place is.
type Status string

// The statuses of an area.
const (
	Official  Status = "official"  // read in the act that says so
	Editable  Status = "editable"  // put together from public sources, to be confirmed
	Uncertain Status = "uncertain" // the same, with a known doubt
)

// Place is one place of the organisation.
type Place struct {
	record.Row
	Code           string    `db:"code"` // INE or ISTAT code, or the pack's own
	Kind           Kind      `db:"kind"`
	Name           string    `db:"name"`
	NameFold       string    `db:"name_fold"`
	Area           string    `db:"area"`
	AreaFold       string    `db:"area_fold"`
	Population     int       `db:"population"` // zero when unknown
	PopulationYear int       `db:"population_year"`
	Lat            float64   `db:"lat"`
	Lon            float64   `db:"lon"`
	BodyID         record.ID `db:"body_id"` // the body of the installation that governs it; empty when none does
	Status         Status    `db:"status"`
	Note           string    `db:"note"`
}

// fold fills in the columns by which places are found and sorted.
func (p *Place) fold() { p.NameFold, p.AreaFold = text.Fold(p.Name), text.Fold(p.Area) }

// MayEditArea reports whether the organisation decides the area of the place.
func (p Place) MayEditArea() bool { return p.Status != Official }

// AreaInput is a correction of the area of a place.
type AreaInput struct {
	Area   string `json:"area"`
	Status Status `json:"status"`
	Note   string `json:"note"`
}

// editArea corrects the area. Calling it official takes saying where that was read.
func (p *Place) editArea(in AreaInput) error {
	if !p.MayEditArea() {
		return fault.New(fault.Conflict, "territory.area_official")
	}
	var wrong fault.Fields
	if in.Status == Official && in.Note == "" {
		wrong.Add("note", "territory.area_source")
	}
	if in.Status == Official && in.Area == "" {
		wrong.Add("area", "form.required")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	p.Area, p.Status, p.Note = in.Area, in.Status, in.Note
	p.fold()
	return nil
}

// Distance returns the kilometres between two places in a straight line.
func Distance(a, b Place) float64 { return formation.Kilometres(a.Lat, a.Lon, b.Lat, b.Lon, 1) }

// Travel is how the organisation estimates journeys by road.
type Travel struct {
	Detour   Parameter // how much longer than the straight line the road is
	SpeedKMH Parameter
}

// Kilometres estimates the journey between two places.
func (t Travel) Kilometres(a, b Place) float64 { return Distance(a, b) * t.Detour.Value }

// Minutes estimates how long the journey takes.
func (t Travel) Minutes(a, b Place) float64 {
	const minutesPerHour = 60
	return t.Kilometres(a, b) / t.SpeedKMH.Value * minutesPerHour
}

// Area is a group of places with what they add up to.
type Area struct {
	Name       string `db:"area"`
	Fold       string `db:"area_fold"`
	Places     int    `db:"places"`
	Population int    `db:"population"`
	Unsure     int    `db:"unsure"` // places whose area is still to be confirmed
}
