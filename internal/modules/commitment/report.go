package commitment

import (
	"context"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// ReportState says whether the public reads a report.
type ReportState string

// The states of a report.
const (
	ReportDraft     ReportState = "draft"
	ReportPublished ReportState = "published"
	ReportWithdrawn ReportState = "withdrawn"
)

// Report is the report of a year.
type Report struct {
	record.Row
	Year        int                  `db:"year"`
	BodyName    string               `db:"body_name"`
	Intro       text.Localized       `db:"intro"`
	Content     record.JSON[Content] `db:"content"`
	State       ReportState          `db:"state"`
	PublishedAt record.Time          `db:"published_at"`
	PublishedBy string               `db:"published_by"`
}

// Content is what a report says. It holds no name of a person.
type Content struct {
	Programmes []ProgrammeReport `json:"programmes"`
}

// ProgrammeReport is how the commitment stood in a programme.
type ProgrammeReport struct {
	Title       string         `json:"title"`
	Season      string         `json:"season"`
	Threshold   float64        `json:"threshold"`
	Scale       float64        `json:"scale"`
	Share       float64        `json:"share"`
	Source      string         `json:"source"` // of the threshold
	State       State          `json:"state"`
	Groups      int            `json:"groups"`
	Expected    int            `json:"expected"`
	Given       int            `json:"given"`
	NotAnswered int            `json:"not_answered"`
	Below       int            `json:"below"`
	Lowest      float64        `json:"lowest"`
	Causes      []CauseCount   `json:"causes"`
	Summary     text.Localized `json:"summary"`
	Actions     []ActionReport `json:"actions"`
}

// CauseCount is how many causes were of a kind.
type CauseCount struct {
	Category Category `json:"category"`
	Count    int      `json:"count"`
}

// ActionReport is an improvement action without its owner.
type ActionReport struct {
	What     text.Localized `json:"what"`
	Due      civil.Date     `json:"due"`
	Progress Progress       `json:"progress"`
}

var life = flow.Machine[Report, ReportState]{
	Subject: "commitment.report",
	State:   func(r *Report) *ReportState { return &r.State },
	Place:   func(*Report) access.Place { return access.Place{} },
	Steps: []flow.Step[Report, ReportState]{
		{Name: "publish", From: []ReportState{ReportDraft, ReportWithdrawn}, To: ReportPublished, Perm: Publish, When: (*Report).complete, Primary: true},
		{Name: "withdraw", From: []ReportState{ReportPublished}, To: ReportWithdrawn, Perm: Publish, Danger: true},
	},
}

func (r *Report) complete() error {
	if len(r.Content.V.Programmes) == 0 {
		return fault.New(fault.Conflict, "commitment.nothing_closed", "year", r.YearText())
	}
	return nil
}

// YearText is the year as a word: years have no thousands.
func (r Report) YearText() string { return civil.Date{Year: r.Year, Month: 1, Day: 1}.String()[:4] }

// Href is the page of the report.
func (r Report) Href() string { return "/commitments/" + r.ID.String() }

// Choices are the steps that the actor may be offered.
func (r Report) Choices(ctx context.Context) []flow.Choice { return life.Choices(ctx, &r) }

// summarise is what a report says of a programme.
func summarise(p supervision.Programme, s Standing, why Analysis, actions []Action) ProgrammeReport {
	r := ProgrammeReport{
		Title: p.Title, Season: p.Season, Source: s.Threshold.Source, State: s.State, Groups: len(s.Groups), Expected: s.Expected,
		Given: s.Given, NotAnswered: s.NotAnswered + s.Missing, Below: s.Below, Lowest: s.Lowest, Summary: why.Summary,
		Threshold: value(s.Threshold.Value), Scale: value(s.Scale.Value), Share: value(s.Share.Value),
	}
	for _, category := range Categories {
		count := 0
		for _, c := range why.Causes.V {
			if c.Category == category {
				count++
			}
		}
		if count > 0 {
			r.Causes = append(r.Causes, CauseCount{category, count})
		}
	}
	for _, a := range actions {
		r.Actions = append(r.Actions, ActionReport{a.What, a.Due, a.Progress})
	}
	return r
}

func value(v *float64) float64 {
	if v == nil {
		return 0
	}
	return *v
}

// mine reports whether a report is of the body in whose data the actor works.
func mine(ctx context.Context, r Report) bool { return r.TenantID == actor.From(ctx).Tenant }
