package applications

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/instruments"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/table"
)

// Deps are what the service works with.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Territory   *territory.Service
	Instruments *instruments.Service
	Calls       *calls.Service
	Files       *files.Store
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service.
func New(d Deps) *Service { return &Service{d} }

// Input is what a body fills in.
type Input struct {
	Modality     string     `json:"modality"`
	Team         calls.Team `json:"team"`
	Consent      bool       `json:"consent_to_group"`
	Joint        []string   `json:"joint_bodies" doc:"Codes or names of the other bodies of a joint application"`
	ContactName  string     `json:"contact_name"`
	ContactEmail string     `json:"contact_email"`
	ContactPhone string     `json:"contact_phone"`
	Remarks      string     `json:"remarks"`
}

// inputOf is the content of an application as a form shows it.
func inputOf(a calls.Application) Input {
	in := Input{
		Modality: a.Modality, Team: a.Team.V, Consent: a.Consent, Remarks: a.Remarks,
		ContactName: a.ContactName, ContactEmail: a.ContactEmail, ContactPhone: a.ContactPhone,
	}
	for _, j := range a.Joint.V {
		in.Joint = append(in.Joint, j.Name)
	}
	return in
}

// Start makes the draft of the actor's body for a call, or returns the live
// application that takes its place.
func (s *Service) Start(ctx context.Context, callID record.ID) (a calls.Application, err error) {
	who := actor.From(ctx)
	body, err := s.Identity.Body(ctx, cmp.Or(who.Body, who.Tenant))
	if err != nil {
		return a, err
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		a, err = s.Calls.Add(tx, callID, calls.Application{
			BodyID: body.ID, BodyCode: body.Code, BodyName: body.Name, BodyFold: body.NameFold,
		})
		return err
	})
	return a, err
}

// own returns an application to the body that it belongs to.
func (s *Service) own(ctx context.Context, id record.ID) (calls.Application, error) {
	a, err := s.Calls.Application(ctx, id)
	if err == nil {
		err = calls.Apply.Check(ctx, a.Place())
	}
	return a, err
}

// editing is own for what the body may still change.
func (s *Service) editing(ctx context.Context, id record.ID) (calls.Application, error) {
	a, err := s.own(ctx, id)
	if err == nil && !a.Editable() {
		err = fault.New(fault.Conflict, "calls.not_editable")
	}
	return a, err
}

// SaveDraft keeps whatever was typed, right or wrong. What comes from a window
// that did not see the last save is Stale: it is kept aside as a Copy.
func (s *Service) SaveDraft(ctx context.Context, id record.ID, k drafts.Keystrokes) (calls.Application, error) {
	return s.keeping(ctx, id, ownSection, k, func(tx *db.Tx, a calls.Application) (calls.Application, error) {
		in := inputOf(a)
		_ = applicationForm.Read(k.Typed, &in) // what is wrong stays in the draft as it was typed
		content, err := s.content(tx.Context, in)
		if err != nil && !errors.Is(err, fault.Invalid) {
			return a, err
		}
		return s.Calls.Sketch(tx, a.ID, content)
	})
}

// Save changes what the body asks. For a program without a window the version
// is that of the application it saw, or zero for any.
func (s *Service) Save(ctx context.Context, id record.ID, k drafts.Keystrokes, in Input) (calls.Application, error) {
	return s.keeping(ctx, id, ownSection, k, func(tx *db.Tx, a calls.Application) (calls.Application, error) {
		call, err := s.Calls.Call(tx.Context, a.CallID)
		if err != nil {
			return a, err
		}
		if in.Modality != "" && !slices.Contains(call.Modalities.V, in.Modality) {
			var wrong fault.Fields
			wrong.Add("modality", "form.not_an_option")
			return a, wrong.Err()
		}
		content, err := s.content(tx.Context, in)
		if err != nil {
			return a, err
		}
		version := db.AnyVersion
		if k.Tab == "" {
			version = k.Version
		}
		return s.Calls.Fill(tx, a.ID, version, content)
	})
}

// keeping stores keystrokes and lets f take them over, unless another window
// saved since: then they are kept aside, and stay there.
func (s *Service) keeping(
	ctx context.Context, id record.ID, section string, k drafts.Keystrokes, f func(*db.Tx, calls.Application) (calls.Application, error),
) (a calls.Application, err error) {
	late := false
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if a, err = s.editing(tx.Context, id); err != nil {
			return err
		}
		if late, err = drafts.Keep(tx, drafts.Section{Ref: a.Ref(), Name: section}, k); err != nil || late {
			return err
		}
		a, err = f(tx, a)
		return err
	})
	if err == nil && late {
		err = drafts.Stale()
	}
	return a, err
}

// typed returns a section as it was last typed, for the form that goes on.
func (s *Service) typed(ctx context.Context, a calls.Application, section string) (drafts.Draft, error) {
	return look(ctx, s, a.ID, s.Calls.Application, func(tx *db.Tx, a calls.Application) (drafts.Draft, error) {
		return drafts.Of(tx, drafts.Section{Ref: a.Ref(), Name: section})
	})
}

// Copies lists what was typed in windows that came too late, newest first.
func (s *Service) Copies(ctx context.Context, id record.ID) ([]drafts.Copy, error) {
	return look(ctx, s, id, s.own, func(tx *db.Tx, a calls.Application) ([]drafts.Copy, error) { return drafts.Copies(tx, a.Ref()) })
}

// DropCopy throws one of them away.
func (s *Service) DropCopy(ctx context.Context, id, copyID record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if a, err = s.own(tx.Context, id); err == nil {
			_, _, err = drafts.Take(tx, a.Ref(), copyID)
		}
		return err
	})
	return a, err
}

// UseCopy puts what was typed too late in the place of what was saved.
func (s *Service) UseCopy(ctx context.Context, id, copyID record.ID) (a calls.Application, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if a, err = s.editing(tx.Context, id); err != nil {
			return err
		}
		section, k, err := drafts.Take(tx, a.Ref(), copyID)
		if err != nil {
			return err
		}
		if code, annex := strings.CutPrefix(section, annexSection("")); annex {
			a, err = s.SaveAnnex(tx.Context, id, code, k)
		} else {
			a, err = s.SaveDraft(tx.Context, id, k)
		}
		return err
	})
	return a, err
}

// content turns an input into what is stored, and complains of bodies that
// nobody knows and of the body that names itself.
func (s *Service) content(ctx context.Context, in Input) (calls.Content, error) {
	c := calls.Content{
		Modality: in.Modality, Consent: in.Consent, Remarks: in.Remarks,
		ContactName: in.ContactName, ContactEmail: in.ContactEmail, ContactPhone: in.ContactPhone,
	}
	c.Team.V, c.Joint.V = in.Team, []calls.JointBody{}
	who := actor.From(ctx)
	var wrong fault.Fields
	for _, said := range in.Joint {
		b, err := s.bodySaid(ctx, said)
		switch {
		case errors.Is(err, fault.NotFound):
			wrong.Add("joint_bodies", "applications.unknown_body", "body", said)
		case err != nil:
			return c, err
		case b.ID == cmp.Or(who.Body, who.Tenant):
			wrong.Add("joint_bodies", "applications.joint_self")
		case !slices.ContainsFunc(c.Joint.V, func(j calls.JointBody) bool { return j.BodyID == b.ID }):
			c.Joint.V = append(c.Joint.V, calls.JointBody{BodyID: b.ID, Code: b.Code, Name: b.Name})
		}
	}
	return c, wrong.Err()
}

// bodySaid finds a body by its code or by its whole name.
func (s *Service) bodySaid(ctx context.Context, said string) (identity.Body, error) {
	b, err := s.Identity.BodyByCode(ctx, strings.TrimSpace(said))
	if !errors.Is(err, fault.NotFound) {
		return b, err
	}
	const enough = 50
	found, _, err := s.Identity.Bodies(ctx, identity.BodyFilter{Words: said}, table.Page{Number: 1, Size: enough, Sort: "name_fold"})
	if err != nil {
		return b, err
	}
	for _, b := range found {
		if b.NameFold == text.Fold(said) {
			return b, nil
		}
	}
	return b, fault.New(fault.NotFound, "record.not_found")
}

// History returns what was done to an application, newest first.
func (s *Service) History(ctx context.Context, id record.ID) ([]audit.Entry, error) {
	const most = 200
	return look(ctx, s, id, s.Calls.Application, func(tx *db.Tx, a calls.Application) ([]audit.Entry, error) { return audit.Of(tx, a.Ref(), most) })
}

// look reads what hangs on an application, for whom may lets see it.
func look[T any](
	ctx context.Context, s *Service, id record.ID, may func(context.Context, record.ID) (calls.Application, error),
	f func(*db.Tx, calls.Application) (T, error),
) (found T, err error) {
	a, err := may(ctx, id)
	if err == nil {
		err = s.DB.View(ctx, func(tx *db.Tx) error {
			found, err = f(tx, a)
			return err
		})
	}
	return found, err
}
