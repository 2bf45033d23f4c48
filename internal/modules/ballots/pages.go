package ballots

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/access"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	s.Evaluation.OfferRoundTabs(roundTabs)
	s.answerRoutes(r, "/evaluate/{key}", access.Public, answering{
		sheet: func(p web.Params) (Sheet, error) { return s.SheetOfCode(p.Context(), p.Path("key")) },
		cast:  func(p web.Params, in Ballot) error { return s.AnswerByCode(p.Context(), p.Path("key"), in) },
		next:  "/evaluate/done",
	})
	s.answerRoutes(r, "/my-supervision/evaluate/{group}", access.SignedIn, answering{
		sheet: func(p web.Params) (Sheet, error) { return s.SheetHere(p.Context(), record.ID(p.Path("group"))) },
		cast:  func(p web.Params, in Ballot) error { return s.AnswerHere(p.Context(), record.ID(p.Path("group")), in) },
		next:  "/evaluate/done",
	})
	web.Handle(r, http.MethodGet, "/evaluate/done", access.Public, func(w http.ResponseWriter, p web.Params) error {
		return r.Render(w, p, http.StatusOK, donePage())
	})
	web.View(r, "/supervision/evaluations/{id}/results", evaluation.ReadResults, web.ViewSpec[Results, BallotResultsShape]{
		Load: func(ctx context.Context, p web.Params) (Results, error) { return s.Results(ctx, p.ID()) },
		Page: func(ctx context.Context, _ web.Params, found Results) templ.Component {
			return resultsPage(s.Evaluation.HeadOf(ctx, found.Round, resultsHref(found.Round)), found)
		},
		Shape: shapeResults,
	})
}

func resultsHref(r evaluation.Round) string { return r.Href() + "/results" }

// roundTabs lead from a round to what participants answered, for whoever may
// read it.
func roundTabs(ctx context.Context, r evaluation.Round) []ui.Link {
	if mayRead(ctx, r) != nil {
		return nil
	}
	return []ui.Link{{Href: resultsHref(r), Label: i18n.T(ctx, "ballots.results"), Icon: "users"}}
}

// Href is where the actor of ctx answers a sheet without a code.
func (sheet Sheet) Href() string { return "/my-supervision/evaluate/" + sheet.Group.ID.String() }

// answering is a way to a sheet and back.
type answering struct {
	sheet func(web.Params) (Sheet, error)
	cast  func(web.Params, Ballot) error
	next  string
}

// longestBallot is the most bytes of a ballot that is sent.
const longestBallot = 64 << 10

// answerRoutes mount the form of a sheet, which depends on the goals of the
// group: no shape fits.
func (s *Service) answerRoutes(r *web.Router, path string, perm access.Permission, a answering) {
	show := func(w http.ResponseWriter, p web.Params, in Ballot, typed url.Values, problem error) error {
		sheet, err := a.sheet(p)
		if err != nil {
			return err
		}
		view, status := ballotForm(sheet).View(p.Context(), &in, typed, problem), http.StatusOK
		if problem != nil {
			status = http.StatusUnprocessableEntity
		}
		view.Action = p.URL.Path
		worded(p.Context(), &view, sheet)
		return r.Render(w, p, status, answerPage(sheet, view))
	}
	web.Handle(r, http.MethodGet, path, perm, func(w http.ResponseWriter, p web.Params) error {
		return show(w, p, Ballot{}, nil, nil)
	})
	web.Handle(r, http.MethodPost, path, perm, func(w http.ResponseWriter, p web.Params) error {
		p.Body = http.MaxBytesReader(w, p.Body, longestBallot)
		if p.ParseForm() != nil {
			return fault.New(fault.Invalid, "web.unreadable")
		}
		sheet, err := a.sheet(p)
		if err != nil {
			return err
		}
		var in Ballot
		if err = ballotForm(sheet).Read(p.PostForm, &in); err == nil {
			err = a.cast(p, in)
		}
		if f := fault.Of(err); f != nil && f.Kind != fault.NotFound {
			return show(w, p, in, p.PostForm, err)
		}
		if err != nil {
			return err
		}
		http.Redirect(w, p.Request, a.next, http.StatusSeeOther)
		return nil
	})
}
