package catalogue

import (
	"context"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

// State is where a resource stands.
type State string

// The states of a resource.
const (
	Draft     State = "draft"     // never shown to the public
	Published State = "published" // the public sees a version
	Withdrawn State = "withdrawn" // the public saw a version and no longer does
)

// Resource is something that a body offers, with the sheet being written.
//
// The public sees the version numbered Published, never Sheet.
type Resource struct {
	record.Row
	Code      string             `db:"code"`
	Edition   string             `db:"edition"`
	Kind      Kind               `db:"kind"`
	State     State              `db:"state"`
	Published int                `db:"published"` // the version that the public sees; 0 while it sees none
	Latest    int                `db:"latest"`    // the newest version; 0 while there is none
	Changed   bool               `db:"changed"`   // the sheet says what the newest version does not
	TitleFold string             `db:"title_fold"`
	Words     string             `db:"words"`
	Sheet     record.JSON[Sheet] `db:"sheet"`
	EditedBy  string             `db:"edited_by"`
}

// Version is the sheet of a resource as it was published once. It never
// changes. The columns after the first ones repeat parts of the sheet, for
// lists to choose and sort by.
type Version struct {
	record.Row
	ResourceID  record.ID          `db:"resource_id"`
	Number      int                `db:"number"`
	Sheet       record.JSON[Sheet] `db:"sheet"`
	PublishedAt record.Time        `db:"published_at"`
	PublishedBy string             `db:"published_by"`
	Kind        Kind               `db:"kind"`
	Subject     string             `db:"subject"`
	Recipients  string             `db:"recipients"`
	Modalities  string             `db:"modalities"`
	ValidFrom   civil.Date         `db:"valid_from"`
	ValidTo     civil.Date         `db:"valid_to"`
	Words       string             `db:"words"`
	TitleCA     string             `db:"title_ca"`
	TitleES     string             `db:"title_es"`
	TitleIT     string             `db:"title_it"`
	TitleEN     string             `db:"title_en"`
}

// Publication is a resource as the public sees it.
type Publication struct {
	ResourceID  record.ID
	TenantID    record.ID // the body that publishes it
	BodyName    string
	BodyCode    string
	Number      int // of the version
	PublishedAt record.Time
	Sheet       Sheet
}

// write puts a sheet in the hands of whoever edits it next.
func (r *Resource) write(s Sheet, editor string) {
	r.Code, r.Edition, r.Kind = s.Code, s.Edition, s.Kind
	r.TitleFold, r.Words = titleFold(s.Title, languages[0]), s.words()
	r.Sheet.V, r.EditedBy = s, editor
}

// release makes the version that the public sees from now on.
func (r *Resource) release(at record.Time, by string) Version {
	if r.Changed || r.Latest == 0 {
		r.Latest++
	}
	r.Published, r.Changed = r.Latest, false
	s := r.Sheet.V
	return Version{
		ResourceID: r.ID, Number: r.Latest, Sheet: r.Sheet, PublishedAt: at, PublishedBy: by, Kind: s.Kind,
		Subject: s.subjectKey(), Recipients: s.recipientCodes(), Modalities: s.modalityCodes(),
		ValidFrom: s.ValidFrom, ValidTo: s.ValidTo, Words: s.words(),
		TitleCA: titleFold(s.Title, "ca"), TitleES: titleFold(s.Title, "es"),
		TitleIT: titleFold(s.Title, "it"), TitleEN: titleFold(s.Title, "en"),
	}
}

// titleFold is what a title is sorted by in a language.
func titleFold(t text.Localized, lang string) string { return text.Fold(t.In(lang, languages...)) }

var life = flow.Machine[Resource, State]{
	Subject: "catalogue.resource",
	State:   func(r *Resource) *State { return &r.State },
	Place:   func(r *Resource) access.Place { return access.Place{Body: r.TenantID} },
	Steps: []flow.Step[Resource, State]{
		{Name: "publish", From: []State{Draft}, To: Published, Perm: Manage, When: (*Resource).complete, Primary: true},
		{Name: "renew", From: []State{Published}, To: Published, Perm: Manage, When: (*Resource).news, Primary: true},
		{Name: "withdraw", From: []State{Published}, To: Withdrawn, Perm: Manage, Danger: true},
		{Name: "republish", From: []State{Withdrawn}, To: Published, Perm: Manage, When: (*Resource).complete, Primary: true},
	},
}

// publishing names the step that publishes a resource from each state.
var publishing = map[State]string{Draft: "publish", Published: "renew", Withdrawn: "republish"}

// complete refuses a sheet with which no reader could do anything.
func (r *Resource) complete() error {
	s := r.Sheet.V
	switch {
	case len(s.Summary) == 0:
		return fault.New(fault.Conflict, "catalogue.needs_summary")
	case len(s.Description) == 0:
		return fault.New(fault.Conflict, "catalogue.needs_description")
	case len(s.Unit) == 0:
		return fault.New(fault.Conflict, "catalogue.needs_unit")
	case len(s.Recipients) == 0 && len(s.RecipientsText) == 0:
		return fault.New(fault.Conflict, "catalogue.needs_recipients")
	}
	return nil
}

// news refuses to publish what the public already sees.
func (r *Resource) news() error {
	if !r.Changed {
		return fault.New(fault.Conflict, "catalogue.nothing_new")
	}
	return r.complete()
}

// Steps returns what the actor of ctx may do with the resource.
func (r *Resource) Steps(ctx context.Context) []flow.Choice { return life.Choices(ctx, r) }
