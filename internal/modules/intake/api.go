package intake

// BatchShape is the JSON of a batch: what it would do or did, never its cells.
type BatchShape struct {
	ID        string           `json:"id"`
	Kind      string           `json:"kind"`
	FileName  string           `json:"file_name"`
	State     string           `json:"state"`
	New       int              `json:"new"`
	Changed   int              `json:"changed"`
	Unchanged int              `json:"unchanged"`
	Rejected  int              `json:"rejected"`
	Reasons   []RejectionShape `json:"reasons" doc:"Why each rejected row is"`
	Version   int              `json:"version"`
}

// RejectionShape is the JSON of one complaint about one cell.
type RejectionShape struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Code   string `json:"code" doc:"Key of the message, the same in every language"`
}

func shapeBatch(b Batch) BatchShape { return shapeLook(look{b, Report{Counts: b.Counts.V}}) }

func shapeLook(l look) BatchShape {
	s := BatchShape{
		ID: l.Batch.ID.String(), Kind: string(l.Batch.Kind), FileName: l.Batch.FileName, State: string(l.Batch.State),
		New: l.Report.Counts.New, Changed: l.Report.Counts.Changed, Unchanged: l.Report.Counts.Unchanged,
		Rejected: l.Report.Counts.Rejected, Reasons: []RejectionShape{}, Version: l.Batch.Version,
	}
	for _, r := range l.Report.Rejected {
		s.Reasons = append(s.Reasons, RejectionShape{r.Row, r.Column, r.Key})
	}
	return s
}
