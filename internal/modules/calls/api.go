package calls

import "time"

// CallShape is the JSON of a call.
type CallShape struct {
	ID    string `json:"id"`
	Body  string `json:"body" doc:"Code of the body that convenes"`
	State string `json:"state"`
	CallInput
	Changes    []Change   `json:"changes" doc:"What the window was before"`
	ResolvedAt *time.Time `json:"resolved_at"`
	Version    int        `json:"version"`
}

func shapeCall(r callRow) CallShape {
	shape := CallShape{ID: r.ID.String(), Body: r.Body.Code, State: string(r.State), CallInput: r.Input(), Changes: r.Changes.V, Version: r.Version}
	if !r.ResolvedAt.IsZero() {
		shape.ResolvedAt = &r.ResolvedAt.Time
	}
	return shape
}
