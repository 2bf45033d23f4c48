package intake

import (
	"regexp"

	"bastida/internal/modules/identity"
)

// BodyRow is an accepted row of a batch of bodies.
type BodyRow struct {
	Number   int
	Code     string
	Name     string
	Kind     identity.BodyKind
	Language string
	Known    bool // it is corrected, not made
}

// Words by which people call the kinds of body, folded.
var bodyKinds = map[string]identity.BodyKind{
	"municipality": identity.Municipality, "municipi": identity.Municipality, "municipio": identity.Municipality, "comune": identity.Municipality,
	"ajuntament": identity.Municipality, "ayuntamiento": identity.Municipality,
	"county council": identity.CountyCouncil, "consell comarcal": identity.CountyCouncil, "consejo comarcal": identity.CountyCouncil,
	"joint body": identity.JointBody, "mancomunitat": identity.JointBody, "mancomunidad": identity.JointBody, "unione di comuni": identity.JointBody,
	"consortium": identity.Consortium, "consorci": identity.Consortium, "consorcio": identity.Consortium, "consorzio": identity.Consortium,
	"city": identity.City, "ciutat": identity.City, "ciudad": identity.City, "citta": identity.City,
	"ambito":         identity.Ambito,
	"supramunicipal": identity.Supramunicipal, "supramunicipale": identity.Supramunicipal,
	"diputacio": identity.Supramunicipal, "diputacion": identity.Supramunicipal,
}

var languages = map[string]string{
	"ca": "ca", "catala": "ca", "catalan": "ca", "catalano": "ca",
	"es": "es", "castella": "es", "castellano": "es", "espanyol": "es", "espanol": "es", "spanish": "es", "spagnolo": "es",
	"it": "it", "italia": "it", "italiano": "it", "italian": "it",
	"en": "en", "angles": "en", "ingles": "en", "inglese": "en", "english": "en",
}

var bodyCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$`)

// judgeBodies decides every row. own is the body that leads the pack, and known
// every body of the installation by its code: a body of another pack is not
// ours to touch.
func judgeBodies(b *Batch, own identity.Body, known map[string]identity.Body) (report Report) {
	seen := map[string]int{}
	for _, line := range b.Grid.V.Rows {
		r := &reading{batch: b, line: line}
		row := readBody(r, own, known)
		if first, twice := seen[row.Code]; twice {
			r.reject("code", "intake.twice", "row", first)
		}
		seen[row.Code] = line.Number
		if len(r.complaints) > 0 {
			report.Counts.Rejected++
			report.Rejected = append(report.Rejected, r.complaints...)
			continue
		}
		was := known[row.Code]
		switch {
		case !row.Known:
			report.Counts.New++
		case was.Name == row.Name && was.Kind == row.Kind && was.Language == row.Language:
			report.Counts.Unchanged++
			continue
		default:
			report.Counts.Changed++
		}
		report.Bodies = append(report.Bodies, row)
	}
	return report
}

func readBody(r *reading, own identity.Body, known map[string]identity.Body) BodyRow {
	row := BodyRow{Number: r.line.Number, Code: r.get("code")}
	var was identity.Body
	was, row.Known = known[row.Code]
	switch {
	case row.Code == "":
		r.reject("code", "form.required")
	case !bodyCode.MatchString(row.Code):
		r.reject("code", "intake.bad_code")
	case row.Known && was.Pack != own.Pack:
		r.reject("code", "intake.other_pack")
	}
	row.Name = r.name("name")
	row.Kind = word(r, "kind", bodyKinds, was.Kind)
	usual := own.Language
	if row.Known {
		usual = was.Language
	}
	row.Language = word(r, "language", languages, usual)
	return row
}
