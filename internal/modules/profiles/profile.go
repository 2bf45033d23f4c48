package profiles

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
)

// Kind is what a group meets for.
type Kind string

// The kinds of supervision. The Italian plan calls three of them actions A1, A2
// and A3: a profile says which (Profile.Actions).
const (
	Cases             Kind = "cases"
	Teams             Kind = "teams"
	Managers          Kind = "managers"
	MonoProfessional  Kind = "mono_professional"
	Individual        Kind = "individual"
	MultiProfessional Kind = "multi_professional"
	PeerReflection    Kind = "peer_reflection"
	CaseReview        Kind = "case_review"
)

// Kinds lists them in the order of every list on screen.
var Kinds = []Kind{Cases, Teams, Managers, MonoProfessional, Individual, MultiProfessional, PeerReflection, CaseReview}

// Label is the message key of the kind's name.
func (k Kind) Label() string { return "profiles.kind." + string(k) }

// FigureKey names a rule that is a number.
type FigureKey string

// The figures that a profile may have. Hours are of 60 minutes; a kind narrows
// a figure to the groups of that kind.
const (
	MaxHoursGroup       FigureKey = "max_hours_group"
	MinHoursPerson      FigureKey = "min_hours_person"
	MinGroup            FigureKey = "min_group" // people
	MaxGroup            FigureKey = "max_group"
	SessionMinutes      FigureKey = "session_minutes"
	SpacingMinDays      FigureKey = "spacing_min_days"
	SpacingMaxDays      FigureKey = "spacing_max_days"
	RebookDays          FigureKey = "rebook_days"         // within which a cancelled session finds another day
	CancelNoticeHours   FigureKey = "cancel_notice_hours" // before which cancelling costs nothing
	CommitmentThreshold FigureKey = "commitment_threshold"
	CommitmentScale     FigureKey = "commitment_scale" // the best rating
	CommitmentShare     FigureKey = "commitment_share" // of the ratings, in per cent
	AnalysisDays        FigureKey = "analysis_days"    // to analyse the causes of a broken commitment
	AttendanceThreshold FigureKey = "attendance_threshold"
	AttendanceStrict    FigureKey = "attendance_strict" // 1: more than the threshold; 0: at least
	CreditPerHour       FigureKey = "credit_per_hour"   // by kind of credit
	RetentionMonths     FigureKey = "retention_months"  // of the reflective record, after the programme ends
)

// FigureKeys lists them in the order of the pages.
var FigureKeys = []FigureKey{
	MaxHoursGroup, MinHoursPerson, MinGroup, MaxGroup, SessionMinutes, SpacingMinDays, SpacingMaxDays, RebookDays, CancelNoticeHours,
	CommitmentThreshold, CommitmentScale, CommitmentShare, AnalysisDays, AttendanceThreshold, AttendanceStrict, CreditPerHour, RetentionMonths,
}

// Label is the message key of the figure's name.
func (k FigureKey) Label() string { return "profiles.figure." + string(k) }

// Figure is one rule that is a number.
type Figure struct {
	Key      FigureKey `json:"key"`
	Kind     Kind      `json:"kind,omitempty"` // empty for every kind
	Unit     string    `json:"unit"`
	Value    *float64  `json:"value"` // nil while nobody has stated it
	Source   string    `json:"source"`
	Status   string    `json:"status"` // official, assumed, stated; empty without a value
	Required bool      `json:"required"`

	StatedBy string     `json:"stated_by,omitempty"`
	StatedOn civil.Date `json:"stated_on,omitzero"`
}

// Stated is the status of a figure that somebody of the body entered.
const Stated = "stated"

// Name tells the figure from the others of its profile.
func (f Figure) Name() string { return strings.TrimSuffix(string(f.Key)+"."+string(f.Kind), ".") }

// External says whether supervisors must come from outside line management.
type External string

// What a profile says of supervisors.
const (
	ExternalRequired External = "required"
	ExternalAllowed  External = "allowed"
	NoSupervisor     External = "none" // peers lead themselves
)

// Profile is the rules of a funder.
type Profile struct {
	Code           string                           `json:"code"`
	Name           text.Localized                   `json:"name"`
	Funder         string                           `json:"funder"`
	Basis          string                           `json:"basis"` // the norm or document that it comes from
	Kinds          []Kind                           `json:"kinds"`
	Actions        map[Kind]string                  `json:"actions"`
	Professions    []profession.Profession          `json:"professions"`     // who may be supervised; empty is everybody
	KindOnly       map[Kind][]profession.Profession `json:"kind_only"`       // narrower for a kind
	SameProfession []Kind                           `json:"same_profession"` // the supervisor has the profession of the group
	Supervisor     External                         `json:"supervisor"`
	Goals          []text.Localized                 `json:"goals"` // to choose from
	Figures        []Figure                         `json:"figures"`
}

// read reads a profile of a pack strictly.
func read(raw []byte) (p Profile, err error) {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return p, err
	}
	return p, p.check()
}

func (p Profile) check() error {
	if p.Code == "" || len(p.Kinds) == 0 || p.Name.In("") == "" {
		return fault.New(fault.Invalid, "profiles.incomplete", "profile", p.Code)
	}
	for _, f := range p.Figures {
		if !slices.Contains(FigureKeys, f.Key) || f.Value != nil && f.Source == "" {
			return fault.New(fault.Invalid, "profiles.unsourced", "profile", p.Code, "figure", f.Name())
		}
	}
	return nil
}

// Figure returns the figure for a kind of supervision: the kind's own, or the
// one for every kind. stated is false when the profile has no such rule, or
// nobody has said its value.
func (p Profile) Figure(key FigureKey, kind Kind) (value float64, stated bool) {
	f, known := p.figure(key, kind)
	if !known || f.Value == nil {
		return 0, false
	}
	return *f.Value, true
}

// Rule returns the figure itself, with its source; the zero Figure when there is
// none.
func (p Profile) Rule(key FigureKey, kind Kind) Figure {
	f, _ := p.figure(key, kind)
	return f
}

func (p Profile) figure(key FigureKey, kind Kind) (Figure, bool) {
	for _, wanted := range []Kind{kind, ""} {
		i := slices.IndexFunc(p.Figures, func(f Figure) bool { return f.Key == key && f.Kind == wanted })
		if i >= 0 {
			return p.Figures[i], true
		}
	}
	return Figure{}, false
}

// Missing lists the required figures that nobody has stated.
func (p Profile) Missing() (missing []Figure) {
	for _, f := range p.Figures {
		if f.Required && f.Value == nil {
			missing = append(missing, f)
		}
	}
	return missing
}

// Admits reports whether somebody of a profession may be in a group of a kind.
func (p Profile) Admits(who profession.Profession, kind Kind) bool {
	for _, only := range [][]profession.Profession{p.Professions, p.KindOnly[kind]} {
		if len(only) > 0 && !slices.Contains(only, who) {
			return false
		}
	}
	return true
}

// Action is what the funder calls a kind of supervision; empty where it has no
// name of its own.
func (p Profile) Action(kind Kind) string { return p.Actions[kind] }

// State gives a figure the value that somebody stated, and its source.
func (p *Profile) State(in FigureInput, by string, on civil.Date) error {
	i := slices.IndexFunc(p.Figures, func(f Figure) bool { return f.Name() == in.Name })
	if i < 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	p.Figures = slices.Clone(p.Figures) // other copies of the profile stay as they are
	f := &p.Figures[i]
	f.Value, f.Source, f.Status, f.StatedBy, f.StatedOn = &in.Value, in.Source, Stated, by, on
	return nil
}

// FigureInput states a figure.
type FigureInput struct {
	Name   string  `json:"name"` // Figure.Name
	Value  float64 `json:"value"`
	Source string  `json:"source"`
}

// Edition is a profile as the tenant has it.
type Edition struct {
	record.Row
	Code    string               `db:"code"`
	Profile record.JSON[Profile] `db:"profile"`
}

// Sorted are the figures in the order of the pages.
func (p Profile) Sorted() []Figure {
	sorted := slices.Clone(p.Figures)
	slices.SortStableFunc(sorted, func(a, b Figure) int {
		return cmp.Or(cmp.Compare(slices.Index(FigureKeys, a.Key), slices.Index(FigureKeys, b.Key)), cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind)))
	})
	return sorted
}
