package identity

import (
	"bastida/internal/kernel/record"
)

// BodyKind is what a body is.
type BodyKind string

// The kinds of body.
const (
	Municipality   BodyKind = "municipality"
	CountyCouncil  BodyKind = "county_council" // consell comarcal
	JointBody      BodyKind = "joint_body"     // mancomunitat, unione di comuni
	Consortium     BodyKind = "consortium"
	City           BodyKind = "city"
	Ambito         BodyKind = "ambito" // ambito territoriale sociale
	Supramunicipal BodyKind = "supramunicipal"
)

// Body is a tenant of the installation. Its row belongs to itself.
type Body struct {
	record.Row
	Code      string   `db:"code"` // unique in the installation: INE or ISTAT code, or the pack's name
	Pack      string   `db:"pack"` // the regional pack it came with
	Kind      BodyKind `db:"kind"`
	Name      string   `db:"name"`
	NameFold  string   `db:"name_fold"`
	Unit      string   `db:"unit"` // the unit that runs social services, as it signs
	Mark      string   `db:"mark"` // two letters
	Language  string   `db:"language"`
	Hue       float64  `db:"hue"`    // of its colour, in degrees of OKLCH
	Chroma    float64  `db:"chroma"` // of its colour; lightness is the style sheet's
	LeadsPack bool     `db:"leads_pack"`
}
