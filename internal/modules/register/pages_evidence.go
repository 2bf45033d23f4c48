package register

import (
	"context"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// proof is a piece of evidence with what its page needs.
type proof struct {
	supervisors.Piece
	Today civil.Date
}

const pieceHome = home + "/{id}/evidence/{piece}"

func pieceOf(p web.Params) record.ID { return record.ID(p.Path("piece")) }

// evidenceRoutes are the checklist.
func (s *Service) evidenceRoutes(r *web.Router) {
	web.Submit(r, home+"/{id}/evidence/new", supervisors.Manage, web.SubmitSpec[supervisors.EvidenceInput, supervisors.Piece, EvidenceShape]{
		Form: evidenceForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.EvidenceInput, int, error) {
			_, err := s.register.Supervisor(ctx, p.ID())
			return supervisors.EvidenceInput{Kind: supervisors.Kind(p.Get("kind"))}, 0, err
		},
		Options: back,
		Page:    formPage("register.evidence.new"),
		Do: func(ctx context.Context, p web.Params, in supervisors.EvidenceInput) (supervisors.Piece, error) {
			return s.register.AddEvidence(ctx, p.ID(), in)
		},
		Next: supervisors.Piece.Href, Flash: "register.evidence.added",
		Shape: shapeEvidence, API: "POST " + home + "/{id}/evidence",
	})
	web.View(r, pieceHome, supervisors.Read, web.ViewSpec[proof, EvidenceShape]{
		Load:  s.proof,
		Page:  func(_ context.Context, _ web.Params, p proof) templ.Component { return evidencePage(p, "") },
		Shape: func(p proof) EvidenceShape { return shapeEvidence(p.Piece) },
	})
	web.Submit(r, pieceHome+"/verify", supervisors.Manage, web.SubmitSpec[supervisors.VerificationInput, supervisors.Piece, EvidenceShape]{
		Form: verifyForm,
		Start: func(ctx context.Context, p web.Params) (supervisors.VerificationInput, int, error) {
			found, err := s.proof(ctx, p)
			return supervisors.VerificationInput{On: found.Today}, 0, err
		},
		Options: func(_ context.Context, p web.Params, view *ui.Form) error {
			view.Cancel = home + "/" + p.ID().String() + "/evidence/" + p.Path("piece")
			return nil
		},
		Page: formPage("register.verify"),
		Do: func(ctx context.Context, p web.Params, in supervisors.VerificationInput) (supervisors.Piece, error) {
			return s.register.VerifyEvidence(ctx, p.ID(), pieceOf(p), in)
		},
		Next: supervisors.Piece.Href, Flash: "register.verified",
		Shape: shapeEvidence, API: "POST " + pieceHome + "/verify",
	})
	web.Act(r, pieceHome+"/unverify", supervisors.Manage, web.ActSpec[supervisors.Piece, EvidenceShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Piece, error) {
			return s.register.UnverifyEvidence(ctx, p.ID(), pieceOf(p))
		},
		Next: supervisors.Piece.Href, Flash: "register.saved", Shape: shapeEvidence,
	})
	web.Act(r, pieceHome+"/remove", supervisors.Manage, web.ActSpec[supervisors.Supervisor, SupervisorShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Supervisor, error) {
			return s.register.RemoveEvidence(ctx, p.ID(), pieceOf(p))
		},
		Next: supervisors.Supervisor.Href, Flash: "register.removed", Shape: shapeSupervisor,
	})
}

func (s *Service) proof(ctx context.Context, p web.Params) (proof, error) {
	found, err := s.register.Evidence(ctx, p.ID(), pieceOf(p))
	return proof{found, s.register.Today()}, err
}

// documentRoutes are the documents of a piece of evidence.
func (s *Service) documentRoutes(r *web.Router) {
	// A file that is refused comes back beside its field, which an Act does not have.
	web.Handle(r, http.MethodPost, pieceHome+"/documents", supervisors.Manage, func(w http.ResponseWriter, p web.Params) error {
		piece, err := s.attachSent(w, p)
		if f := fault.Of(err); errors.Is(err, fault.Invalid) {
			found, err := s.proof(p.Context(), p)
			if err != nil {
				return err
			}
			return r.Render(w, p, http.StatusUnprocessableEntity, evidencePage(found, i18n.T(p.Context(), f.Key, f.Args...)))
		}
		if err == nil {
			r.Say(p, ui.OK, i18n.T(p.Context(), "register.document.added"))
			http.Redirect(w, p.Request, piece.Href(), http.StatusSeeOther)
		}
		return err
	})
	web.Handle(r, http.MethodGet, pieceHome+"/documents/{file}", supervisors.Read, func(w http.ResponseWriter, p web.Params) error {
		found, err := s.register.Evidence(p.Context(), p.ID(), pieceOf(p))
		if err != nil {
			return err
		}
		for _, f := range found.Files {
			if f.ID.String() == p.Path("file") {
				return s.files.Serve(w, p.Request, f)
			}
		}
		return fault.New(fault.NotFound, "record.not_found")
	})
	web.Act(r, pieceHome+"/documents/{file}/remove", supervisors.Manage, web.ActSpec[supervisors.Piece, EvidenceShape]{
		Do: func(ctx context.Context, p web.Params) (supervisors.Piece, error) {
			return s.register.Detach(ctx, p.ID(), pieceOf(p), record.ID(p.Path("file")))
		},
		Next: supervisors.Piece.Href, Flash: "register.removed",
	})
}

// attachSent attaches the document that a form carries.
func (s *Service) attachSent(w http.ResponseWriter, p web.Params) (supervisors.Piece, error) {
	const around = 1 << 20 // what a form adds to its file
	p.Body = http.MaxBytesReader(w, p.Body, files.MostBytes+around)
	upload, header, err := p.FormFile("file")
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return supervisors.Piece{}, fault.New(fault.Invalid, "files.too_large", "megabytes", files.MostBytes>>20)
	}
	if err != nil {
		return supervisors.Piece{}, fault.New(fault.Invalid, "register.document.choose")
	}
	defer upload.Close() //nolint:errcheck // only read
	return s.register.Attach(p.Context(), p.ID(), pieceOf(p), header.Filename, upload)
}
