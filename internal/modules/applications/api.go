package applications

import (
	"time"

	"bastida/internal/modules/calls"
)

// ApplicationShape is the JSON of an application.
type ApplicationShape struct {
	ID       string `json:"id"`
	Call     string `json:"call"`
	Number   string `json:"number"`
	State    string `json:"state"`
	Body     string `json:"body" doc:"Code of the body that applies"`
	BodyName string `json:"body_name"`
	Area     string `json:"area"`
	Input
	Professionals int               `json:"professionals"`
	Incomplete    bool              `json:"incomplete"`
	SubmittedAt   *time.Time        `json:"submitted_at"`
	FiledOn       string            `json:"filed_on"`
	Hash          string            `json:"receipt_hash"`
	ResolveOn     string            `json:"resolve_by"`
	Amendment     string            `json:"amendment"`
	AmendOn       string            `json:"amend_by"`
	Outcome       string            `json:"outcome" doc:"Only once resolved"`
	Reasons       map[string]string `json:"reasons"`
	Hours         int               `json:"hours"`
	Group         string            `json:"group"`
	AcceptOn      string            `json:"accept_by"`
	AcceptedHow   string            `json:"accepted"`
	Version       int               `json:"version"`
}

// ShapeApplication returns what is promised of an application.
func ShapeApplication(a calls.Application) ApplicationShape {
	shape := ApplicationShape{
		ID: a.ID.String(), Call: a.CallID.String(), Number: a.Number, State: string(a.State), Body: a.BodyCode, BodyName: a.BodyName,
		Area: a.Area, Input: inputOf(a), Professionals: a.Professionals, Incomplete: a.Incomplete, FiledOn: a.FiledOn.String(),
		Hash: a.Hash, ResolveOn: a.ResolveOn.String(), Amendment: a.Amendment, AmendOn: a.AmendOn.String(), Version: a.Version,
	}
	if shape.Joint == nil {
		shape.Joint = []string{}
	}
	if !a.SubmittedAt.IsZero() {
		shape.SubmittedAt = &a.SubmittedAt.Time
	}
	if a.State == calls.Excluded {
		shape.Reasons = a.Reasons
	}
	if a.Told() {
		shape.Outcome, shape.Reasons, shape.Hours, shape.Group = string(a.Outcome), a.Reasons, a.Hours, a.GroupLabel
		shape.AcceptOn, shape.AcceptedHow = a.AcceptOn.String(), a.AcceptedHow
	}
	return shape
}

// ReceiptShape is the JSON of a receipt. The hash is the SHA-256 of content, as
// the text stands.
type ReceiptShape struct {
	Number  string    `json:"number"`
	FiledAt time.Time `json:"filed_at"`
	FiledBy string    `json:"filed_by"`
	Content string    `json:"content"`
	Hash    string    `json:"hash"`
}

func shapeReceipts(v receiptView) []ReceiptShape {
	shapes := make([]ReceiptShape, len(v.Receipts))
	for i, r := range v.Receipts {
		shapes[i] = ReceiptShape{r.Number, r.FiledAt.Time, r.FiledBy, r.Content, r.Hash}
	}
	return shapes
}
