package supervisors

import (
	"context"
	"io"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
)

// Piece is a piece of evidence with its documents and whose it is.
type Piece struct {
	Evidence
	Of    Supervisor
	Files []files.File
}

// Href is the address of the piece of evidence.
func (p Piece) Href() string { return p.Of.Href() + "/evidence/" + p.ID.String() }

// EvidenceOf returns the checklist of a supervisor with its documents, the
// newest first.
func (s *Service) EvidenceOf(ctx context.Context, id record.ID) (pieces []Piece, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		of, err := s.get(tx, id, Read)
		if err != nil {
			return err
		}
		found, err := evidenceOf(tx, id)
		if err != nil {
			return err
		}
		for _, e := range found {
			attached, err := s.Files.Of(tx, e.Ref())
			if err != nil {
				return err
			}
			pieces = append(pieces, Piece{e, of, attached})
		}
		return nil
	})
	return pieces, err
}

// Evidence returns one piece of evidence of a supervisor.
func (s *Service) Evidence(ctx context.Context, id, piece record.ID) (p Piece, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		p, err = s.piece(tx, id, piece, Read)
		return err
	})
	return p, err
}

func (s *Service) piece(tx *db.Tx, id, piece record.ID, perm access.Permission) (p Piece, err error) {
	if p.Of, err = s.get(tx, id, perm); err != nil {
		return p, err
	}
	if p.Evidence, err = evidenceIn(tx, id, piece); err != nil {
		return p, err
	}
	p.Files, err = s.Files.Of(tx, p.Ref())
	return p, err
}

// AddEvidence writes down something that speaks for a supervisor. Nobody has
// verified it yet.
func (s *Service) AddEvidence(ctx context.Context, id record.ID, in EvidenceInput) (p Piece, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if p.Of, err = s.get(tx, id, Manage); err != nil {
			return err
		}
		if err := in.check(today(tx.Now)); err != nil {
			return err
		}
		p.Evidence = in.evidence(id, tx.Actor.Name)
		return evidence.Insert(tx, &p.Evidence)
	})
	return p, err
}

// VerifyEvidence writes down that the actor saw it.
func (s *Service) VerifyEvidence(ctx context.Context, id, piece record.ID, in VerificationInput) (Piece, error) {
	return s.editEvidence(ctx, id, piece, func(tx *db.Tx, p Piece, e *Evidence) error {
		if err := in.check(today(tx.Now)); err != nil {
			return err
		}
		by, err := s.verifier(tx)
		if err != nil {
			return err
		}
		tx.Note("step", evidence.Name(), e.ID, "verify")
		return e.verify(p.Of, by, in)
	})
}

// UnverifyEvidence takes back what was said to have been seen.
func (s *Service) UnverifyEvidence(ctx context.Context, id, piece record.ID) (Piece, error) {
	return s.editEvidence(ctx, id, piece, func(tx *db.Tx, _ Piece, e *Evidence) error {
		tx.Note("step", evidence.Name(), e.ID, "unverify")
		return e.unverify()
	})
}

// verifier is the person behind the actor.
func (s *Service) verifier(tx *db.Tx) (Verifier, error) {
	if !tx.Actor.SignedIn() {
		return Verifier{}, nil
	}
	account, err := s.Identity.Account(tx.Context)
	return Verifier{tx.Actor.User, account.Name, cleanEmail(account.Email)}, err
}

func (s *Service) editEvidence(ctx context.Context, id, piece record.ID, edit func(*db.Tx, Piece, *Evidence) error) (p Piece, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if p, err = s.piece(tx, id, piece, Manage); err != nil {
			return err
		}
		p.Evidence, err = evidence.Edit(tx, piece, db.AnyVersion, func(e *Evidence) error { return edit(tx, p, e) })
		return err
	})
	return p, err
}

// RemoveEvidence takes a piece of evidence off the checklist, with its
// documents.
func (s *Service) RemoveEvidence(ctx context.Context, id, piece record.ID) (of Supervisor, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		p, err := s.piece(tx, id, piece, Manage)
		if err != nil {
			return err
		}
		for _, f := range p.Files {
			if err := s.Files.Remove(tx, f.ID); err != nil {
				return err
			}
		}
		of = p.Of
		return evidence.Delete(tx, piece)
	})
	return of, err
}

// Attach hangs a document on a piece of evidence that nobody has verified.
func (s *Service) Attach(ctx context.Context, id, piece record.ID, name string, r io.Reader) (p Piece, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if p, err = s.piece(tx, id, piece, Manage); err != nil {
			return err
		}
		if err := p.open(); err != nil {
			return err
		}
		f, err := s.Files.Attach(tx, p.Ref(), actor.From(ctx).Tenant, name, r)
		p.Files = append(p.Files, f)
		return err
	})
	return p, err
}

// Detach takes a document off a piece of evidence that nobody has verified.
func (s *Service) Detach(ctx context.Context, id, piece, file record.ID) (p Piece, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if p, err = s.piece(tx, id, piece, Manage); err != nil {
			return err
		}
		if err := p.open(); err != nil {
			return err
		}
		f, err := s.Files.Get(tx, p.Ref(), file)
		if err != nil {
			return err
		}
		return s.Files.Remove(tx, f.ID)
	})
	return p, err
}
