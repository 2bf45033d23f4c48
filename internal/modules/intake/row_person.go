package intake

import (
	"net/mail"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
)

// PersonRow is an accepted row of a batch of people.
type PersonRow struct {
	Number   int
	Name     string
	Email    string
	Language string
	Role     actor.Role
	Body     record.ID // empty for the tenant itself
	Unit     string
	Known    identity.Person // the account, when there is one
	Renamed  bool            // its name or language is corrected
	Holds    bool            // it has this very role already
}

// Words by which people call the roles, folded. Those that rule over others are
// spelt out: nobody becomes an administrator by a word that sounds like it.
var roleWords = map[string]actor.Role{
	"professional": actor.Professional, "profesional": actor.Professional, "professionista": actor.Professional,
	"reception": actor.Reception, "recepcio": actor.Reception, "recepcion": actor.Reception, "accoglienza": actor.Reception,
	"team lead": actor.TeamLead, "direccio d equip": actor.TeamLead, "direccion de equipo": actor.TeamLead, "responsabile di equipe": actor.TeamLead, //nolint:misspell // Italian
	"local officer": actor.LocalOfficer, "referent de l ens local": actor.LocalOfficer, "referent": actor.LocalOfficer,
	"referente de la entidad local": actor.LocalOfficer, "referente dell ente locale": actor.LocalOfficer, "referente": actor.LocalOfficer,
	"technician": actor.Technician, "support technician": actor.Technician, "tecnica de suport": actor.Technician, //nolint:misspell // Catalan
	"tecnica de apoyo": actor.Technician, "tecnico di supporto": actor.Technician,
	"legal officer": actor.LegalOfficer, "legal economic officer": actor.LegalOfficer, "juridica i economica": actor.LegalOfficer,
	"juridica y economica": actor.LegalOfficer, "giuridico economico": actor.LegalOfficer,
	"supervisor": actor.Supervisor, "supervisora": actor.Supervisor, "supervisore": actor.Supervisor,
	"citizen": actor.Citizen, "auditor": actor.Auditor, "administrator": actor.Administrator,
}

// around is what is known where a batch of people arrives.
type around struct {
	own    identity.Body
	bodies map[string]identity.Body // of the installation, by code
	people map[string]identity.Person
	held   map[record.ID][]identity.Acting
}

// judgePeople decides every row. One person may stand in several rows, with a
// role in each; the same role twice is a mistake.
func judgePeople(b *Batch, at around) (report Report) {
	type once struct {
		email string
		role  actor.Role
		body  record.ID
		unit  string
	}
	seen := map[once]int{}
	for _, line := range b.Grid.V.Rows {
		r := &reading{batch: b, line: line}
		row := readPerson(r, at)
		this := once{row.Email, row.Role, row.Body, row.Unit}
		if first, twice := seen[this]; twice && len(r.complaints) == 0 {
			r.reject("email", "intake.twice", "row", first)
		}
		seen[this] = line.Number
		switch {
		case len(r.complaints) > 0:
			report.Counts.Rejected++
			report.Rejected = append(report.Rejected, r.complaints...)
			continue
		case row.Known.ID == "":
			report.Counts.New++
		case row.Holds && !row.Renamed:
			report.Counts.Unchanged++
			continue
		default:
			report.Counts.Changed++
		}
		report.People = append(report.People, row)
	}
	return report
}

func readPerson(r *reading, at around) PersonRow {
	row := PersonRow{
		Number: r.line.Number, Name: r.name("name"), Email: strings.ToLower(r.get("email")), Unit: r.get("unit"),
		Role: word(r, "role", roleWords, ""),
	}
	if a, err := mail.ParseAddress(row.Email); err != nil || a.Address != row.Email {
		r.reject("email", "form.not_an_email")
	}
	if len([]rune(row.Unit)) > longest {
		r.reject("unit", "form.too_long", "max", longest)
	}
	row.Body = readPlace(r, at)
	row.Known = at.people[row.Email]
	if row.Known.Disabled {
		r.reject("email", "intake.disabled")
	}
	usual := at.own.Language
	if row.Known.ID != "" {
		usual = row.Known.Language
	}
	row.Language = word(r, "language", languages, usual)
	kept := row.Known.ID != "" && row.Known.TenantID == at.own.ID
	row.Renamed = kept && (row.Known.Name != row.Name || row.Known.Language != row.Language)
	for _, m := range at.held[row.Known.ID] {
		row.Holds = row.Holds || m.Role == row.Role && m.BodyID == row.Body && m.Unit == row.Unit
	}
	return row
}

// readPlace returns the body that the person speaks for: the tenant itself, or
// a body of the pack that the tenant leads.
func readPlace(r *reading, at around) record.ID {
	code := r.get("body")
	if code == "" || code == at.own.Code {
		return ""
	}
	b, known := at.bodies[code]
	if !known || b.Pack != at.own.Pack || !at.own.LeadsPack {
		r.reject("body", "intake.no_body")
	}
	return b.ID
}
