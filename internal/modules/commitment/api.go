package commitment

// StandingShape is the JSON of how a commitment stands.
type StandingShape struct {
	Programme   string               `json:"programme"`
	State       string               `json:"state" doc:"unstated, open, kept or broken"`
	Threshold   float64              `json:"threshold"`
	Scale       float64              `json:"scale"`
	Share       float64              `json:"share" doc:"Per cent of the expected ratings that must reach the threshold"`
	Expected    int                  `json:"expected"`
	Given       int                  `json:"given"`
	Missing     int                  `json:"missing"`
	NotAnswered int                  `json:"not_answered"`
	Below       int                  `json:"below"`
	Groups      []GroupStandingShape `json:"groups"`
	Analysed    bool                 `json:"analysed"`
	AnalysisDue string               `json:"analysis_due"`
	Actions     int                  `json:"actions"`
}

// GroupStandingShape is the JSON of how it stands in a group.
type GroupStandingShape struct {
	Group       string   `json:"group"`
	Name        string   `json:"name"`
	State       string   `json:"state"`
	Expected    int      `json:"expected"`
	Given       int      `json:"given"`
	Missing     int      `json:"missing"`
	NotAnswered int      `json:"not_answered"`
	Below       int      `json:"below"`
	Mean        *float64 `json:"mean" doc:"Cut after the first decimal, never rounded"`
	Lowest      *float64 `json:"lowest"`
}

func shapeStanding(s Standing) StandingShape {
	shape := StandingShape{
		Programme: s.ProgrammeID.String(), State: string(s.State), Threshold: value(s.Threshold.Value), Scale: value(s.Scale.Value),
		Share: value(s.Share.Value), Expected: s.Expected, Given: s.Given, Missing: s.Missing, NotAnswered: s.NotAnswered, Below: s.Below,
		Analysed: s.Analysed, AnalysisDue: s.AnalysisDue.String(), Actions: s.Actions,
	}
	for _, g := range s.Groups {
		one := GroupStandingShape{
			Group: g.GroupID.String(), Name: g.Name, State: string(g.State), Expected: g.Expected, Given: g.Given, Missing: g.Missing,
			NotAnswered: g.NotAnswered, Below: g.Below,
		}
		if mean := g.Mean(); g.Given > 0 {
			one.Mean, one.Lowest = &mean, &g.Lowest
		}
		shape.Groups = append(shape.Groups, one)
	}
	return shape
}

// CauseAnalysisShape is the JSON of why a commitment was broken.
type CauseAnalysisShape struct {
	Due       string            `json:"due"`
	Causes    []Cause           `json:"causes"`
	Summary   map[string]string `json:"summary"`
	WrittenBy string            `json:"written_by"`
}

func shapeAnalysis(a Analysis) CauseAnalysisShape {
	return CauseAnalysisShape{a.Due.String(), a.Causes.V, a.Summary, a.WrittenBy}
}

// ImprovementShape is the JSON of an improvement action.
type ImprovementShape struct {
	ID       string            `json:"id"`
	What     map[string]string `json:"what"`
	Owner    string            `json:"owner"`
	Due      string            `json:"due"`
	Progress string            `json:"progress"`
	Evidence string            `json:"evidence"`
	FollowUp string            `json:"follow_up"`
}

func shapeAction(a Action) ImprovementShape {
	return ImprovementShape{a.ID.String(), a.What, a.Owner, a.Due.String(), string(a.Progress), a.Evidence, a.FollowUp}
}

// CommitmentReportShape is the JSON of the report of a year.
type CommitmentReportShape struct {
	ID         string            `json:"id"`
	Year       int               `json:"year"`
	Body       string            `json:"body"`
	State      string            `json:"state"`
	Intro      map[string]string `json:"intro"`
	Programmes []ProgrammeReport `json:"programmes"`
}

func shapeReport(r Report) CommitmentReportShape {
	return CommitmentReportShape{r.ID.String(), r.Year, r.BodyName, string(r.State), r.Intro, r.Content.V.Programmes}
}

func shapeReports(all []Report) (shapes []CommitmentReportShape) {
	for _, r := range all {
		shapes = append(shapes, shapeReport(r))
	}
	return shapes
}
