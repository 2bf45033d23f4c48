package resolution_test

import (
	"strings"
	"testing"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/mail"
)

// told finds the one message to a person whose subject says something, and
// checks what every message has: the whole address of the application, and the
// body's name by itself, where no article or elision can go wrong.
func (w *world) told(t *testing.T, person, subject string, a calls.Application) {
	t.Helper()
	var found mail.Message
	count := 0
	for _, m := range w.mailTo(t, person) {
		if strings.Contains(m.Subject, subject) {
			found = m
			count++
		}
	}
	if count != 1 {
		t.Fatalf("%d messages say %q", count, subject)
	}
	found, err := mail.New(w.db, mail.Config{}).Message(w.as(t, person), found.ID)
	must(t, err)
	if !strings.Contains(found.Text, "\nhttps://portal.example"+a.Href()) || !strings.Contains(found.Text, "Ens: "+a.BodyName+"\n") {
		t.Errorf("the message is %s", found.Text)
	}
}

func TestABodyIsToldThatItsApplicationLapsed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.filed(t, small, complete(9))
		must(t, w.resolution.RequestAmendment(w.as(t, "technician"), []record.ID{a.ID}, "The annex is missing."))
		a = w.application(t, a.ID)
		w.told(t, small, "Cal esmenar", a)
		w.clock.Set(a.AmendOn.AddDays(1).Start(i18n.Zone))
		must(t, w.calls.Sweep(w.system(t)))
		must(t, w.calls.Sweep(w.system(t)))
		w.told(t, small, "es dona per desistida", a)
		if got := len(w.mailTo(t, small)); got != 2 {
			t.Errorf("%d messages", got)
		}
	})
}

func TestABodyIsToldThatItsSilenceAccepts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.granted(t)
		w.told(t, small, "admesa", a)
		w.told(t, small, "Concedida", a)
		w.clock.Set(a.AcceptOn.AddDays(1).Start(i18n.Zone))
		must(t, w.calls.Sweep(w.system(t)))
		must(t, w.calls.Sweep(w.system(t)))
		w.told(t, small, "s’entén acceptada", a)
	})
}

func TestSilenceDoesNotAcceptWithoutANotice(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.granted(t)
		w.clock.Set(a.AcceptOn.AddDays(1).Start(i18n.Zone))
		w.breakMail(t)
		if err := w.calls.Sweep(w.system(t)); err == nil {
			t.Fatal("swept without notices")
		}
		if got := w.application(t, a.ID); got.Version != a.Version {
			t.Errorf("stored as %s", got.State)
		}
	})
}
