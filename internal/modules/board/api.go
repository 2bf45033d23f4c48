package board

import (
	"encoding/csv"
	"net/http"
	"time"

	"bastida/engine/formation"
	"bastida/internal/modules/grouping"
)

// RunShape is the JSON of a run.
type RunShape struct {
	ID            string          `json:"id"`
	Call          string          `json:"call"`
	Number        int             `json:"number"`
	Version       int             `json:"version" doc:"To send back with a change, as If-Match"`
	State         string          `json:"state"`
	Origin        string          `json:"origin"`
	Base          string          `json:"base,omitempty"`
	Parameters    grouping.Params `json:"parameters"`
	Bodies        int             `json:"bodies"`
	BodiesServed  int             `json:"bodies_served"`
	Professionals int             `json:"professionals"`
	Served        int             `json:"served_professionals"`
	Groups        int             `json:"groups"`
	BrokenLimits  int             `json:"broken_limits"`
	Cost          float64         `json:"cost_professional_km"`
	LowerBound    float64         `json:"lower_bound" doc:"Zero when nothing is proved about these groups"`
	Rounds        int             `json:"rounds"`
	Seconds       float64         `json:"seconds"`
	StartedBy     string          `json:"started_by"`
	StartedAt     string          `json:"started_at"`
	AcceptedBy    string          `json:"accepted_by,omitempty"`
}

func shapeRun(r grouping.Run) RunShape {
	return RunShape{
		ID: r.ID.String(), Call: r.CallID.String(), Number: r.Number, Version: r.Version, State: string(r.State),
		Origin: string(r.Origin), Base: r.BaseID.String(), Parameters: r.Params.V,
		Bodies: r.Bodies, BodiesServed: r.BodiesServed, Professionals: r.Professionals, Served: r.Served, Groups: r.Groups,
		BrokenLimits: r.Broken, Cost: r.Cost, LowerBound: r.Bound, Rounds: r.Rounds, Seconds: float64(r.ElapsedMS) / 1000,
		StartedBy: r.StartedBy, StartedAt: r.CreatedAt.Format(time.RFC3339), AcceptedBy: r.AcceptedBy,
	}
}

// BoardShape is the JSON of a run with its groups.
type BoardShape struct {
	Run      RunShape        `json:"run"`
	Groups   []GroupShape    `json:"groups"`
	Unserved []UnservedShape `json:"unserved"`
}

// GroupShape is the JSON of a group.
type GroupShape struct {
	Number        int           `json:"number"`
	Name          string        `json:"name,omitempty" doc:"Given by hand"`
	Modality      string        `json:"modality"`
	MeetingCode   string        `json:"meeting_code"`
	MeetingName   string        `json:"meeting_name"`
	Professionals int           `json:"professionals"`
	Shares        int           `json:"shares" doc:"How many groups it stands for: a body too large for one is split"`
	KM            float64       `json:"km" doc:"Of all professionals together, one way"`
	Locked        bool          `json:"locked"`
	Members       []MemberShape `json:"members"`
	Broken        []BreachShape `json:"broken"`
}

// MemberShape is the JSON of a body in a group.
type MemberShape struct {
	Application   string  `json:"application"`
	Code          string  `json:"code"`
	Name          string  `json:"name"`
	Professionals int     `json:"professionals"`
	KM            float64 `json:"km"`
}

// BreachShape is the JSON of a broken limit.
type BreachShape struct {
	Rule formation.Rule `json:"rule"`
	Body string         `json:"body,omitempty"`
}

// UnservedShape is the JSON of a body without a place.
type UnservedShape struct {
	Application string           `json:"application"`
	Code        string           `json:"code"`
	Name        string           `json:"name"`
	Reason      formation.Reason `json:"reason"`
}

func shapeBoard(b *grouping.Board) BoardShape {
	shape := BoardShape{Run: shapeRun(b.Run), Groups: []GroupShape{}, Unserved: []UnservedShape{}}
	for _, t := range b.Teams {
		shape.Groups = append(shape.Groups, shapeTeam(b, t))
	}
	for _, l := range b.Left {
		shape.Unserved = append(shape.Unserved, UnservedShape{l.Application.String(), l.Code, l.Name, l.Reason})
	}
	return shape
}

func shapeTeam(b *grouping.Board, t grouping.Team) GroupShape {
	shape := GroupShape{
		Number: t.Number, Name: t.Name, Modality: t.Modality, MeetingCode: t.Host.Code, MeetingName: t.Host.Name,
		Professionals: t.Size, Shares: t.Shares, KM: t.KM, Locked: t.Locked, Members: []MemberShape{}, Broken: []BreachShape{},
	}
	for _, p := range t.Places {
		shape.Members = append(shape.Members, MemberShape{p.Application.String(), p.Code, p.Name, p.Professionals, p.KM})
	}
	for _, x := range t.Broken {
		shape.Broken = append(shape.Broken, BreachShape{x.Rule, whom(b, x)})
	}
	return shape
}

// GroupNameShape is the JSON of what a group is called and whether it is locked.
type GroupNameShape struct {
	Number int    `json:"number"`
	Name   string `json:"name"`
	Locked bool   `json:"locked"`
}

func shapeGroupName(g grouping.Group) GroupNameShape {
	return GroupNameShape{g.Number, g.Name, g.Locked}
}

// ComparisonShape is the JSON of two runs side by side.
type ComparisonShape struct {
	A       RunShape             `json:"a"`
	B       RunShape             `json:"b"`
	Changed []CompanyChangeShape `json:"changed"`
}

// CompanyChangeShape is the JSON of a body that is in another group in the
// second run. Zero is no group.
type CompanyChangeShape struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	FromA int    `json:"group_a"`
	ToB   int    `json:"group_b"`
}

func shapeComparison(c Comparison) ComparisonShape {
	shape := ComparisonShape{A: shapeRun(c.A.Run), B: shapeRun(c.B.Run), Changed: []CompanyChangeShape{}}
	for _, change := range c.Changed {
		shape.Changed = append(shape.Changed, CompanyChangeShape{change.Code, change.Name, change.A, change.B})
	}
	return shape
}

// whom a broken limit is about; empty when it is the whole group.
func whom(b *grouping.Board, x formation.Breach) string {
	if x.Body < 0 {
		return ""
	}
	return b.Bodies[x.Body].Name
}

// sendLines sends the groups as the command line writes them.
func sendLines(w http.ResponseWriter, b *grouping.Board) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="groups.csv"`)
	return csv.NewWriter(w).WriteAll(Lines(b))
}
