package applications

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/modules/instruments"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/rule"
)

// annex returns the sheet of an annex and how far it has come. One that nobody
// opened has no sheet.
func (s *Service) annex(ctx context.Context, a calls.Application, code string) (instruments.Sheet, Progress, error) {
	sheet, err := s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
	if errors.Is(err, fault.NotFound) {
		return sheet, Untouched, nil
	}
	if err == nil && sheet.State == instruments.Open {
		err = s.Instruments.Check(ctx, sheet)
	}
	if errors.Is(err, fault.Invalid) {
		return sheet, Begun, nil
	}
	return sheet, Done, err
}

// Annex returns the sheet of an annex. The body opens it, with what the
// application already says filled in; others see it once there is one.
func (s *Service) Annex(ctx context.Context, id record.ID, code string) (a calls.Application, sheet instruments.Sheet, err error) {
	if a, err = s.Calls.Application(ctx, id); err != nil {
		return a, sheet, err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err == nil && !slices.Contains(call.Annexes.V, code) {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return a, sheet, err
	}
	if calls.Apply.Check(ctx, a.Place()) == nil && a.Editable() {
		err = s.DB.Do(ctx, func(tx *db.Tx) error { return s.prefill(tx, a, code) })
	}
	if err == nil || errors.Is(err, fault.Stale) { // somebody is typing in it right now: nothing is put over that
		sheet, err = s.Instruments.Sheet(ctx, calls.AnnexRef(a, code))
	}
	return a, sheet, err
}

func (s *Service) prefill(tx *db.Tx, a calls.Application, code string) error {
	sheet, err := s.Instruments.Open(tx.Context, calls.AnnexRef(a, code), a.BodyID, code)
	if err != nil || sheet.State != instruments.Open {
		return err
	}
	if typed := inStep(a, sheet.Typed.V); !maps.EqualFunc(typed, sheet.Typed.V, slices.Equal) {
		_, err = s.Instruments.SaveDraft(tx.Context, sheet.ID, sheet.Version, typed)
	}
	return err
}

// said is what the application answers to a question that an annex may ask too.
type said struct{ Question, Answer string }

func shared(a calls.Application) []said {
	all := []said{{"modality", a.Modality}, {"consent_to_group", strconv.FormatBool(a.Consent)}}
	for _, p := range a.Team.V.Professions() {
		all = append(all, said{p.Name, strconv.Itoa(*p.Count)})
	}
	return all
}

// inStep is what was typed in an annex, with what the application already says
// wherever nothing was. Until there is a team, its zeros say nothing.
func inStep(a calls.Application, typed url.Values) url.Values {
	known := []said{
		{"modality", a.Modality}, {"coordinator_name", a.ContactName}, {"coordinator_email", a.ContactEmail}, {"coordinator_phone", a.ContactPhone},
	}
	if a.Professionals > 0 {
		known = append(known, shared(a)...)
	}
	all := url.Values{}
	maps.Copy(all, typed)
	for _, k := range known {
		if name := "a_" + k.Question; k.Answer != "" && strings.TrimSpace(strings.Join(all[name], "")) == "" {
			all.Set(name, k.Answer)
		}
	}
	return all
}

// SaveAnnex keeps what was typed in an annex, as SaveDraft does.
func (s *Service) SaveAnnex(ctx context.Context, id record.ID, code string, k drafts.Keystrokes) (calls.Application, error) {
	if _, _, err := s.Annex(ctx, id, code); err != nil {
		return calls.Application{}, err
	}
	return s.keeping(ctx, id, annexSection(code), k, func(tx *db.Tx, a calls.Application) (calls.Application, error) {
		sheet, err := s.Instruments.Sheet(tx.Context, calls.AnnexRef(a, code))
		if err == nil {
			_, err = s.Instruments.SaveDraft(tx.Context, sheet.ID, db.AnyVersion, inStep(a, k.Typed))
		}
		return a, err
	})
}

// contradictions are the questions that the application and an annex answer
// differently, each under the code of its annex.
func (s *Service) contradictions(ctx context.Context, call calls.Call, a calls.Application) (wrong fault.Fields, err error) {
	for _, code := range call.Annexes.V {
		sheet, _, err := s.annex(ctx, a, code)
		if err != nil {
			return nil, err
		}
		for _, own := range shared(a) {
			answer, given := sheet.Values()[own.Question]
			if there := fmt.Sprint(answer); given && there != own.Answer {
				wrong.Add(code, "applications.contradiction", "question", i18n.T(ctx, "applications.form."+own.Question),
					"application", word(ctx, own.Answer), "code", code, "annex", word(ctx, there))
			}
		}
	}
	return wrong, nil
}

// agrees refuses an application that an annex contradicts.
func (s *Service) agrees(ctx context.Context, call calls.Call, a calls.Application) error {
	wrong, err := s.contradictions(ctx, call, a)
	if err != nil || len(wrong) == 0 {
		return err
	}
	return &fault.Fault{Kind: fault.Invalid, Key: "applications.contradicted", Fields: wrong}
}

// completeAnnexes closes the annexes that are complete, and says whether all
// are.
func (s *Service) completeAnnexes(tx *db.Tx, call calls.Call, a calls.Application) (complete bool, err error) {
	complete = true
	for _, code := range call.Annexes.V {
		sheet, progress, err := s.annex(tx.Context, a, code)
		if err == nil && progress == Done && sheet.State == instruments.Open {
			_, err = s.Instruments.Complete(tx.Context, sheet.ID)
		}
		if err != nil {
			return false, err
		}
		complete = complete && progress == Done
	}
	return complete, nil
}

// Screen evaluates every condition of the call for an application.
func (s *Service) Screen(ctx context.Context, id record.ID) ([]calls.Finding, error) {
	a, err := s.Calls.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	call, err := s.Calls.Call(ctx, a.CallID)
	if err != nil {
		return nil, err
	}
	findings, _, err := s.screen(ctx, call, a)
	return findings, err
}

// screen evaluates the conditions and adds up the points of the priorities.
func (s *Service) screen(ctx context.Context, call calls.Call, a calls.Application) (findings []calls.Finding, points int, err error) {
	facts, err := s.facts(ctx, call, a)
	if err != nil {
		return nil, 0, err
	}
	for _, c := range call.Conditions.V {
		findings = append(findings, c.Find(facts))
	}
	return findings, call.Points(facts), nil
}

// facts are the values that conditions see.
func (s *Service) facts(ctx context.Context, call calls.Call, a calls.Application) (rule.Facts, error) {
	body, err := s.Identity.Body(ctx, a.BodyID)
	if err != nil {
		return nil, err
	}
	place, err := s.Calls.PlaceOf(ctx, a.BodyID)
	if err != nil {
		return nil, err
	}
	answers, err := s.answers(ctx, call, a)
	if err != nil {
		return nil, err
	}
	joint := []string{}
	for _, j := range a.Joint.V {
		joint = append(joint, j.Code)
	}
	slices.Sort(joint)
	facts := rule.Facts{
		"body.code": body.Code, "body.kind": string(body.Kind), "body.area": place.Area,
		"application.professionals": a.Professionals, "application.consent_to_group": a.Consent, "application.modality": a.Modality,
		"application.joint_bodies": joint, "application.answers": answers,
		"call.code": call.Code, "call.min_group": call.MinGroup, "call.max_group": call.MaxGroup, "call.max_km": call.MaxKM,
		"call.hours_per_group": call.HoursPerGroup, "call.hours_budget": call.HoursBudget, "call.max_per_body": call.MaxPerBody,
		"call.modalities": call.Modalities.V,
	}
	if place.Population > 0 {
		facts["body.population"] = place.Population
	}
	return facts, nil
}

// answers are those given in the annexes that are finished: what the application
// itself says, and an annex begins with, is nothing that was answered there.
func (s *Service) answers(ctx context.Context, call calls.Call, a calls.Application) (rule.Facts, error) {
	answers := rule.Facts{}
	for _, code := range call.Annexes.V {
		sheet, progress, err := s.annex(ctx, a, code)
		if err != nil {
			return nil, err
		}
		if progress == Done {
			maps.Copy(answers, sheet.Values())
		}
	}
	return answers, nil
}
