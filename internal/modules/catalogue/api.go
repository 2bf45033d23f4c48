package catalogue

import "time"

// SheetShape is the JSON of a sheet: the format that packs are written in. A
// sheet is made to be published, so every field of it is promised.
type SheetShape Sheet

// OfferShape is the JSON of one line of the public catalogue.
type OfferShape struct {
	ID         string            `json:"id"`
	Code       string            `json:"code"`
	Edition    string            `json:"edition"`
	Body       string            `json:"body" doc:"Code of the body that offers it"`
	BodyName   string            `json:"body_name"`
	Kind       string            `json:"kind"`
	Title      map[string]string `json:"title"`
	Summary    map[string]string `json:"summary,omitempty"`
	Subject    map[string]string `json:"subject,omitempty"`
	Recipients []string          `json:"recipients"`
	Modalities []string          `json:"modalities"`
	ValidFrom  string            `json:"valid_from,omitempty"`
	ValidTo    string            `json:"valid_to,omitempty"`
	Number     int               `json:"number" doc:"Number of the published version"`
	Published  time.Time         `json:"published_at"`
}

func shapeOffer(o Offer) OfferShape {
	s := o.Sheet
	shape := OfferShape{
		ID: o.ResourceID.String(), Code: s.Code, Edition: s.Edition, Body: o.BodyCode, BodyName: o.BodyName, Kind: string(s.Kind),
		Title: s.Title, Summary: s.Summary, Subject: s.Subject, Recipients: append([]string{}, s.Recipients...), Modalities: []string{},
		ValidFrom: s.ValidFrom.String(), ValidTo: s.ValidTo.String(), Number: o.Number, Published: o.PublishedAt.Time,
	}
	for _, m := range s.Modalities {
		shape.Modalities = append(shape.Modalities, m.Code)
	}
	return shape
}

// PublicationShape is the JSON of a resource as everybody sees it.
type PublicationShape struct {
	ID        string     `json:"id"`
	Body      string     `json:"body" doc:"Code of the body that offers it"`
	BodyName  string     `json:"body_name"`
	Number    int        `json:"number" doc:"Number of the published version"`
	Published time.Time  `json:"published_at"`
	Sheet     SheetShape `json:"sheet"`
}

func shapePublication(p Publication) PublicationShape {
	return PublicationShape{p.ResourceID.String(), p.BodyCode, p.BodyName, p.Number, p.PublishedAt.Time, SheetShape(p.Sheet)}
}
