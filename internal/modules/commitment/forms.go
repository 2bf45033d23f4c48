package commitment

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/form"
)

// none is for twins without a shape.
type none struct{}

var analysisForm = form.New("commitment.analysis",
	form.Rows("causes", func(in *AnalysisInput) *[]Cause { return &in.Causes },
		form.Choice("category", func(c *Cause) *Category { return &c.Category }, Categories...).Required(),
		form.Area("text", func(c *Cause) *string { return &c.Text }).Required().Limit(2000),
	),
	form.Prose("summary", func(in *AnalysisInput) *text.Localized { return &in.Summary }),
)

var actionForm = form.New("commitment.action",
	form.Line("what", func(in *ActionInput) *text.Localized { return &in.What }).Required(),
	form.Text("owner", func(in *ActionInput) *string { return &in.Owner }).Required(),
	form.Date("due", func(in *ActionInput) *civil.Date { return &in.Due }).Required(),
	form.Choice("progress", func(in *ActionInput) *Progress { return &in.Progress }, Progresses...).Required(),
	form.Area("evidence", func(in *ActionInput) *string { return &in.Evidence }).Limit(2000),
	form.Area("follow_up", func(in *ActionInput) *string { return &in.FollowUp }).Limit(2000),
)

// The years that a report may be of.
const (
	firstYear = 2000
	lastYear  = 2100
)

var reportForm = form.New("commitment.report",
	form.Int("year", firstYear, lastYear, func(in *ReportInput) *int { return &in.Year }),
	form.Prose("intro", func(in *ReportInput) *text.Localized { return &in.Intro }),
)
