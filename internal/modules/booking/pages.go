package booking

import (
	"context"
	"errors"
	"net/url"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const root = "/supervision/sessions"

// tab leads from a programme to its sessions.
func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link {
	if !sessions.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: root + "?programme=" + p.ID.String(), Label: i18n.T(ctx, "booking.title")}}
}

// groupTab leads from a group to its sessions.
func (s *Service) groupTab(ctx context.Context, g supervision.Group) []ui.Link {
	if !sessions.Read.May(ctx) {
		return nil
	}
	return []ui.Link{{Href: root + "?group=" + g.ID.String(), Label: i18n.T(ctx, "booking.title")}}
}

var sessionTable = newSessionTable()

func newSessionTable() *table.Table[sessions.Session] {
	list := table.New("booking.session",
		table.Value("day", func(s sessions.Session) any { return s.Day }).Sort("day"),
		table.Text("hours", sessions.Session.Hours),
		table.Text("group", func(s sessions.Session) string { return s.GroupName }).Sort("group_name").Wide(),
		table.Text("supervisor", func(s sessions.Session) string { return s.SupervisorName }).Sort("supervisor_name"),
		table.Text("where", sessions.Session.Where),
		table.Int("minutes", func(s sessions.Session) int { return s.Minutes }).Sort("minutes"),
		table.Said("state", func(ctx context.Context, s sessions.Session) string { return StateTag(ctx, s).Text }).Sort("state").
			Cell(func(ctx context.Context, s sessions.Session) templ.Component { return ui.StatusTag(StateTag(ctx, s)) }),
	)
	list.Href = sessions.Session.Href
	list.Issue = issue
	return list
}

// issue says which session waits to be made up for.
func issue(ctx context.Context, s sessions.Session) *ui.Notice {
	if s.State != sessions.Cancelled || s.RebookBy.IsZero() || !sessions.Arrange.May(ctx) {
		return nil
	}
	return &ui.Notice{
		Tone: ui.Warn, Text: i18n.T(ctx, "booking.rebook_by", "by", s.RebookBy), Action: &ui.Link{Href: s.Href(), Label: i18n.T(ctx, "booking.look")},
	}
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.List(r, root, sessions.Read, web.ListSpec[sessions.Session, listFilter, SessionShape]{
		Table: sessionTable, Filter: filterForm, Shape: shapeSession, Options: s.offerProgrammes,
		Load: func(ctx context.Context, _ web.Params, f listFilter, p table.Page) ([]sessions.Session, int, error) {
			return s.Sessions.Sessions(ctx, f.Filter, p)
		},
		Page: func(ctx context.Context, p web.Params, f listFilter, list ui.Table) (templ.Component, error) {
			g, err := s.groupOfList(ctx, f)
			return listPage(list, views(ctx, p.URL, true), g), err
		},
	})
	web.View(r, root+"/calendar", sessions.Read, web.ViewSpec[month, struct{}]{
		Load: s.month,
		Page: func(ctx context.Context, p web.Params, m month) templ.Component {
			return calendarPage(m, views(ctx, p.URL, false))
		},
	})
	web.View(r, root+"/{id}", sessions.Read, web.ViewSpec[sessionView, SessionShape]{
		Load:  s.sessionView,
		Page:  func(_ context.Context, _ web.Params, v sessionView) templ.Component { return sessionPage(v) },
		Shape: func(v sessionView) SessionShape { return shapeSession(v.Session) },
	})
	s.writeRoutes(r)
}

// views are the list and the calendar of the same filter.
func views(ctx context.Context, at *url.URL, list bool) []ui.Link {
	query := at.Query()
	query.Del("page")
	tail := ""
	if encoded := query.Encode(); encoded != "" {
		tail = "?" + encoded
	}
	return []ui.Link{
		{Href: root + tail, Label: i18n.T(ctx, "booking.list"), Current: list},
		{Href: root + "/calendar" + tail, Label: i18n.T(ctx, "booking.calendar"), Current: !list},
	}
}

func (s *Service) offerProgrammes(ctx context.Context, _ web.Params, filters *ui.Form) error {
	all, _, err := s.Supervision.Programmes(ctx, supervision.ProgrammeFilter{}, table.Page{Number: 1, Size: 100, Sort: "starts", Desc: true})
	for _, p := range all {
		offer(filters, "programme", ui.Option{Value: p.ID.String(), Label: p.Title})
	}
	return err
}

// groupOfList is the group that a list is narrowed to; nil without one.
func (s *Service) groupOfList(ctx context.Context, f listFilter) (*supervision.Group, error) {
	if f.Group == "" {
		return nil, nil //nolint:nilnil // a list of all groups is of none
	}
	g, err := s.Supervision.Group(ctx, f.Group)
	return &g, err
}

// sessionView is what the page of a session shows.
type sessionView struct {
	sessions.Session
	Group       supervision.Group
	Rule        Rule
	Attendances []sessions.Attendance
	Tabs        []ui.Link
	Own         *sessions.Attendance // of the reader, when they take part
	Replaced    *sessions.Session
}

func (s *Service) sessionView(ctx context.Context, p web.Params) (v sessionView, err error) {
	if v.Session, err = s.Sessions.Session(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Group, err = s.Supervision.Group(ctx, v.GroupID); err != nil && !errors.Is(err, fault.NotFound) {
		return v, err
	}
	if v.Rule, err = s.RuleOf(ctx, v.ID); err != nil {
		return v, err
	}
	if v.Attendances, err = s.Sessions.Attendances(ctx, v.ID); err != nil {
		return v, err
	}
	own, err := s.Sessions.Own(ctx, v.ID)
	switch {
	case err == nil:
		v.Own = &own
	case !errors.Is(err, fault.NotFound):
		return v, err
	}
	if v.Replaces != "" {
		replaced, err := s.Sessions.Session(ctx, v.Replaces)
		if err != nil {
			return v, err
		}
		v.Replaced = &replaced
	}
	v.Tabs = s.Sessions.TabsOf(ctx, v.Session)
	return v, nil
}

// writeRoutes mounts the forms.
func (s *Service) writeRoutes(r *web.Router) {
	web.Submit(r, "/supervision/groups/{id}/sessions/new", sessions.Arrange, web.SubmitSpec[PlacedInput, sessions.Session, SessionShape]{
		Form: bookForm, Shape: shapeSession, API: "POST /supervision/groups/{id}/sessions", Flash: "booking.booked", Next: sessions.Session.Href,
		Start: s.startBooking, Options: s.offer,
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			g, err := s.Supervision.Group(ctx, p.ID())
			view.Cancel, view.Submit = root+"?group="+g.ID.String(), i18n.T(ctx, "booking.book")
			return bookPage(g, view), err
		},
		Do: func(ctx context.Context, p web.Params, in PlacedInput) (sessions.Session, error) {
			b, err := in.booking(p.ID())
			if err != nil {
				return sessions.Session{}, err
			}
			booked, err := s.Book(ctx, []Booking{b})
			if err != nil {
				return sessions.Session{}, err
			}
			return booked[0], nil
		},
	})
	web.Submit(r, root+"/{id}/move", sessions.Plan, web.SubmitSpec[PlacedInput, sessions.Session, SessionShape]{
		Form: bookForm, Shape: shapeSession, API: "PUT " + root + "/{id}", Flash: "booking.moved", Next: sessions.Session.Href, Options: s.offer,
		Start: func(ctx context.Context, p web.Params) (PlacedInput, int, error) {
			row, err := s.Sessions.Session(ctx, p.ID())
			return placedOf(row), row.Version, err
		},
		Page: s.formOn(bookedPage, "booking.move"),
		Do: func(ctx context.Context, p web.Params, in PlacedInput) (sessions.Session, error) {
			to, err := in.move()
			if err != nil {
				return sessions.Session{}, err
			}
			return s.Move(ctx, p.ID(), p.Version(), to)
		},
	})
	web.Submit(r, root+"/{id}/cancel", sessions.Plan, web.SubmitSpec[sessions.CallOff, sessions.Session, SessionShape]{
		Form: cancelForm, Shape: shapeSession, API: "POST " + root + "/{id}/cancel", Flash: "booking.cancelled", Next: sessions.Session.Href,
		Page: s.formOn(cancelPage, "booking.cancel_it"),
		Do: func(ctx context.Context, p web.Params, in sessions.CallOff) (sessions.Session, error) {
			return s.Cancel(ctx, p.ID(), in)
		},
	})
	web.Act(r, root+"/{id}/excuse", sessions.Sign, web.ActSpec[sessions.Session, SessionShape]{
		Do: func(ctx context.Context, p web.Params) (sessions.Session, error) {
			return s.Sessions.Excuse(ctx, p.ID())
		},
		Next: sessions.Session.Href, Flash: "booking.excused", Shape: shapeSession,
	})
}

// formOn draws a form about a session.
func (s *Service) formOn(page func(sessionView, ui.Form) templ.Component, submit string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		v, err := s.sessionView(ctx, p)
		view.Cancel, view.Submit = v.Href(), i18n.T(ctx, submit)
		return page(v, view), err
	}
}

// startBooking proposes what the programme and the group say, or what a
// cancelled session said.
func (s *Service) startBooking(ctx context.Context, p web.Params) (in PlacedInput, version int, err error) {
	g, err := s.Supervision.Group(ctx, p.ID())
	if err != nil {
		return in, 0, err
	}
	programme, err := s.Supervision.Programme(ctx, g.ProgrammeID)
	if err != nil {
		return in, 0, err
	}
	if replaces := record.ID(p.Get("replaces")); replaces != "" {
		row, err := s.Sessions.Session(ctx, replaces)
		in = placedOf(row)
		in.Replaces, in.Despite = replaces, ""
		return in, 0, err
	}
	minutes, _ := programme.Rules().Figure(profiles.SessionMinutes, g.Kind)
	return PlacedInput{Minutes: int(minutes), Place: g.PlaceCode}, 0, nil
}

// offer puts the places and the supervisors into the form.
func (s *Service) offer(ctx context.Context, _ web.Params, view *ui.Form) error {
	places, err := s.Territory.AllPlaces(ctx)
	if err != nil {
		return err
	}
	for _, p := range places {
		offer(view, "place", ui.Option{Value: p.Code, Label: p.Name})
	}
	all, err := s.Supervisors.All(ctx)
	for _, who := range all {
		if who.State == supervisors.Active {
			offer(view, "supervisor", ui.Option{Value: who.ID.String(), Label: who.Name})
		}
	}
	for i := range view.Fields {
		switch view.Fields[i].Name {
		case "place":
			view.Fields[i].Blank = i18n.T(ctx, "booking.online_only")
		case "supervisor":
			view.Fields[i].Blank = i18n.T(ctx, "booking.supervisor_of_group")
		}
	}
	return err
}

func offer(view *ui.Form, field string, o ui.Option) {
	for i := range view.Fields {
		if view.Fields[i].Name == field {
			view.Fields[i].Options = append(view.Fields[i].Options, o)
		}
	}
}
