package certificates_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/certificates"
	"bastida/internal/modules/sessions"
	"bastida/internal/platform/db"
)

func TestACertificateIsIssuedWhenTheThresholdIsMet(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if _, err := w.issue(t, "anna"); why(err) != "coverage.reason.nothing_attended" {
			t.Errorf("before the first session: %v", err)
		}
		w.hold(t)
		c, err := w.issue(t, "anna")
		must(t, err)
		if c.Full() != "1/2020" || c.Content.V.Minutes != 240 || c.Content.V.Held != 240 || len(c.SHA256) != 64 {
			t.Errorf("got %s, %+v", c.Full(), c.Content.V)
		}
		if c, err := w.issue(t, "berta"); err != nil || c.Full() != "2/2020" || c.Content.V.Minutes != 192 {
			t.Errorf("exactly 80 %% is at least 80 %%: %+v, %v", c.Content.V, err)
		}
		if _, err := w.issue(t, "joan"); why(err) != "coverage.reason.below" {
			t.Errorf("half of the time: %v", err)
		}
		if _, err := w.issue(t, "anna"); why(err) != "certificates.certificate.already" {
			t.Errorf("twice: %v", err)
		}
		for _, name := range []string{"officer", "anna", "laia"} {
			if _, err := w.Issue(w.as(t, name), w.programme.ID, w.members["berta"].ID, c.Kind); !errors.Is(err, fault.Forbidden) {
				t.Errorf("issued by %s: %v", name, err)
			}
		}
		if _, err := w.Issue(w.as(t, "elsewhere"), w.programme.ID, w.members["berta"].ID, c.Kind); !errors.Is(err, fault.NotFound) {
			t.Errorf("issued by another tenant: %v", err)
		}
	})
}

func TestTheDocumentSaysHoursAndNothingElse(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		c, err := w.issue(t, "anna")
		must(t, err)
		f, err := w.Document(w.as(t, "anna"), c.ID)
		must(t, err)
		if f.SHA256 != c.SHA256 || f.MediaType != "application/pdf" || f.Name != "certificate-2020-1.pdf" {
			t.Errorf("got %+v", f)
		}
		content, err := w.Files.Open(f)
		must(t, err)
		raw, err := io.ReadAll(content)
		must(t, errors.Join(err, content.Close()))
		if !strings.HasPrefix(string(raw), "%PDF-1.7") {
			t.Error("not a PDF")
		}
		if _, err := w.Document(w.as(t, "joan"), c.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("somebody else's: %v", err)
		}
	})
}

func TestACorrectionNamesTheOldOneWhichKeepsWhatItSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		ctx := w.as(t, "technician")
		old, err := w.issue(t, "berta")
		must(t, err)
		if _, err := w.Correct(ctx, old.ID, old.Version); why(err) != "certificates.certificate.same" {
			t.Errorf("nothing to correct: %v", err)
		}
		_, err = w.sessions.Correct(ctx, w.booked[1].ID, sessions.CorrectInput{
			MarkInput: sessions.MarkInput{Participant: w.members["berta"].ID, Mark: sessions.Present}, Reason: "She stayed to the end",
		})
		must(t, err)
		corrected, err := w.Correct(ctx, old.ID, old.Version)
		must(t, err)
		if corrected.Content.V.Minutes != 240 || corrected.Content.V.Corrects != old.Full() || corrected.Corrects != old.ID {
			t.Errorf("the new one: %+v", corrected)
		}
		kept, err := w.Certificate(ctx, old.ID)
		must(t, err)
		if kept.State != certificates.Replaced || kept.ReplacedBy != corrected.ID || kept.Content.V.Minutes != 192 || kept.SHA256 != old.SHA256 {
			t.Errorf("the old one: %+v", kept)
		}
		withdrawn, err := w.Withdraw(ctx, corrected.ID, corrected.Version, certificates.WithdrawInput{Reason: "Wrong person"})
		if err != nil || withdrawn.State != certificates.Withdrawn || withdrawn.WithdrawnWhy != "Wrong person" {
			t.Errorf("withdrawn: %+v, %v", withdrawn, err)
		}
		if _, err := w.Withdraw(ctx, old.ID, db.AnyVersion, certificates.WithdrawInput{Reason: "Again"}); !errors.Is(err, fault.Conflict) {
			t.Errorf("a replaced one: %v", err)
		}
	})
}

func TestPeopleSeeTheirOwnCertificates(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		c, err := w.issue(t, "anna")
		must(t, err)
		early, err := w.issue(t, "berta") // has no account yet
		must(t, err)
		w.person(t, "funder", "berta", "professional", "valley")
		for name, want := range map[string]string{"anna": c.Full(), "berta": early.Full()} {
			mine, err := w.MyCertificates(w.as(t, name))
			if err != nil || len(mine) != 1 || mine[0].Full() != want {
				t.Errorf("%s has %v, %v", name, mine, err)
			}
			if _, err := w.Certificate(w.as(t, name), mine[0].ID); err != nil {
				t.Errorf("%s opens their own: %v", name, err)
			}
		}
		if mine, err := w.MyCertificates(w.as(t, "joan")); err != nil || len(mine) != 0 {
			t.Errorf("Joan has %v, %v", mine, err)
		}
		for _, name := range []string{"joan", "officer", "elsewhere"} {
			if _, err := w.Certificate(w.as(t, name), c.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("%s opens Anna's: %v", name, err)
			}
		}
	})
}

func TestCreditComesFromTheGroupAndAnAccreditationBeforeIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		ctx := w.as(t, "technician")
		v, err := w.CreditOf(ctx, w.group.ID)
		must(t, err)
		if v.Credit != certificates.MonoCredit || !v.Given || v.First.String() != "2020-02-04" {
			t.Errorf("got %+v", v)
		}
		in := certificates.AccreditationInput{Event: "EV-77", By: "Invented order", On: civil.MustParse("2020-01-15"), Hours: 3}
		a, err := w.Accredit(ctx, w.group.ID, in)
		if err != nil || a.Credit != certificates.MonoCredit || a.Minutes != 180 {
			t.Errorf("got %+v, %v", a, err)
		}
		w.hold(t)
		in.On = civil.MustParse("2020-02-04")
		if _, err := w.Accredit(ctx, w.group.ID, in); !errors.Is(err, fault.Invalid) || fault.Of(err).Fields[0].Key != "certificates.accreditation.late" {
			t.Errorf("on the day of the first session: %v", err)
		}
		c, err := w.issue(t, "anna")
		must(t, err)
		e := c.Content.V.Parts[0].Earned
		if e == nil || e.Event != "EV-77" || e.Credits == nil || *e.Credits != 4.5 {
			t.Errorf("no more than the hours accredited: %+v", e)
		}
		if _, err := w.CreditOf(w.as(t, "officer"), w.group.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("an officer: %v", err)
		}
	})
}

func TestAnybodyWithTheCodeLearnsWhetherItStands(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.hold(t)
		c, err := w.issue(t, "anna")
		must(t, err)
		v, err := w.Check(t.Context(), c.Code)
		if err != nil || v.State != certificates.Valid || v.Number != "1/2020" || v.SHA256 != c.SHA256 {
			t.Errorf("got %+v, %v", v, err)
		}
		if _, err := w.Check(t.Context(), "made-up"); !errors.Is(err, fault.NotFound) {
			t.Errorf("a made-up code: %v", err)
		}
	})
}
