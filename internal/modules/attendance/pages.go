package attendance

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const home = "/supervision/sessions/{id}/sign-in"

// AttendanceSheetShape is the JSON of who came to a session.
type AttendanceSheetShape struct {
	State   string          `json:"state" doc:"planned, held or cancelled"`
	Minutes int             `json:"held_minutes"`
	Persons int             `json:"person_minutes"`
	People  []AttendedShape `json:"people"`
	Version int             `json:"version"`
}

// AttendedShape is the JSON of what became of a person.
type AttendedShape struct {
	Participant string `json:"participant"`
	Name        string `json:"name"`
	Mark        string `json:"mark" doc:"expected, present, late, absent or excused"`
	Late        int    `json:"late" doc:"Minutes after the beginning"`
	Left        int    `json:"left" doc:"Minutes before the end"`
	Minutes     int    `json:"minutes"`
	How         string `json:"how" doc:"supervisor, account, code or closing"`
}

func shapeSheet(v sheet) AttendanceSheetShape {
	shape := AttendanceSheetShape{State: string(v.State), Minutes: v.HeldMinutes, Persons: v.PersonMinutes, Version: v.Version}
	for _, a := range v.People {
		shape.People = append(shape.People, AttendedShape{a.ParticipantID.String(), a.Name, string(a.Mark), a.Late, a.Left, a.Minutes, string(a.How)})
	}
	return shape
}

// tabs lead from a session to its people, for whoever leads it.
func (s *Service) tabs(ctx context.Context, row sessions.Session) []ui.Link {
	if row.State == sessions.Cancelled || sessions.Attend.Check(ctx, row.Led()) != nil {
		return nil
	}
	return []ui.Link{{Href: sheetHref(row), Label: i18n.T(ctx, "attendance.title")}}
}

func sheetHref(row sessions.Session) string { return row.Href() + "/sign-in" }

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.View(r, home, sessions.Attend, web.ViewSpec[sheet, AttendanceSheetShape]{
		Load:  func(ctx context.Context, p web.Params) (sheet, error) { return s.sheet(ctx, p.ID()) },
		Page:  s.sheetPage,
		Shape: shapeSheet,
	})
	web.Act(r, home+"/rest", sessions.Attend, web.ActSpec[sessions.Session, struct{}]{
		Do: func(ctx context.Context, p web.Params) (sessions.Session, error) {
			return s.Sessions.MarkRest(ctx, p.ID())
		},
		Next: sheetHref,
	})
	web.Handle(r, http.MethodPost, home+"/{participant}/tap", sessions.Attend, s.tap(r))
	web.Submit(r, home+"/{participant}/detail", sessions.Attend, web.SubmitSpec[sessions.MarkInput, sessions.Session, struct{}]{
		Form: detailForm, Start: s.startDetail, Next: sheetHref,
		Page: s.personPage("attendance.detail.title"),
		Do: func(ctx context.Context, p web.Params, in sessions.MarkInput) (sessions.Session, error) {
			in.Participant = record.ID(p.Path("participant"))
			return s.Sessions.Mark(ctx, p.ID(), in)
		},
	})
	web.Submit(r, "/supervision/sessions/{id}/close", sessions.Attend, web.SubmitSpec[sessions.CloseInput, sessions.Session, struct{}]{
		Form: closeForm, Flash: "attendance.closed", Next: sheetHref,
		Start: func(ctx context.Context, p web.Params) (sessions.CloseInput, int, error) {
			v, err := s.sheet(ctx, p.ID())
			return sessions.CloseInput{Minutes: v.Minutes}, v.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.sheet(ctx, p.ID())
			view.Cancel = sheetHref(v.Session)
			return closePage(v, view), err
		},
		Do: func(ctx context.Context, p web.Params, in sessions.CloseInput) (sessions.Session, error) {
			return s.Sessions.Close(ctx, p.ID(), p.Version(), in)
		},
	})
	s.fixRoutes(r)
	s.signRoutes(r)
}

// sheetPage is the page of a planned session, with the form that closes it, or
// that of one that was held.
func (s *Service) sheetPage(ctx context.Context, _ web.Params, v sheet) templ.Component {
	if v.State != sessions.Planned {
		return heldPage(v)
	}
	view := closeForm.View(ctx, &sessions.CloseInput{Minutes: v.Minutes}, nil, nil)
	view.Action, view.Version = v.Href()+"/close", v.Version
	return sheetView(v, view)
}

// tap gives a person the next mark. With scripts only their button is drawn
// again.
func (s *Service) tap(r *web.Router) func(http.ResponseWriter, web.Params) error {
	return func(w http.ResponseWriter, p web.Params) error {
		a, err := s.Sessions.Tap(p.Context(), p.ID(), record.ID(p.Path("participant")))
		if err != nil {
			return err
		}
		if p.Header.Get("HX-Request") != "" {
			return r.Render(w, p, http.StatusOK, personButton(a))
		}
		http.Redirect(w, p.Request, "/supervision/sessions/"+p.ID().String()+"/sign-in#"+buttonID(a), http.StatusSeeOther)
		return nil
	}
}

// person finds somebody on the sheet of the address.
func (s *Service) person(ctx context.Context, p web.Params) (sheet, sessions.Attendance, error) {
	v, err := s.sheet(ctx, p.ID())
	if err != nil {
		return v, sessions.Attendance{}, err
	}
	for _, a := range v.People {
		if a.ParticipantID == record.ID(p.Path("participant")) {
			return v, a, nil
		}
	}
	return v, sessions.Attendance{}, fault.New(fault.NotFound, "record.not_found")
}

func (s *Service) startDetail(ctx context.Context, p web.Params) (sessions.MarkInput, int, error) {
	v, a, err := s.person(ctx, p)
	in := sessions.MarkInput{Participant: a.ParticipantID, Mark: a.Mark, Late: a.Late, Left: a.Left}
	if a.Mark == sessions.Expected {
		in.Mark = sessions.Present
	}
	return in, v.Version, err
}

// personPage draws a form about somebody.
func (s *Service) personPage(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		v, a, err := s.person(ctx, p)
		view.Cancel = sheetHref(v.Session)
		return personPage(v, a.Name, i18n.T(ctx, title), view), err
	}
}

// fixRoutes mounts the corrections of a closed session.
func (s *Service) fixRoutes(r *web.Router) {
	web.Submit(r, home+"/{participant}/correct", sessions.Attend, web.SubmitSpec[fix, sessions.Session, struct{}]{
		Form: fixForm, Flash: "attendance.corrected", Next: sheetHref,
		Start: func(ctx context.Context, p web.Params) (fix, int, error) {
			in, version, err := s.startDetail(ctx, p)
			return fix{MarkInput: in}, version, err
		},
		Page: s.personPage("attendance.fix.title"),
		Do: func(ctx context.Context, p web.Params, in fix) (sessions.Session, error) {
			return s.Sessions.Correct(ctx, p.ID(), in.correction(record.ID(p.Path("participant"))))
		},
	})
	web.Submit(r, "/supervision/sessions/{id}/correct", sessions.Attend, web.SubmitSpec[fixMinutes, sessions.Session, struct{}]{
		Form: fixMinutesForm, Flash: "attendance.corrected", Next: sheetHref,
		Start: func(ctx context.Context, p web.Params) (fixMinutes, int, error) {
			v, err := s.sheet(ctx, p.ID())
			return fixMinutes{Minutes: v.HeldMinutes}, v.Version, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.sheet(ctx, p.ID())
			view.Cancel = sheetHref(v.Session)
			return personPage(v, "", i18n.T(ctx, "attendance.minutes.title"), view), err
		},
		Do: func(ctx context.Context, p web.Params, in fixMinutes) (sessions.Session, error) {
			return s.Sessions.Correct(ctx, p.ID(), sessions.CorrectInput{Minutes: in.Minutes, Reason: in.Reason})
		},
	})
}

// signRoutes mounts the address at which people sign for themselves.
func (s *Service) signRoutes(r *web.Router) {
	web.Submit(r, "/sign/{key}", access.Public, web.SubmitSpec[sessions.SignInput, signed, struct{}]{
		Form: signForm, Flash: "attendance.signed", Next: func(v signed) string { return "/sign/" + v.key },
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.Sessions.Signing(ctx, p.Path("key"))
			return signPage(v, view), err
		},
		Do: func(ctx context.Context, p web.Params, in sessions.SignInput) (signed, error) {
			_, err := s.Sessions.SignIn(ctx, p.Path("key"), in)
			return signed{p.Path("key")}, err
		},
	})
	web.Act(r, "/sign/{key}/me", sessions.Sign, web.ActSpec[signed, struct{}]{
		Do: func(ctx context.Context, p web.Params) (signed, error) {
			_, err := s.Sessions.SignIn(ctx, p.Path("key"), sessions.SignInput{})
			return signed{p.Path("key")}, err
		},
		Next: func(v signed) string { return "/sign/" + v.key }, Flash: "attendance.signed",
	})
}

// signed is the address that somebody signed at.
type signed struct{ key string }
