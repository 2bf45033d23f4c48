package board

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// groupView is one group of a run.
type groupView struct {
	*grouping.Board

	Team        grouping.Team
	Alternative Alternative
	Map         mapData
	Edit        bool
}

func (s *Service) loadGroup(ctx context.Context, p web.Params) (v groupView, err error) {
	n, err := groupNumber(p)
	if err != nil {
		return v, err
	}
	if v.Board, err = s.Grouping.Board(ctx, p.ID()); err != nil {
		return v, err
	}
	if v.Team, err = v.Board.Team(n); err != nil {
		return v, err
	}
	v.Alternative = Alternatives(v.Board)[position(v.Board, n)]
	v.Edit = mayEdit(ctx, v.Board)
	v.Map, err = s.drawn(ctx, v.Board, n)
	return v, err
}

func (s *Service) groupRoutes(r *web.Router) {
	web.View(r, "/groupings/{id}/groups/{n}", grouping.Read, web.ViewSpec[groupView, GroupShape]{
		Load:  s.loadGroup,
		Page:  func(_ context.Context, _ web.Params, v groupView) templ.Component { return groupPage(v) },
		Shape: func(v groupView) GroupShape { return shapeTeam(v.Board, v.Team) },
	})
	web.Submit(r, "/groupings/{id}/groups/{n}/name", grouping.Edit, web.SubmitSpec[NameInput, grouping.Group, GroupNameShape]{
		Form: nameForm, Shape: shapeGroupName, API: "PUT /groupings/{id}/groups/{n}/name", Flash: "board.renamed", Next: rowHref,
		Start: func(ctx context.Context, p web.Params) (NameInput, int, error) {
			v, err := s.loadGroup(ctx, p)
			return NameInput{v.Team.Name}, 0, err
		},
		Page: func(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
			v, err := s.loadGroup(ctx, p)
			if err != nil {
				return nil, err
			}
			view.Cancel = groupHref(v.Run, v.Team.Number)
			return namePage(v, view), nil
		},
		Do: func(ctx context.Context, p web.Params, in NameInput) (grouping.Group, error) {
			n, err := groupNumber(p)
			if err != nil {
				return grouping.Group{}, err
			}
			return s.Grouping.Rename(ctx, p.ID(), n, in.Name)
		},
	})
	s.lockRoute(r, "lock", "board.group_locked", s.Grouping.Lock)
	s.lockRoute(r, "unlock", "board.group_unlocked", s.Grouping.Unlock)
	web.Act(r, "/groupings/{id}/groups/{n}/meet/{member}", grouping.Edit, web.ActSpec[*grouping.Board, BoardShape]{
		Do: func(ctx context.Context, p web.Params) (*grouping.Board, error) {
			n, err := groupNumber(p)
			if err != nil {
				return nil, err
			}
			return s.Grouping.Meet(ctx, p.ID(), p.Version(), n, record.ID(p.Path("member")))
		},
		Next: boardHref, Flash: "board.met", Shape: shapeBoard,
	})
}

// lockRoute mounts the button that locks a group, or the one that unlocks it.
func (s *Service) lockRoute(r *web.Router, name, flash string, do func(context.Context, record.ID, int) (grouping.Group, error)) {
	web.Act(r, "/groupings/{id}/groups/{n}/"+name, grouping.Edit, web.ActSpec[grouping.Group, GroupNameShape]{
		Do: func(ctx context.Context, p web.Params) (grouping.Group, error) {
			n, err := groupNumber(p)
			if err != nil {
				return grouping.Group{}, err
			}
			return do(ctx, p.ID(), n)
		},
		Next: rowHref, Flash: flash, Shape: shapeGroupName,
	})
}

func rowHref(g grouping.Group) string {
	return "/groupings/" + g.RunID.String() + "/groups/" + strconv.Itoa(g.Number)
}

func groupNumber(p web.Params) (int, error) {
	n, err := strconv.Atoi(p.Path("n"))
	if err != nil || n < 1 {
		return 0, fault.New(fault.NotFound, "record.not_found")
	}
	return n, nil
}

// moveRoutes are the moves by hand, and the way back.
func (s *Service) moveRoutes(r *web.Router) {
	web.Submit(r, "/groupings/{id}/move/{member}", grouping.Edit, web.SubmitSpec[MoveInput, *grouping.Board, BoardShape]{
		Form: moveForm, Shape: shapeBoard, API: "POST /groupings/{id}/move/{member}", Flash: "board.moved", Next: boardHref,
		Page: s.movePage,
		Do: func(ctx context.Context, p web.Params, in MoveInput) (*grouping.Board, error) {
			return s.move(ctx, p, p.Path("member"), in.To)
		},
	})
	// What is dragged, and the menus beside the members, come here.
	web.Act(r, "/groupings/{id}/move", grouping.Edit, web.ActSpec[*grouping.Board, BoardShape]{
		Do: func(ctx context.Context, p web.Params) (*grouping.Board, error) {
			return s.move(ctx, p, p.PostFormValue("drag"), p.PostFormValue("drop"))
		},
		Next: func(b *grouping.Board) string { return boardHref(b) + "?view=table" }, Flash: "board.moved",
	})
	web.Act(r, "/groupings/{id}/undo", grouping.Edit, web.ActSpec[*grouping.Board, BoardShape]{
		Do: func(ctx context.Context, p web.Params) (*grouping.Board, error) {
			return s.Grouping.Undo(ctx, p.ID(), p.Version())
		},
		Next: boardHref, Flash: "board.undone", Shape: shapeBoard,
	})
}

func (s *Service) move(ctx context.Context, p web.Params, member, typed string) (*grouping.Board, error) {
	to, err := target(typed)
	if err != nil {
		return nil, err
	}
	return s.Grouping.Move(ctx, p.ID(), p.Version(), record.ID(member), to)
}

// moveView is an applicant with every place where it could go.
type moveView struct {
	*grouping.Board

	Body   grouping.Body
	From   int
	Trials []Trial
	Form   ui.Form
}

func (s *Service) movePage(ctx context.Context, p web.Params, view ui.Form) (templ.Component, error) {
	b, err := s.Grouping.Board(ctx, p.ID())
	if err != nil {
		return nil, err
	}
	if err := b.Run.Editable(); err != nil {
		return nil, err
	}
	v := moveView{Board: b}
	application := record.ID(p.Path("member"))
	if v.Body, v.From, err = b.Where(application); err != nil {
		return nil, err
	}
	if v.Trials, err = Trials(b, application); err != nil {
		return nil, err
	}
	view.Cancel = boardHref(b)
	if view.Version == 0 {
		view.Version = b.Run.Version
	}
	for _, t := range v.Trials {
		view.Fields[0].Options = append(view.Fields[0].Options, ui.Option{Value: targetValue(t.To), Label: trialLabel(ctx, t)})
	}
	v.Form = view
	return moveBodyPage(v), nil
}

// How an address or a form writes Own and Nowhere.
const (
	toOwn  = "own"
	toNone = "none"
)

// target reads where an applicant is to go.
func target(typed string) (int, error) {
	switch typed {
	case toOwn:
		return grouping.Own, nil
	case toNone:
		return grouping.Nowhere, nil
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < 1 {
		var wrong fault.Fields
		wrong.Add("to", "form.not_an_option")
		return 0, wrong.Err()
	}
	return n, nil
}

func targetValue(to int) string {
	switch to {
	case grouping.Own:
		return toOwn
	case grouping.Nowhere:
		return toNone
	}
	return strconv.Itoa(to)
}
