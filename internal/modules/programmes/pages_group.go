package programmes

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/table"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

const groupRoot = "/supervision/groups"

func (s *Service) groupRoutes(r *web.Router) {
	web.View(r, groupRoot+"/{id}", supervision.Read, web.ViewSpec[groupView, GroupShape]{
		Load:  s.groupView,
		Page:  func(_ context.Context, _ web.Params, v groupView) templ.Component { return groupPage(v) },
		Shape: func(v groupView) GroupShape { return shapeGroup(v.Group) },
	})
	web.Submit(r, root+"/{id}/groups/new", supervision.Manage, web.SubmitSpec[groupInput, supervision.Group, GroupShape]{
		Form: groupForm, Page: s.under(i18n.T, "programmes.group.new"),
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error { return s.groupOptions(ctx, p.ID(), view) },
		Do: func(ctx context.Context, p web.Params, in groupInput) (supervision.Group, error) {
			bodies, err := s.named(ctx, in.Bodies)
			if err != nil {
				return supervision.Group{}, err
			}
			return s.Supervision.AddGroup(ctx, p.ID(), in.said(bodies))
		},
		Next: supervision.Group.Href, Flash: "programmes.saved", Shape: shapeGroup, API: "POST " + root + "/{id}/groups",
	})
	web.Submit(r, groupRoot+"/{id}/edit", supervision.Manage, web.SubmitSpec[groupInput, supervision.Group, GroupShape]{
		Form: groupForm, Page: s.underGroup("programmes.group.edit"),
		Start: func(ctx context.Context, p web.Params) (groupInput, int, error) {
			g, err := s.Supervision.Group(ctx, p.ID())
			return inputOf(g), g.Version, err
		},
		Options: func(ctx context.Context, p web.Params, view *ui.Form) error {
			g, err := s.Supervision.Group(ctx, p.ID())
			if err != nil {
				return err
			}
			return s.groupOptions(ctx, g.ProgrammeID, view)
		},
		Do: func(ctx context.Context, p web.Params, in groupInput) (supervision.Group, error) {
			bodies, err := s.named(ctx, in.Bodies)
			if err != nil {
				return supervision.Group{}, err
			}
			return s.Supervision.CorrectGroup(ctx, p.ID(), p.Version(), in.said(bodies))
		},
		Next: supervision.Group.Href, Flash: "programmes.saved", Shape: shapeGroup, API: "PUT " + groupRoot + "/{id}",
	})
	web.Submit(r, groupRoot+"/{id}/allocate", supervision.Manage, web.SubmitSpec[allocation, supervision.Group, GroupShape]{
		Form: allocationForm, Page: s.underGroup("programmes.allocate"), Options: s.candidateOptions,
		Start: func(ctx context.Context, p web.Params) (allocation, int, error) {
			g, err := s.Supervision.Group(ctx, p.ID())
			return allocation{g.SupervisorID}, g.Version, err
		},
		Do: func(ctx context.Context, p web.Params, in allocation) (supervision.Group, error) {
			return s.Supervision.Allocate(ctx, p.ID(), p.Version(), in.Supervisor)
		},
		Next: supervision.Group.Href, Flash: "programmes.allocated", Shape: shapeGroup, API: "PUT " + groupRoot + "/{id}/supervisor",
	})
	s.participantRoutes(r)
}

func (s *Service) participantRoutes(r *web.Router) {
	web.Submit(r, groupRoot+"/{id}/participants/new", supervision.Enrol, web.SubmitSpec[supervision.ParticipantInput, supervision.Participant, ParticipantShape]{
		Form: participantForm, Page: s.underGroup("programmes.participant.new"), Options: s.participantOptions,
		Do: func(ctx context.Context, p web.Params, in supervision.ParticipantInput) (supervision.Participant, error) {
			return s.Supervision.Enrol(ctx, p.ID(), in)
		},
		Next:  func(p supervision.Participant) string { return groupRoot + "/" + p.GroupID.String() + "#people" },
		Flash: "programmes.enrolled", Shape: shapeParticipant, API: "POST " + groupRoot + "/{id}/participants",
	})
	web.Act(r, "/supervision/participants/{id}/leave", supervision.Enrol, web.ActSpec[supervision.Participant, ParticipantShape]{
		Do: func(ctx context.Context, p web.Params) (supervision.Participant, error) {
			return s.Supervision.Leave(ctx, p.ID())
		},
		Next:  func(p supervision.Participant) string { return groupRoot + "/" + p.GroupID.String() + "#people" },
		Flash: "programmes.left", Shape: shapeParticipant,
	})
}

// groupView is a group on its page.
type groupView struct {
	supervision.Group
	Programme supervision.Programme
	Contract  string
	People    []supervision.Participant
	Panels    []supervision.Panel
	Tabs      []ui.Link
}

func (s *Service) groupView(ctx context.Context, p web.Params) (v groupView, err error) {
	if v.Group, v.Programme, err = s.programmeOf(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.People, err = s.Supervision.Participants(ctx, v.ID); err != nil {
		return v, err
	}
	contracts, err := s.Supervision.Contracts(ctx, v.ProgrammeID)
	if err != nil {
		return v, err
	}
	v.Contract = byID(contracts, v.ContractID)
	v.Tabs = s.Supervision.GroupTabsOf(ctx, v.Group, v.Href())
	v.Panels, err = s.Supervision.GroupPanelsOf(ctx, v.Group)
	return v, err
}

// underGroup draws a form below the group of the address.
func (s *Service) underGroup(title string) func(context.Context, web.Params, ui.Form) (templ.Component, error) {
	return func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
		g, programme, err := s.programmeOf(ctx, p.ID())
		view.Cancel = g.Href()
		return formPage(i18n.T(ctx, title), groupTrail(ctx, programme, ui.Crumb{Href: g.Href(), Label: g.Name}), view), err
	}
}

func groupTrail(ctx context.Context, p supervision.Programme, below ...ui.Crumb) []ui.Crumb {
	return trail(ctx, append([]ui.Crumb{{Href: p.Href(), Label: p.Title}}, below...)...)
}

// groupOptions are what a group of a programme can be, and who can be in it.
func (s *Service) groupOptions(ctx context.Context, programme record.ID, view *ui.Form) error {
	p, err := s.Supervision.Programme(ctx, programme)
	if err != nil {
		return err
	}
	for _, k := range p.Rules().Kinds {
		offer(view, "kind", ui.Option{Value: string(k), Label: i18n.T(ctx, k.Label())})
	}
	contracts, err := s.Supervision.Contracts(ctx, programme)
	if err != nil {
		return err
	}
	for _, c := range contracts {
		offer(view, "contract", ui.Option{Value: c.ID.String(), Label: c.Provider + " (" + c.Reference + ")"})
	}
	places, err := s.Territory.AllPlaces(ctx)
	if err != nil {
		return err
	}
	for _, place := range places {
		offer(view, "place", ui.Option{Value: place.Code, Label: place.Name})
	}
	return s.offerBodies(ctx, view)
}

// offerBodies lets every row of the list of bodies suggest their names.
func (s *Service) offerBodies(ctx context.Context, view *ui.Form) error {
	all, err := s.bodies(ctx)
	if err != nil {
		return err
	}
	names := ui.Suggestions{List: "bodies"}
	for _, b := range all {
		names.Words = append(names.Words, b.Name)
	}
	view.Suggest = append(view.Suggest, names)
	for i := range view.Fields {
		for _, row := range view.Fields[i].Rows {
			for k := range row {
				if strings.HasSuffix(row[k].Name, ".body") {
					row[k].List = names.List
				}
			}
		}
	}
	return nil
}

// named finds the bodies that were typed, by name or code, and says beside each
// box what is none.
func (s *Service) named(ctx context.Context, lines []bodyLine) (found []supervision.GroupBody, err error) {
	all, err := s.bodies(ctx)
	if err != nil {
		return nil, err
	}
	var wrong fault.Fields
	for i, line := range lines {
		at := slices.IndexFunc(all, func(b identity.Body) bool { return text.Fold(b.Name) == text.Fold(line.Body) })
		if at < 0 {
			at = slices.IndexFunc(all, func(b identity.Body) bool { return b.Code == strings.TrimSpace(line.Body) })
		}
		if at < 0 {
			wrong.Add("bodies."+strconv.Itoa(i)+".body", "programmes.no_body")
			continue
		}
		found = append(found, supervision.GroupBody{BodyID: all[at].ID, Professionals: line.Professionals})
	}
	return found, wrong.Err()
}

// candidateOptions are the supervisors, with what speaks for and against each.
func (s *Service) candidateOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	g, err := s.Supervision.Group(ctx, p.ID())
	if err != nil {
		return err
	}
	found, err := s.candidates(ctx, g)
	for _, c := range found {
		offer(view, "supervisor", ui.Option{Value: c.ID.String(), Label: c.Name, Help: candidateNote(ctx, c)})
	}
	return err
}

func candidateNote(ctx context.Context, c Candidate) string {
	notes := []string{i18n.T(ctx, c.Profession.Key()), i18n.T(ctx, "programmes.candidate.load", "count", c.Groups, "hours", float64(c.Minutes)/60)}
	if !c.Near {
		notes = append(notes, i18n.T(ctx, "programmes.candidate.far"))
	}
	if !c.Speaks {
		notes = append(notes, i18n.T(ctx, "programmes.candidate.language"))
	}
	for _, conflict := range c.Conflicts {
		notes = append(notes, i18n.T(ctx, "programmes.candidate.conflict", "body", conflict.BodyName))
	}
	return strings.Join(notes, " · ")
}

// participantOptions are the bodies of the group that the reader may speak for,
// and the professions that the profile admits.
func (s *Service) participantOptions(ctx context.Context, p web.Params, view *ui.Form) error {
	g, programme, err := s.programmeOf(ctx, p.ID())
	if err != nil {
		return err
	}
	for _, b := range g.Bodies.V {
		if supervision.Enrol.Check(ctx, supervision.Participant{BodyID: b.BodyID}.Place()) == nil {
			offer(view, "body", ui.Option{Value: b.BodyID.String(), Label: b.Name})
		}
	}
	for _, who := range profession.All {
		if programme.Rules().Admits(who, g.Kind) {
			offer(view, "profession", ui.Option{Value: string(who), Label: i18n.T(ctx, who.Key())})
		}
	}
	return nil
}

var peopleTable = &table.Table[personRow]{
	Subject: "programmes.people",
	Columns: []*table.Column[personRow]{
		table.Text("name", func(p personRow) string { return p.Name }),
		table.Said("profession", func(ctx context.Context, p personRow) string { return i18n.T(ctx, p.Profession.Key()) }),
		table.Text("body", func(p personRow) string { return p.BodyName }),
		table.Value("joined", func(p personRow) any { return p.Joined }),
		table.Said("left", func(ctx context.Context, p personRow) string { return leftText(ctx, p.Participant) }).
			Cell(func(_ context.Context, p personRow) templ.Component { return leaving(p) }),
	},
}

// personRow is somebody in the list of their group.
type personRow struct {
	supervision.Participant
	ends bool // the reader may end their belonging
}

func leftText(ctx context.Context, p supervision.Participant) string {
	if p.Left.IsZero() {
		return "–"
	}
	return i18n.F(ctx, p.Left)
}

func peopleList(ctx context.Context, v groupView) ui.Table {
	rows := make([]personRow, len(v.People))
	for i, p := range v.People {
		rows[i] = personRow{p, p.Left.IsZero() && supervision.Enrol.Check(ctx, p.Place()) == nil}
	}
	return peopleTable.View(ctx, rows, len(rows), table.Page{Number: 1, Size: len(rows) + 1}, emptyURL)
}
