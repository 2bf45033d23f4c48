package instruments

import "time"

// RowShape is the JSON of an instrument in a list. The instrument itself is
// given in the published format, so what one installation gives another loads.
type RowShape struct {
	Code      string            `json:"code"`
	Version   int               `json:"version"`
	Title     map[string]string `json:"title"`
	Published time.Time         `json:"published"`
}

func shapeRow(e edition) RowShape {
	return RowShape{e.Code, e.Number, e.Definition.V.Title, e.CreatedAt.Time}
}

func shapeInstrument(p instrumentPage) Instrument { return p.Instrument }
