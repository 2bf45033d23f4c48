package certificates

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
)

// CertificateShape is a certificate as programs read it.
type CertificateShape struct {
	ID         record.ID `json:"id"`
	Version    int       `json:"version"`
	Number     string    `json:"number"`
	Code       string    `json:"code"`
	State      State     `json:"state"`
	Content    Content   `json:"content"`
	SHA256     string    `json:"sha256" doc:"Fingerprint of the document"`
	Corrects   record.ID `json:"corrects"`
	ReplacedBy record.ID `json:"replaced_by"`
}

func shapeCertificate(c Certificate) CertificateShape {
	return CertificateShape{c.ID, c.Version, c.Full(), c.Code, c.State, c.Content.V, c.SHA256, c.Corrects, c.ReplacedBy}
}

// CreditShape is the credit of a group as programs read it.
type CreditShape struct {
	Group          record.ID               `json:"group"`
	Credit         Credit                  `json:"credit"`
	People         []profession.Profession `json:"people"`
	Supervisor     profession.Profession   `json:"supervisor"`
	First          civil.Date              `json:"first" doc:"Day of the first session"`
	Accreditations []AccreditationShape    `json:"accreditations"`
}

// AccreditationShape is an accreditation as programs read it.
type AccreditationShape struct {
	Credit  Credit     `json:"credit"`
	Event   string     `json:"event"`
	By      string     `json:"by"`
	On      civil.Date `json:"on"`
	Minutes int        `json:"minutes"`
}

func shapeAccreditation(a Accreditation) AccreditationShape {
	return AccreditationShape{a.Credit, a.Event, a.By, a.On, a.Minutes}
}

func shapeCredit(v CreditView) CreditShape {
	out := CreditShape{Group: v.Group.ID, Credit: v.Credit, People: v.People, Supervisor: v.Supervisor, First: v.First}
	for _, a := range v.Accreditations {
		out.Accreditations = append(out.Accreditations, shapeAccreditation(a))
	}
	return out
}

func shapeCertificates(all []Certificate) (shapes []CertificateShape) {
	for _, c := range all {
		shapes = append(shapes, shapeCertificate(c))
	}
	return shapes
}
