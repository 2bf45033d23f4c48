package resolution

import "bastida/internal/modules/calls"

// ReviewShape is the JSON of an application in the list of a call.
type ReviewShape struct {
	ID            string `json:"id"`
	Number        string `json:"number"`
	Body          string `json:"body" doc:"Code of the body that applies"`
	BodyName      string `json:"body_name"`
	Area          string `json:"area"`
	Modality      string `json:"modality"`
	Professionals int    `json:"professionals"`
	Consent       bool   `json:"consent_to_group"`
	State         string `json:"state"`
	Incomplete    bool   `json:"incomplete"`
	FiledOn       string `json:"filed_on"`
	ResolveOn     string `json:"resolve_by"`
}

func shapeReview(a calls.Application) ReviewShape {
	return ReviewShape{
		ID: a.ID.String(), Number: a.Number, Body: a.BodyCode, BodyName: a.BodyName, Area: a.Area, Modality: a.Modality,
		Professionals: a.Professionals, Consent: a.Consent, State: string(a.State), Incomplete: a.Incomplete,
		FiledOn: a.FiledOn.String(), ResolveOn: a.ResolveOn.String(),
	}
}

// OutcomeShape is the JSON of what a resolution says of a body.
type OutcomeShape struct {
	Body     string            `json:"body" doc:"Code of the body"`
	BodyName string            `json:"body_name"`
	Outcome  string            `json:"outcome"`
	Reasons  map[string]string `json:"reasons"`
	Hours    int               `json:"hours"`
	Group    string            `json:"group"`
}

func shapeOutcome(a calls.Application) OutcomeShape {
	return OutcomeShape{a.BodyCode, a.BodyName, string(a.Outcome), a.Reasons, a.Hours, a.GroupLabel}
}

// AreaShape is the JSON of one area of a report.
type AreaShape struct {
	Area          string `json:"area"`
	Applications  int    `json:"applications"`
	Professionals int    `json:"professionals"`
	Granted       int    `json:"granted"`
	Denied        int    `json:"denied"`
	Waiting       int    `json:"waiting"`
}

func shapeArea(a Area) AreaShape {
	return AreaShape{a.Name, a.Applications, a.Professionals, a.Granted, a.Denied, a.Waiting}
}

// AnswerShape is the JSON of what a body answered to its outcome.
type AnswerShape struct {
	ID       string `json:"id"`
	State    string `json:"state"`
	Accepted string `json:"accepted" doc:"express or tacit"`
	Reason   string `json:"reason" doc:"Why the body renounced"`
}

func shapeAnswer(a calls.Application) AnswerShape {
	return AnswerShape{a.ID.String(), string(a.State), a.AcceptedHow, a.RenounceCause}
}
