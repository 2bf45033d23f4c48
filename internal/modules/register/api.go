package register

import (
	"time"

	"bastida/internal/modules/supervisors"
)

// SupervisorShape is the JSON of a supervisor. It says nothing of whether
// somebody is fit: the evidence says who has seen what.
type SupervisorShape struct {
	ID          string   `json:"id"`
	Version     int      `json:"version" doc:"To send back in If-Match when changing it"`
	State       string   `json:"state"`
	User        string   `json:"user,omitempty" doc:"Their account, when they have one"`
	Name        string   `json:"name"`
	Email       string   `json:"email"`
	Phone       string   `json:"phone"`
	Provider    string   `json:"provider" doc:"Company; empty for a freelance"`
	External    bool     `json:"external" doc:"External to the line management of the teams"`
	Profession  string   `json:"profession"`
	Languages   []string `json:"languages"`
	Areas       []string `json:"areas" doc:"None is everywhere"`
	Home        string   `json:"home" doc:"Code of the place from which they travel"`
	WeeklyHours float64  `json:"weekly_hours" doc:"Most a week; zero when not stated"`
	SeasonHours float64  `json:"season_hours" doc:"Most a season; zero when not stated"`
}

func shapeSupervisor(s supervisors.Supervisor) SupervisorShape {
	return SupervisorShape{
		ID: s.ID.String(), Version: s.Version, State: string(s.State), User: s.UserID.String(), Name: s.Name, Email: s.Email,
		Phone: s.Phone, Provider: s.Provider, External: s.External, Profession: string(s.Profession),
		Languages: append([]string{}, s.Languages.V...), Areas: append([]string{}, s.Areas.V...), Home: s.HomeCode,
		WeeklyHours: supervisors.Hours(s.WeeklyMinutes), SeasonHours: supervisors.Hours(s.SeasonMinutes),
	}
}

// RegisterLineShape is the JSON of one line of the register.
type RegisterLineShape struct {
	Supervisor SupervisorShape `json:"supervisor"`
	Evidence   int             `json:"evidence"`
	Unverified int             `json:"unverified" doc:"Pieces of evidence that nobody of the body has seen"`
	Expired    int             `json:"expired"`
}

func shapeLine(l supervisors.Line) RegisterLineShape {
	return RegisterLineShape{shapeSupervisor(l.Supervisor), l.Evidence, l.Unverified, l.Expired}
}

// EvidenceShape is the JSON of a piece of evidence.
type EvidenceShape struct {
	ID          string                  `json:"id"`
	Kind        string                  `json:"kind"`
	Title       string                  `json:"title"`
	Institution string                  `json:"institution"`
	Hours       int                     `json:"hours" doc:"Zero when not stated"`
	Date        string                  `json:"date"`
	Expires     string                  `json:"expires,omitempty"`
	Person      string                  `json:"person,omitempty" doc:"Own supervision: with whom"`
	Frequency   string                  `json:"frequency,omitempty" doc:"Own supervision: how often"`
	VerifiedBy  string                  `json:"verified_by,omitempty" doc:"Absent while nobody has verified it"`
	VerifiedOn  string                  `json:"verified_on,omitempty"`
	Seen        string                  `json:"seen,omitempty" doc:"original, copy or confirmed"`
	Note        string                  `json:"note,omitempty"`
	Documents   []EvidenceDocumentShape `json:"documents"`
}

// EvidenceDocumentShape is the JSON of a document of a piece of evidence.
type EvidenceDocumentShape struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Size  int64     `json:"size"`
	Added time.Time `json:"added_at"`
}

func shapeEvidence(p supervisors.Piece) EvidenceShape {
	shape := EvidenceShape{
		ID: p.ID.String(), Kind: string(p.Kind), Title: p.Title, Institution: p.Institution, Hours: p.Hours, Date: p.Date.String(),
		Expires: p.Expires.String(), Person: p.Person, Frequency: p.Frequency, VerifiedBy: p.Verifier, VerifiedOn: p.VerifiedOn.String(),
		Seen: string(p.Seen), Note: p.Note, Documents: []EvidenceDocumentShape{},
	}
	for _, f := range p.Files {
		shape.Documents = append(shape.Documents, EvidenceDocumentShape{f.ID.String(), f.Name, f.Size, f.CreatedAt.Time})
	}
	return shape
}

// IncompatibilityShape is the JSON of an incompatibility.
type IncompatibilityShape struct {
	ID       string `json:"id"`
	Body     string `json:"body"`
	BodyName string `json:"body_name"`
	Reason   string `json:"reason"`
	Until    string `json:"until,omitempty" doc:"Last day on which it holds"`
	Note     string `json:"note"`
}

func shapeIncompatibility(i supervisors.Incompatibility) IncompatibilityShape {
	return IncompatibilityShape{i.ID.String(), i.BodyID.String(), i.BodyName, string(i.Reason), i.Until.String(), i.Note}
}

// UnavailabilityShape is the JSON of an unavailability.
type UnavailabilityShape struct {
	ID       string   `json:"id"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Weekdays []string `json:"weekdays" doc:"None is every day"`
	Start    string   `json:"start"`
	End      string   `json:"end"`
}

func shapeUnavailability(u supervisors.Unavailability) UnavailabilityShape {
	return UnavailabilityShape{u.ID.String(), u.From.String(), u.To.String(), append([]string{}, u.Weekdays.V...), supervisors.Clock(u.Start), supervisors.Clock(u.End)}
}

// SupervisorSheetShape is the JSON of the whole sheet of a supervisor.
type SupervisorSheetShape struct {
	Supervisor        SupervisorShape        `json:"supervisor"`
	Evidence          []EvidenceShape        `json:"evidence"`
	Incompatibilities []IncompatibilityShape `json:"incompatibilities"`
	Unavailability    []UnavailabilityShape  `json:"unavailability"`
}

func shapeDossier(d dossier) SupervisorSheetShape {
	shape := SupervisorSheetShape{shapeSupervisor(d.Supervisor), []EvidenceShape{}, []IncompatibilityShape{}, []UnavailabilityShape{}}
	for _, p := range d.Pieces {
		shape.Evidence = append(shape.Evidence, shapeEvidence(p))
	}
	for _, i := range d.Incompatibilities {
		shape.Incompatibilities = append(shape.Incompatibilities, shapeIncompatibility(i))
	}
	for _, u := range d.Unavailabilities {
		shape.Unavailability = append(shape.Unavailability, shapeUnavailability(u))
	}
	return shape
}
