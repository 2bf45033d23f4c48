package programmes

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/form"
)

var filterForm = form.New("programmes.filter",
	form.Text("words", func(in *supervision.ProgrammeFilter) *string { return &in.Words }).Limit(100),
	form.Choice("state", func(in *supervision.ProgrammeFilter) *supervision.State { return &in.State },
		supervision.Draft, supervision.Open, supervision.Closed, supervision.Cancelled),
)

var programmeForm = form.New("programmes.programme",
	form.Text("title", func(in *supervision.ProgrammeInput) *string { return &in.Title }).Required(),
	form.Text("season", func(in *supervision.ProgrammeInput) *string { return &in.Season }).Required().Limit(20).Narrow(),
	form.Text("territory", func(in *supervision.ProgrammeInput) *string { return &in.Territory }),
	form.Pick("profile", func(in *supervision.ProgrammeInput) *string { return &in.ProfileCode }).Required(),
	form.Choice("origin", func(in *supervision.ProgrammeInput) *supervision.Origin { return &in.Origin },
		supervision.FromResolution, supervision.FromContract, supervision.FromDecision).Required().Radio(),
	form.Pick("call", func(in *supervision.ProgrammeInput) *record.ID { return &in.CallID }),
	form.Text("origin_note", func(in *supervision.ProgrammeInput) *string { return &in.OriginNote }),
	form.Date("starts", func(in *supervision.ProgrammeInput) *civil.Date { return &in.Starts }).Required(),
	form.Date("ends", func(in *supervision.ProgrammeInput) *civil.Date { return &in.Ends }).Required(),
)

var figureForm = form.New("programmes.figure",
	form.Decimal("value", 0, 100_000, func(in *profiles.FigureInput) *float64 { return &in.Value }),
	form.Area("source", func(in *profiles.FigureInput) *string { return &in.Source }).Required().Limit(1000),
)

var contractForm = form.New("programmes.contract",
	form.Text("provider", func(in *supervision.ContractInput) *string { return &in.Provider }).Required(),
	form.Text("scheme", func(in *supervision.ContractInput) *string { return &in.Scheme }).Limit(40).Narrow(),
	form.Text("reference", func(in *supervision.ContractInput) *string { return &in.Reference }).Required().Limit(80),
	form.Text("document", func(in *supervision.ContractInput) *string { return &in.Document }),
	form.Date("signed_on", func(in *supervision.ContractInput) *civil.Date { return &in.SignedOn }).Required(),
	form.Decimal("hours", 0.25, 100_000, func(in *supervision.ContractInput) *float64 { return &in.Hours }).Unit("programmes.hours_unit"),
	form.Decimal("price", 0, 100_000, func(in *supervision.ContractInput) *float64 { return &in.Price }).Unit("programmes.price_unit"),
)

// groupInput is a group as its form has it.
type groupInput struct {
	Name     string        `json:"name"`
	Kind     profiles.Kind `json:"kind"`
	Place    string        `json:"place" doc:"Code of the place where it meets; empty for online"`
	Language string        `json:"language"`
	Hours    float64       `json:"hours" doc:"Granted"`
	Contract record.ID     `json:"contract"`
	Goals    []goalLine    `json:"goals"`
	Bodies   []bodyLine    `json:"bodies"`
}

// bodyLine is a body of a group, by its name or its code.
type bodyLine struct {
	Body          string `json:"body" doc:"Name or code"`
	Professionals int    `json:"professionals" doc:"That it announced"`
}

type goalLine struct {
	Text string `json:"text"`
}

func (in groupInput) said(bodies []supervision.GroupBody) supervision.GroupInput {
	out := supervision.GroupInput{
		Name: in.Name, Kind: in.Kind, PlaceCode: in.Place, Language: in.Language, Hours: in.Hours, Contract: in.Contract, Bodies: bodies,
	}
	for _, g := range in.Goals {
		out.Goals = append(out.Goals, g.Text)
	}
	return out
}

func inputOf(g supervision.Group) groupInput {
	in := groupInput{
		Name: g.Name, Kind: g.Kind, Place: g.PlaceCode, Language: g.Language, Hours: float64(g.Minutes) / 60, Contract: g.ContractID,
	}
	for _, b := range g.Bodies.V {
		in.Bodies = append(in.Bodies, bodyLine{b.Name, b.Professionals})
	}
	for _, goal := range g.Goals.V {
		in.Goals = append(in.Goals, goalLine{goal})
	}
	return in
}

var groupForm = form.New("programmes.group",
	form.Text("name", func(in *groupInput) *string { return &in.Name }).Required(),
	form.Pick("kind", func(in *groupInput) *profiles.Kind { return &in.Kind }).Required(),
	form.Pick("place", func(in *groupInput) *string { return &in.Place }),
	form.Choice("language", func(in *groupInput) *string { return &in.Language }, supervisors.Languages...),
	form.Decimal("hours", 0, 10_000, func(in *groupInput) *float64 { return &in.Hours }).Unit("programmes.hours_unit"),
	form.Pick("contract", func(in *groupInput) *record.ID { return &in.Contract }),
	form.Rows("bodies", func(in *groupInput) *[]bodyLine { return &in.Bodies },
		form.Text("body", func(in *bodyLine) *string { return &in.Body }).Required(),
		form.Int("professionals", 0, 1000, func(in *bodyLine) *int { return &in.Professionals }).Optional(),
	),
	form.Rows("goals", func(in *groupInput) *[]goalLine { return &in.Goals },
		form.Text("text", func(in *goalLine) *string { return &in.Text }).Required(),
	),
)

// allocation is who supervises a group.
type allocation struct {
	Supervisor record.ID `json:"supervisor"`
}

var allocationForm = form.New("programmes.allocation",
	form.Pick("supervisor", func(in *allocation) *record.ID { return &in.Supervisor }).Required().Radio(),
)

var participantForm = form.New("programmes.participant",
	form.Text("name", func(in *supervision.ParticipantInput) *string { return &in.Name }).Required(),
	form.Email("email", func(in *supervision.ParticipantInput) *string { return &in.Email }).Required(),
	form.Pick("body", func(in *supervision.ParticipantInput) *record.ID { return &in.BodyID }).Required(),
	form.Pick("profession", func(in *supervision.ParticipantInput) *profession.Profession { return &in.Profession }).Required(),
	form.Text("employer", func(in *supervision.ParticipantInput) *string { return &in.Employer }),
	form.Date("joined", func(in *supervision.ParticipantInput) *civil.Date { return &in.Joined }),
)
