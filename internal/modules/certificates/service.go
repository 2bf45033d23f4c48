package certificates

import (
	"bytes"
	"cmp"
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/coverage"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/secret"
	"bastida/internal/platform/table"
)

// Deps are what this module works with.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Coverage    *coverage.Service
	Files       *files.Store
	URL         string                                     // address of the portal, which certificates name
	Say         func(lang, key string, args ...any) string // says a message in the language of a certificate
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service. From then on programmes, groups and people lead to
// what can be certified.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Supervision != nil {
		d.Supervision.OfferTabs(s.tabs)
		d.Supervision.OfferGroupTabs(s.groupTabs)
	}
	if d.Coverage != nil {
		d.Coverage.ShowOnPerson(s.onPerson)
	}
	return s
}

func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// inside is a context in which the program reads what a rule needs, whoever
// asks.
//
// Safety: what is read with it is for the rules.
func inside(tx *db.Tx) context.Context { return actor.AsSystem(tx.Context, tx.Tenant, "certificates") }

// Issue certifies what somebody has had of a kind of supervision. It is refused
// with the reason while the threshold is not met.
func (s *Service) Issue(ctx context.Context, programme, participant record.ID, kind profiles.Kind) (c Certificate, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		if err := Issue.Check(tx.Context, access.Place{}); err != nil {
			return err
		}
		all, err := certificatesOf(tx, programme)
		if err != nil {
			return err
		}
		l, content, err := s.content(tx, programme, participant, kind)
		if err != nil {
			return err
		}
		for _, other := range all {
			if other.State == Valid && other.Kind == kind && l.Person.Is(other.PersonID) {
				return fault.New(fault.Conflict, "certificates.certificate.already", "number", other.Full())
			}
		}
		c, err = s.issue(tx, l, content, Certificate{})
		return err
	})
	return c, err
}

// content is what a certificate would say now.
func (s *Service) content(tx *db.Tx, programme, participant record.ID, kind profiles.Kind) (l coverage.Line, content Content, err error) {
	p, err := s.Supervision.Programme(tx.Context, programme)
	if err != nil {
		return l, content, err
	}
	c, err := s.Coverage.Season(tx, p)
	if err != nil {
		return l, content, err
	}
	lines := c.LinesOf(participant)
	at := slices.IndexFunc(lines, func(l coverage.Line) bool { return l.Kind == kind })
	if at < 0 {
		return l, content, fault.New(fault.NotFound, "record.not_found")
	}
	l = lines[at]
	if err := l.Certifiable(); err != nil {
		return l, content, err
	}
	credits := map[record.ID]CreditView{}
	for _, part := range l.Parts {
		if credits[part.Group.ID], err = s.credit(tx, c, part.Group); err != nil {
			return l, content, err
		}
	}
	content = contentOf(l, func(part coverage.Part) *Earned {
		v := credits[part.Group.ID]
		if !v.Given {
			return nil
		}
		e := earn(p.Rules(), v.Credit, v.Accreditations, v.First, part.Minutes)
		return &e
	})
	content.Programme, content.Season = p.Title, p.Season
	return l, content, nil
}

// issue numbers a certificate, writes its document and stores both.
func (s *Service) issue(tx *db.Tx, l coverage.Line, content Content, before Certificate) (Certificate, error) {
	body, err := s.Identity.Body(tx.Context, tx.Tenant)
	if err != nil {
		return Certificate{}, err
	}
	content.Issuer, content.Language, content.On, content.By = body.Name, body.Language, today(tx), tx.Actor.Name
	c := Certificate{
		ProgrammeID: l.Programme, PersonID: l.Person.ID, UserID: l.Person.UserID, Email: cleanEmail(l.Person.Email),
		Name: l.Person.Name, NameFold: text.Fold(l.Person.Name), Kind: l.Kind, Year: content.On.Year,
		Code: secret.New()[:codeLength], State: Valid, IssuedAt: tx.Now, IssuedBy: tx.Actor.Name, Corrects: before.ID,
	}
	c.ID = db.NewID()
	if before.ID != "" {
		content.Corrects = before.Full()
	}
	c.Content.V = content
	if c.Number, err = nextNumber(tx, c.Year); err != nil {
		return c, err
	}
	raw, err := s.document(c)
	if err != nil {
		return c, err
	}
	name := s.Say(content.Language, "certificates.document.file", "number", strconv.Itoa(c.Number), "year", strconv.Itoa(c.Year))
	kept, err := s.Files.Attach(tx, c.Ref(), tx.Tenant, name, bytes.NewReader(raw))
	if err != nil {
		return c, err
	}
	c.SHA256 = kept.SHA256
	return c, certificates.Insert(tx, &c)
}

// codeLength makes a code that nobody guesses and somebody may still type.
const codeLength = 20

func cleanEmail(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// Correct issues another certificate that says what is so now and names the one
// that it replaces, which keeps what it said.
func (s *Service) Correct(ctx context.Context, id record.ID, version int) (c Certificate, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		before, err := s.Certificate(tx.Context, id)
		if err := cmp.Or(err, Issue.Check(tx.Context, access.Place{})); err != nil {
			return err
		}
		l, content, err := s.content(tx, before.ProgrammeID, before.PersonID, before.Kind)
		if err != nil {
			return err
		}
		if same(before.Content.V, content) {
			return fault.New(fault.Conflict, "certificates.certificate.same", "number", before.Full())
		}
		if c, err = s.issue(tx, l, content, before); err != nil {
			return err
		}
		_, err = certificates.Edit(tx, id, version, func(old *Certificate) error {
			old.ReplacedBy = c.ID
			tx.Note("step", certificates.Name(), id, "correct")
			return life.Move(tx.Context, old, "correct")
		})
		return err
	})
	return c, err
}

// same reports whether two contents say the same of what was attended.
func same(a, b Content) bool {
	for _, c := range []*Content{&a, &b} {
		c.Issuer, c.Language, c.On, c.By, c.Corrects = "", "", civil.Date{}, "", ""
	}
	return reflect.DeepEqual(a, b)
}

// WithdrawInput is why a certificate does not stand any more.
type WithdrawInput struct {
	Reason string `json:"reason"`
}

// Withdraw takes a certificate back. It stays, and says that it was withdrawn.
func (s *Service) Withdraw(ctx context.Context, id record.ID, version int, in WithdrawInput) (c Certificate, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		c, err = certificates.Edit(tx, id, version, func(c *Certificate) error {
			c.WithdrawnAt, c.WithdrawnWhy = tx.Now, in.Reason
			tx.Note("step", certificates.Name(), id, "withdraw")
			return life.Move(tx.Context, c, "withdraw")
		})
		return err
	})
	return c, err
}

// Certificate returns one that the actor may see: anybody's, for those who read
// them all, or their own.
func (s *Service) Certificate(ctx context.Context, id record.ID) (c Certificate, err error) {
	if err := Read.Require(ctx); err != nil {
		return c, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		c, err = certificates.Get(tx, id)
		return err
	})
	if err != nil {
		return c, err
	}
	refused := Read.Check(ctx, c.Place())
	if refused == nil {
		return c, nil
	}
	if c.UserID != "" {
		return Certificate{}, refused
	}
	if account, err := s.Identity.Account(ctx); err != nil || c.Email == "" || account.Email != c.Email {
		return Certificate{}, refused
	}
	return c, nil
}

// MyCertificates lists the actor's own, newest first.
func (s *Service) MyCertificates(ctx context.Context) (found []Certificate, err error) {
	if err := access.SignedIn.Check(ctx, access.Place{}); err != nil {
		return nil, err
	}
	account, err := s.Identity.Account(ctx)
	if err != nil {
		return nil, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = certificatesFor(tx, account.ID, account.Email)
		return err
	})
	return found, err
}

// Certificates lists those of a programme.
func (s *Service) Certificates(ctx context.Context, programme record.ID, f Filter, p table.Page) (found []Certificate, total int, err error) {
	if err := Read.Check(ctx, Certificate{}.Place()); err != nil {
		return nil, 0, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.Supervision.Programme(tx.Context, programme); err != nil {
			return err
		}
		found, total, err = certificatesWhere(tx, programme, f, p)
		return err
	})
	return found, total, err
}

// Document is the file of a certificate, as it was issued.
func (s *Service) Document(ctx context.Context, id record.ID) (f files.File, err error) {
	c, err := s.Certificate(ctx, id)
	if err != nil {
		return f, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err := s.Files.Of(tx, c.Ref())
		if err == nil && len(all) == 0 {
			err = fault.New(fault.NotFound, "record.not_found")
		}
		if err != nil {
			return err
		}
		f = all[0]
		return nil
	})
	return f, err
}

// Checked is what anybody with the code of a certificate may know of it. It
// names nobody: whoever has the certificate has the name.
type Checked struct {
	Number   string     `json:"number"`
	Issuer   string     `json:"issuer"`
	IssuedOn civil.Date `json:"issued_on"`
	State    State      `json:"state"`
	SHA256   string     `json:"sha256" doc:"Fingerprint of the document"`
}

// Check says whether the certificate with a code stands.
func (s *Service) Check(ctx context.Context, code string) (v Checked, err error) {
	err = s.DB.ViewAcross(ctx, "whoever has a certificate may ask whether it stands", func(tx *db.Tx) error {
		c, err := certificateWith(tx, code)
		v = Checked{c.Full(), c.Content.V.Issuer, c.Content.V.On, c.State, c.SHA256}
		return err
	})
	return v, err
}

// ofPerson lists what was certified of somebody in a programme, newest first.
func (s *Service) ofPerson(ctx context.Context, v coverage.PersonView) (found []Certificate, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		all, err := certificatesOf(tx, v.Programme.ID)
		found = slices.DeleteFunc(all, func(c Certificate) bool { return !v.Person.Is(c.PersonID) })
		return err
	})
	return found, err
}
