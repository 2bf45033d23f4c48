package findings

import (
	"strconv"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/wellbeing"
	"bastida/internal/platform/form"
)

type (
	roundInput   = wellbeing.RoundInput
	wordingInput = wellbeing.WordingInput
	leastInput   = wellbeing.LeastInput
)

var filterForm = form.New("findings.filter",
	form.Choice("state", func(f *wellbeing.RoundFilter) *wellbeing.State { return &f.State },
		wellbeing.Draft, wellbeing.Open, wellbeing.Closed, wellbeing.Published, wellbeing.Cancelled),
)

var roundForm = form.New("findings.round",
	form.Text("title", func(in *roundInput) *string { return &in.Title }).Required(),
	form.Pick("instrument", func(in *roundInput) *string { return &in.Instrument }).Required(),
	form.Date("opens", func(in *roundInput) *civil.Date { return &in.Opens }).Required(),
	form.Date("closes", func(in *roundInput) *civil.Date { return &in.Closes }).Required(),
	form.Checks("teams", func(in *roundInput) *[]string { return &in.Teams }).Required(),
	form.Bool("sensitive", func(in *roundInput) *bool { return &in.Sensitive }),
)

// mostOfItems is room for the wording of the longest instrument.
const mostOfItems = 20000

var wordingForm = form.New("findings.wording",
	form.Choice("language", func(in *wordingInput) *string { return &in.Language }, "ca", "es", "it", "en").Required(),
	form.Area("items", func(in *wordingInput) *string { return &in.Items }).Required().Limit(mostOfItems),
	form.Area("answers", func(in *wordingInput) *string { return &in.Answers }).Required(),
	form.Text("source", func(in *wordingInput) *string { return &in.Source }).Required().Limit(500),
	form.Bool("licence", func(in *wordingInput) *bool { return &in.Licence }),
	form.Bool("checked", func(in *wordingInput) *bool { return &in.Checked }),
)

// leastForm asks of an instrument how many items of each scale are to be
// answered. The page names the scales.
func leastForm(in wellbeing.Instrument) *form.Form[leastInput] {
	f := form.New[leastInput]("findings.least")
	for _, s := range in.Scales {
		f.Fields = append(f.Fields, &leastField{scale: s})
	}
	f.Fields = append(f.Fields, form.Text("source", func(in *leastInput) *string { return &in.Source }).Required().Limit(500))
	return f
}

// leastField is the number of one scale.
type leastField struct{ scale wellbeing.Scale }

// Spec implements form.Field.
func (f *leastField) Spec() form.Spec {
	return form.Spec{Name: "least_" + f.scale.Code, Kind: "number", Min: "1", Max: strconv.Itoa(len(f.scale.Items)), Narrow: true, Required: true}
}

// Show implements form.Field.
func (f *leastField) Show(in *leastInput) []string {
	if n := in.Least[f.scale.Code]; n > 0 {
		return []string{strconv.Itoa(n)}
	}
	return nil
}

// Parse implements form.Field.
func (f *leastField) Parse(raw []string, in *leastInput) error {
	if in.Least == nil {
		in.Least = map[string]int{}
	}
	if len(raw) > 0 {
		in.Least[f.scale.Code], _ = strconv.Atoi(strings.TrimSpace(raw[0])) // what is no number is out of range
	}
	return nil
}

// Check implements form.Field.
func (f *leastField) Check(in *leastInput) error {
	if n := in.Least[f.scale.Code]; n < 1 || n > len(f.scale.Items) {
		return fault.New(fault.Invalid, "form.out_of_range", "min", 1, "max", len(f.scale.Items))
	}
	return nil
}

type codeInput struct{ Code string }

var codeForm = form.New("findings.code",
	form.Text("code", func(in *codeInput) *string { return &in.Code }).Required().Narrow(),
)

type addressesInput struct{ Addresses string }

var addressesForm = form.New("findings.addresses",
	form.Area("addresses", func(in *addressesInput) *string { return &in.Addresses }).Limit(mostOfItems),
)
