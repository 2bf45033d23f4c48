package resolution_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/modules/calls"
	"bastida/internal/modules/drafts"
	"bastida/internal/platform/db"
	"bastida/internal/platform/mail"
	"bastida/internal/platform/table"
)

func TestAnAmendmentIsAnsweredAndFiledAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		if !a.Incomplete {
			t.Fatal("filed without the annex and not marked as incomplete")
		}
		w.clock.Set(dated("2020-02-17 09:00:00"))
		must(t, w.resolution.RequestAmendment(w.as(t, "technician"), []record.ID{a.ID}, "The annex is missing."))
		a = w.application(t, a.ID)
		// Ten working days after Monday 17 February, without the local holiday
		// of the 24th.
		if a.State != calls.Amending || a.AmendOn != civil.MustParse("2020-03-03") {
			t.Fatalf("%s until %s", a.State, a.AmendOn)
		}
		in := complete(10)
		a, err := w.applications.Save(w.as(t, small), a.ID, drafts.Keystrokes{}, in)
		must(t, err)
		number, filed, due := a.Number, a.FiledOn, a.ResolveOn
		a, err = w.applications.Submit(w.as(t, small), a.ID)
		must(t, err)
		if a.State != calls.Submitted || a.Number != number || a.FiledOn != filed || a.ResolveOn != due || a.Professionals != 10 {
			t.Fatalf("after the amendment: %s %s %s %s", a.State, a.Number, a.FiledOn, a.ResolveOn)
		}
		receipts, err := w.applications.Receipts(w.as(t, small), a.ID)
		must(t, err)
		if len(receipts) != 2 || receipts[0].Hash == receipts[1].Hash || a.Hash != receipts[0].Hash {
			t.Fatalf("receipts %v", receipts)
		}
		for _, r := range receipts {
			if !r.Valid() || !strings.Contains(r.Content, number) {
				t.Errorf("the receipt %s does not hold", r.Hash)
			}
		}
	})
}

func TestAnAmendmentThatIsNotAnsweredLapses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		must(t, w.resolution.RequestAmendment(w.as(t, "technician"), []record.ID{a.ID}, "The annex is missing."))
		a = w.application(t, a.ID)
		w.clock.Set(a.AmendOn.Start(dated("2020-01-01 00:00:00").Location()).AddDate(0, 0, 1).Add(-1))
		if got := w.application(t, a.ID).State; got != calls.Amending {
			t.Fatalf("on the last day it is %s", got)
		}
		w.clock.Set(a.AmendOn.AddDays(1).Start(dated("2020-01-01 00:00:00").Location()))
		if got := w.application(t, a.ID).State; got != calls.Lapsed {
			t.Fatalf("before the sweep it is read as %s", got)
		}
		if _, err := w.applications.Submit(w.as(t, small), a.ID); !errors.Is(err, fault.Conflict) {
			t.Fatalf("filed after the term: %v", err)
		}
		must(t, w.calls.Sweep(w.system(t)))
		must(t, w.calls.Sweep(w.system(t)))
		if again, err := w.applications.Start(w.as(t, small), w.call.ID); err != nil || again.ID == a.ID {
			t.Fatalf("a body whose application lapsed may begin another within the window: %v", err)
		}
	})
}

func TestEveryOutcomeIsReachedInOneApproval(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		all := w.proposed(t, map[string]calls.State{small: calls.Granted, other: calls.Denied, large: calls.Waiting})
		w.clock.Set(dated("2020-02-20 12:00:00"))
		call, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID)
		must(t, err)
		if call.State != calls.CallResolved || call.ResolvedBy != "Person legal" {
			t.Fatalf("call %s by %s", call.State, call.ResolvedBy)
		}
		for body, want := range map[string]calls.State{small: calls.Granted, other: calls.Denied, large: calls.Waiting} {
			a := w.application(t, all[body].ID)
			if a.State != want || a.NotifiedAt.IsZero() || a.ResolvedAt.IsZero() {
				t.Errorf("%s is %s", body, a.State)
			}
			if granted := want == calls.Granted; granted == a.AcceptOn.IsZero() {
				t.Errorf("%s accepts until %s", body, a.AcceptOn)
			}
			if got := w.mailTo(t, body); len(got) != 2 || !strings.Contains(got[0].Subject+got[1].Subject, a.Number) {
				t.Errorf("%s got %v", body, got)
			}
		}
		_, published, err := w.calls.Published(t.Context(), w.call.ID)
		must(t, err)
		if len(published) != 3 {
			t.Errorf("%d published", len(published))
		}
	})
}

func (w *world) mailTo(t *testing.T, person string) []mail.Message {
	t.Helper()
	found, _, err := mail.New(w.db, mail.Config{}).Mailbox(w.as(t, person), mail.Filter{}, table.Page{Number: 1, Size: 50, Sort: "created_at"})
	must(t, err)
	return found
}

func TestWhoProposesDoesNotApprove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.proposed(t, map[string]calls.State{small: calls.Granted})
		both := w.people["technician"].Actor()
		both.Role = actor.LegalOfficer
		if _, err := w.resolution.Approve(w.speaking(actor.With(t.Context(), both)), w.call.ID); keyOf(err) != "resolution.four_eyes" {
			t.Fatalf("the same person: %v", err)
		}
		if _, err := w.resolution.Approve(w.as(t, "second"), w.call.ID); !errors.Is(err, fault.Forbidden) {
			t.Fatalf("a technician: %v", err)
		}
	})
}

func TestNothingIsApprovedWhileSomethingIsMissing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		if _, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID); keyOf(err) != "resolution.not_closed" {
			t.Errorf("while open: %v", err)
		}
		w.clock.Set(dated("2020-02-17 09:00:00"))
		if _, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID); keyOf(err) != "resolution.pending" {
			t.Errorf("without a proposal: %v", err)
		}
		must(t, w.resolution.Admit(w.as(t, "technician"), []record.ID{a.ID}))
		must(t, w.resolution.Propose(w.as(t, "technician"), w.call.ID, []record.ID{a.ID}, calls.Outcome{
			Outcome: calls.Granted, Reasons: text.Localized{"ca": "Motiu"}, Hours: w.call.HoursBudget + 1,
		}))
		if _, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID); keyOf(err) != "resolution.over_budget" {
			t.Errorf("over budget: %v", err)
		}
	})
}

func TestAFailingNoticeRollsTheWholeApprovalBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		all := w.proposed(t, map[string]calls.State{small: calls.Granted, large: calls.Denied})
		w.clock.Set(dated("2020-02-20 12:00:00"))
		w.breakMail(t)
		if _, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID); err == nil {
			t.Fatal("approved without notices")
		}
		for body, a := range all {
			if got := w.application(t, a.ID); got.State != calls.Proposed || !got.ResolvedAt.IsZero() {
				t.Errorf("%s is %s", body, got.State)
			}
		}
		c, err := w.calls.Call(t.Context(), w.call.ID)
		must(t, err)
		if c.State != calls.CallClosed {
			t.Errorf("the call is %s", c.State)
		}
	})
}

// breakMail makes the second message from 20 February on fail: the first one is
// stored by then.
func (w *world) breakMail(t *testing.T) {
	t.Helper()
	must(t, w.db.Across(w.system(t), "a test breaks the schema", func(tx *db.Tx) error {
		_, err := db.All[mail.Message](tx, "CREATE UNIQUE INDEX one_message ON mail_message (tenant_id) WHERE created_at > 1582156800000")
		return err
	}))
}

func TestSilenceAccepts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.granted(t)
		zone := dated("2020-01-01 00:00:00").Location()
		w.clock.Set(a.AcceptOn.AddDays(1).Start(zone).Add(-1))
		must(t, w.calls.Sweep(w.system(t)))
		if got := w.application(t, a.ID); got.State != calls.Granted {
			t.Fatalf("on the last day it is %s", got.State)
		}
		w.clock.Set(a.AcceptOn.AddDays(1).Start(zone))
		must(t, w.calls.Sweep(w.system(t)))
		first := w.application(t, a.ID)
		must(t, w.calls.Sweep(w.system(t)))
		second := w.application(t, a.ID)
		if first.State != calls.Accepted || first.AcceptedHow != calls.Tacit || first.Version != second.Version {
			t.Fatalf("%s %s, versions %d and %d", first.State, first.AcceptedHow, first.Version, second.Version)
		}
	})
}

func (w *world) granted(t *testing.T) calls.Application {
	t.Helper()
	all := w.proposed(t, map[string]calls.State{small: calls.Granted})
	w.clock.Set(dated("2020-02-20 12:00:00"))
	_, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID)
	must(t, err)
	return w.application(t, all[small].ID)
}

func TestAGrantIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.granted(t)
		if _, err := w.resolution.Accept(w.as(t, large), a.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("another body accepts: %v", err)
		}
		if _, err := w.resolution.Accept(w.as(t, "technician"), a.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("the technician accepts: %v", err)
		}
		got, err := w.resolution.Accept(w.as(t, small), a.ID)
		must(t, err)
		if got.State != calls.Accepted || got.AcceptedHow != calls.Express {
			t.Fatalf("%s %s", got.State, got.AcceptedHow)
		}
		if _, err := w.resolution.Renounce(w.as(t, small), a.ID, "Late"); !errors.Is(err, fault.Conflict) {
			t.Fatalf("renounced after accepting: %v", err)
		}
	})
}

func TestAGrantIsRenouncedWithAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.granted(t)
		got, err := w.resolution.Renounce(w.as(t, small), a.ID, "We have found another way.")
		must(t, err)
		if got.State != calls.Renounced || got.RenounceCause == "" {
			t.Fatalf("%s", got.State)
		}
	})
}

func TestAnExclusionHasItsReasonAndIsResolvedToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		b := w.filed(t, large, complete(9))
		w.clock.Set(dated("2020-02-17 09:00:00"))
		must(t, w.resolution.Exclude(w.as(t, "technician"), []record.ID{a.ID, b.ID}, text.Localized{"ca": "Motiu", "en": "Reason"}))
		must(t, w.resolution.Admit(w.as(t, "technician"), []record.ID{b.ID}))
		must(t, w.resolution.Propose(w.as(t, "technician"), w.call.ID, []record.ID{b.ID}, calls.Outcome{Outcome: calls.PartlyGranted, Reasons: text.Localized{"ca": "Motiu"}, Hours: 9}))
		_, err := w.resolution.Approve(w.as(t, "legal"), w.call.ID)
		must(t, err)
		a, b = w.application(t, a.ID), w.application(t, b.ID)
		if a.State != calls.Excluded || a.NotifiedAt.IsZero() || a.Reasons.In("en") != "Reason" || b.State != calls.PartlyGranted {
			t.Fatalf("%s and %s", a.State, b.State)
		}
	})
}

func TestABulkStepIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.filed(t, small, complete(9)), w.filed(t, large, complete(9))
		_, err := w.applications.Withdraw(w.as(t, large), b.ID)
		must(t, err)
		err = w.resolution.Admit(w.as(t, "technician"), []record.ID{a.ID, b.ID})
		if f := fault.Of(err); f == nil || f.Key != "resolution.at_body" || f.Args[1] != "Vilagran" {
			t.Fatalf("a withdrawn one among them: %v", err)
		}
		if got := w.application(t, a.ID).State; got != calls.Submitted {
			t.Fatalf("the other one is %s", got)
		}
		if err := w.resolution.Admit(w.as(t, small), []record.ID{a.ID}); !errors.Is(err, fault.Forbidden) {
			t.Fatalf("an officer admits: %v", err)
		}
	})
}

func TestTheWindowOfAPublicCallMovesOnlyWithAReason(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		in := w.call.Input()
		in.Closes = civil.MustParse("2020-02-20")
		if _, err := w.calls.Rewrite(w.as(t, "technician"), w.call.ID, db.AnyVersion, in); !errors.Is(err, fault.Invalid) {
			t.Fatalf("without a reason: %v", err)
		}
		w.clock.Set(dated("2020-02-14 08:00:00"))
		in.Reason = "The portal was down."
		c, err := w.calls.Rewrite(w.as(t, "technician"), w.call.ID, db.AnyVersion, in)
		must(t, err)
		if c.State != calls.CallOpen || len(c.Changes.V) != 1 || c.Changes.V[0].Closes != civil.MustParse("2020-02-13") {
			t.Fatalf("%s with changes %v", c.State, c.Changes.V)
		}
		w.filed(t, small, complete(9))
	})
}

func TestACallIsCancelledInSight(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.calls.CancelCall(w.as(t, "technician"), w.call.ID, "No budget.")
		must(t, err)
		c, err := w.calls.Call(t.Context(), w.call.ID)
		must(t, err)
		if c.State != calls.CallCancelled || c.CancelledCause != "No budget." {
			t.Fatalf("%s %q", c.State, c.CancelledCause)
		}
		if _, err := w.applications.Start(w.as(t, small), w.call.ID); keyOf(err) != "calls.not_open" {
			t.Fatalf("begun after that: %v", err)
		}
	})
}

func TestTwoWindowsLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(2))
		ctx := w.as(t, small)
		typed := func(remarks, people string) url.Values {
			return url.Values{"remarks": {remarks}, "social_workers": {people}, "modality": {"cases"}}
		}
		// Both windows were drawn with version 1; the first one saves twice.
		for _, people := range []string{"four", "4"} {
			_, err := w.applications.SaveDraft(ctx, a.ID, drafts.Keystrokes{Version: 1, Tab: "one", Typed: typed("from one", people)})
			must(t, err)
		}
		for _, remarks := range []string{"from two", "from two, more"} {
			_, err := w.applications.SaveDraft(ctx, a.ID, drafts.Keystrokes{Version: 1, Tab: "two", Typed: typed(remarks, "7")})
			if !errors.Is(err, fault.Stale) {
				t.Fatalf("the second window saves over the first: %v", err)
			}
		}
		if got := w.application(t, a.ID); got.Remarks != "from one" || got.Professionals != 4 {
			t.Fatalf("saved %q with %d", got.Remarks, got.Professionals)
		}
		aside, err := w.applications.Copies(ctx, a.ID)
		must(t, err)
		if len(aside) != 1 || aside[0].Typed.V.Get("remarks") != "from two, more" {
			t.Fatalf("kept aside %v", aside)
		}
		used, err := w.applications.UseCopy(ctx, a.ID, aside[0].ID)
		must(t, err)
		if aside, err = w.applications.Copies(ctx, a.ID); err != nil || len(aside) != 0 || used.Remarks != "from two, more" || used.Professionals != 7 {
			t.Fatalf("after using the copy: %q, %d, %v, %v", used.Remarks, used.Professionals, aside, err)
		}
	})
}

func TestWhatIsTypedWrongIsKeptAndNotFiled(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		_, err := w.applications.SaveDraft(w.as(t, small), a.ID, drafts.Keystrokes{Tab: "one", Version: 1, Typed: url.Values{
			"social_workers": {"nine"}, "modality": {"cases"}, "consent_to_group": {"true"},
		}})
		must(t, err)
		_, err = w.applications.Submit(w.as(t, small), a.ID)
		if f := fault.Of(err); f == nil || f.Kind != fault.Invalid || f.Fields[0].Name != "social_workers" {
			t.Fatalf("filed with a number that is none: %v", err)
		}
	})
}

func TestAnAnnexIsPartOfTheReceipt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		ctx := w.as(t, small)
		_, sheet, err := w.applications.Annex(ctx, a.ID, "C1-034")
		must(t, err)
		if got := sheet.Values()["social_workers"]; got != int64(9) {
			t.Fatalf("what the application says is asked again: %v", got)
		}
		typed := sheet.Typed.V
		typed.Set("a_needs_text", "An invented need.")
		_, err = w.applications.SaveAnnex(ctx, a.ID, "C1-034", drafts.Keystrokes{Tab: "x", Typed: typed})
		must(t, err)
		_, err = w.applications.Attach(ctx, a.ID, "plan.txt", strings.NewReader("An invented plan."))
		must(t, err)
		a, err = w.applications.Submit(ctx, a.ID)
		must(t, err)
		receipts, err := w.applications.Receipts(ctx, a.ID)
		must(t, err)
		for _, part := range []string{"C1-034", "An invented need.", "plan.txt", a.BodyCode} {
			if !strings.Contains(receipts[0].Content, part) {
				t.Errorf("the receipt does not hold %q", part)
			}
		}
		if _, err := w.applications.Attach(ctx, a.ID, "late.txt", strings.NewReader("Late.")); keyOf(err) != "calls.not_editable" {
			t.Errorf("attached after filing: %v", err)
		}
	})
}

func TestOneBodyNeverSeesAnother(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		other := w.as(t, large)
		for name, try := range map[string]func() error{
			"read":     func() error { _, err := w.calls.Application(other, a.ID); return err },
			"save":     func() error { _, err := w.applications.Save(other, a.ID, drafts.Keystrokes{}, complete(1)); return err },
			"draft":    func() error { _, err := w.applications.SaveDraft(other, a.ID, drafts.Keystrokes{}); return err },
			"annex":    func() error { _, _, err := w.applications.Annex(other, a.ID, "C1-034"); return err },
			"submit":   func() error { _, err := w.applications.Submit(other, a.ID); return err },
			"withdraw": func() error { _, err := w.applications.Withdraw(other, a.ID); return err },
			"receipts": func() error { _, err := w.applications.Receipts(other, a.ID); return err },
			"files":    func() error { _, err := w.applications.Attachments(other, a.ID); return err },
			"history":  func() error { _, err := w.applications.History(other, a.ID); return err },
			"screen":   func() error { _, err := w.applications.Screen(other, a.ID); return err },
			"copies":   func() error { _, err := w.applications.Copies(other, a.ID); return err },
		} {
			if err := try(); !errors.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		found, total, err := w.calls.Applications(other, calls.Filter{}, table.Page{Number: 1, Size: 9, Sort: "number"})
		must(t, err)
		if len(found) != 0 || total != 0 {
			t.Errorf("the list shows %d", total)
		}
	})
}

func TestADraftIsNobodyElsesBusiness(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.begun(t, small, complete(9))
		if _, err := w.calls.Application(w.as(t, "technician"), a.ID); !errors.Is(err, fault.NotFound) {
			t.Fatalf("the technician reads a draft: %v", err)
		}
		found, err := w.calls.Of(w.as(t, "technician"), w.call.ID)
		must(t, err)
		if len(found) != 0 {
			t.Fatalf("the list shows %d drafts", len(found))
		}
	})
}
