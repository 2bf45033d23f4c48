package supervisors_test

import (
	"errors"
	"strings"
	"testing"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/table"
)

func page(sort string) table.Page { return table.Page{Number: 1, Size: 20, Sort: sort} }

func TestTheRegisterFindsWhatItIsAskedFor(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(t, sheet("Laia Serra", laia))
		everywhere := sheet("Pere Puig", pere)
		everywhere.Areas, everywhere.Languages, everywhere.Profession = nil, []string{"it"}, profession.Psychologist
		w.add(t, everywhere)
		for name, c := range map[string]struct {
			filter supervisors.Filter
			want   string
		}{
			"everybody":  {supervisors.Filter{}, "Laia Serra, Pere Puig"},
			"words":      {supervisors.Filter{Words: "inventada LAÏA"}, "Laia Serra"},
			"profession": {supervisors.Filter{Profession: profession.Psychologist}, "Pere Puig"},
			"language":   {supervisors.Filter{Language: "es"}, "Laia Serra"},
			"own area":   {supervisors.Filter{Area: "Alt Penedès"}, "Laia Serra, Pere Puig"},
			"other area": {supervisors.Filter{Area: "Garraf"}, "Pere Puig"},
			"state":      {supervisors.Filter{State: supervisors.Paused}, ""},
		} {
			found, total, err := w.Supervisors(w.as(t, auditor), c.filter, page("l.name_fold"))
			must(t, err)
			var names []string
			for _, line := range found {
				names = append(names, line.Name)
			}
			if got := strings.Join(names, ", "); got != c.want || total != len(names) {
				t.Errorf("%s: found %q of %d, want %q", name, got, total, c.want)
			}
		}
	})
}

func TestASheetIsRefusedWhereItContradictsWhatIsKnown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(t, sheet("Laia Serra", laia))
		for want, change := range map[string]func(*supervisors.SupervisorInput){
			"email: supervisors.email_taken":               func(in *supervisors.SupervisorInput) { in.Email = " LAIA@supervisio.example" },
			"areas: form.not_an_option":                    func(in *supervisors.SupervisorInput) { in.Areas = []string{"Nowhere"} },
			"home: form.not_an_option":                     func(in *supervisors.SupervisorInput) { in.Home = "99999" },
			"profession: form.not_an_option":               func(in *supervisors.SupervisorInput) { in.Profession = "juggler" },
			"weekly_hours: supervisors.week_beyond_season": func(in *supervisors.SupervisorInput) { in.WeeklyHours = 200 },
		} {
			in := sheet("Pere Puig", pere)
			change(&in)
			if _, err := w.Add(w.as(t, nuria), in); keyOf(err) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		if all, err := w.All(w.as(t, nuria)); err != nil || len(all) != 1 {
			t.Errorf("%d entered, %v", len(all), err)
		}
	})
}

func TestASupervisorSeesTheOwnSheetOnly(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		own, other := w.add(t, sheet("Laia Serra", laia)), w.add(t, sheet("Pere Puig", pere))
		ctx := w.as(t, laia)
		if mine, err := w.Mine(ctx); err != nil || mine.ID != own.ID {
			t.Errorf("mine: %v %v", mine.Name, err)
		}
		if _, err := w.Supervisor(ctx, other.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("another sheet: %v", err)
		}
		all, err := w.All(ctx)
		if _, total, _ := w.Supervisors(ctx, supervisors.Filter{}, page("l.name_fold")); err != nil || len(all) != 1 || total != 1 {
			t.Errorf("sees %d and lists %d, %v", len(all), total, err)
		}
		if _, err := w.Supervisor(w.as(t, officer), own.ID); !errors.Is(err, fault.Forbidden) {
			t.Errorf("a local officer: %v", err)
		}
		if _, err := w.Supervisor(w.as(t, toni), own.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("another tenant: %v", err)
		}
		if _, err := w.Edit(ctx, own.ID, own.Version, sheet("Laia the Great", laia)); !errors.Is(err, fault.Forbidden) {
			t.Errorf("rewrote the own sheet: %v", err)
		}
	})
}

func TestAnAccountMadeLaterIsTiedAtTheFirstVisit(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Marta Nova", "marta@supervisio.example"))
		if s.UserID != "" {
			t.Fatalf("tied to %s", s.UserID)
		}
		if _, err := w.Mine(w.as(t, laia)); !errors.Is(err, fault.NotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		w.person(t, "diba", "marta@supervisio.example", "supervisor")
		mine, err := w.Mine(w.as(t, "marta@supervisio.example"))
		must(t, err)
		if mine.ID != s.ID || mine.UserID != w.demo["marta@supervisio.example"].UserID {
			t.Errorf("tied %+v", mine)
		}
	})
}

func TestEvidenceIsVerifiedByAnotherPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		self := w.add(t, sheet("Oriol Vila", oriol))
		piece := w.diploma(t, self)
		seen := supervisors.VerificationInput{On: civil.MustParse("2020-01-20"), Seen: supervisors.Original}
		verify := func(email string, in supervisors.VerificationInput) (supervisors.Piece, error) {
			return w.VerifyEvidence(w.as(t, email), self.ID, piece.ID, in)
		}
		if _, err := verify(oriol, seen); keyOf(err) != "supervisors.verifier_oneself" {
			t.Errorf("oneself: %v", err)
		}
		if _, err := verify(auditor, seen); !errors.Is(err, fault.Forbidden) {
			t.Errorf("an auditor: %v", err)
		}
		if _, err := w.VerifyEvidence(w.system(t, "diba"), self.ID, piece.ID, seen); keyOf(err) != "supervisors.verifier_person" {
			t.Errorf("the program: %v", err)
		}
		if _, err := verify(nuria, supervisors.VerificationInput{On: civil.MustParse("2020-01-21"), Seen: supervisors.Copy}); keyOf(err) != "on: supervisors.in_the_future" {
			t.Errorf("tomorrow: %v", err)
		}
		_, err := w.Attach(w.as(t, nuria), self.ID, piece.ID, "diploma.txt", strings.NewReader("An invented diploma."))
		must(t, err)
		done, err := verify(nuria, seen)
		must(t, err)
		if !done.Verified() || done.Verifier != "Person "+nuria || done.VerifiedOn != seen.On {
			t.Errorf("verified %+v", done.Evidence)
		}
		if _, err := verify(nuria, seen); keyOf(err) != "supervisors.verified_already" {
			t.Errorf("twice: %v", err)
		}
		if _, err := w.Detach(w.as(t, nuria), self.ID, piece.ID, done.Files[0].ID); keyOf(err) != "supervisors.documents_kept" {
			t.Errorf("took away what was seen: %v", err)
		}
		_, err = w.UnverifyEvidence(w.as(t, nuria), self.ID, piece.ID)
		must(t, err)
		_, err = w.RemoveEvidence(w.as(t, nuria), self.ID, piece.ID)
		must(t, err)
		if left, err := w.EvidenceOf(w.as(t, nuria), self.ID); err != nil || len(left) != 0 {
			t.Errorf("left %v, %v", left, err)
		}
	})
}

func TestWhoNeedsActionComesFirst(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		calm, unseen, bare, ended := w.add(t, sheet("Anna", "anna@s.example")), w.add(t, sheet("Berta", "berta@s.example")),
			w.add(t, sheet("Carla", "carla@s.example")), w.add(t, sheet("Aina", "aina@s.example"))
		_, err := w.Move(w.as(t, nuria), ended.ID, ended.Version, "end")
		must(t, err)
		piece := w.diploma(t, calm)
		w.diploma(t, unseen)
		_, err = w.VerifyEvidence(w.as(t, nuria), calm.ID, piece.ID, supervisors.VerificationInput{On: civil.MustParse("2020-01-20"), Seen: supervisors.Copy})
		must(t, err)
		found, _, err := w.Supervisors(w.as(t, nuria), supervisors.Filter{}, page(supervisors.ByNeed))
		must(t, err)
		var order []string
		for _, line := range found {
			order = append(order, line.Name)
		}
		if got := strings.Join(order, " "); got != "Berta Carla Aina Anna" {
			t.Errorf("order %q", got)
		}
		if found[0].Unverified != 1 || found[1].ID != bare.ID || found[1].Evidence != 0 || found[3].Unverified != 0 || found[3].Evidence != 1 {
			t.Errorf("counted %+v", found)
		}
	})
}

func TestAnIncompatibilityHoldsUntilItsDay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, other := w.add(t, sheet("Laia Serra", laia)), w.add(t, sheet("Pere Puig", pere))
		near, past := w.bodies["vilarodona"].ID, w.bodies["ullastre"].ID
		ctx := w.as(t, nuria)
		held, err := w.AddIncompatibility(ctx, s.ID, supervisors.IncompatibilityInput{Body: near, Reason: supervisors.WorkedThere, Until: civil.MustParse("2020-01-20")})
		must(t, err)
		_, err = w.AddIncompatibility(ctx, s.ID, supervisors.IncompatibilityInput{Body: past, Reason: supervisors.Relative, Until: civil.MustParse("2020-01-19")})
		must(t, err)
		if _, err := w.AddIncompatibility(ctx, s.ID, supervisors.IncompatibilityInput{Body: "nobody", Reason: supervisors.Relative}); keyOf(err) != "body: form.not_an_option" {
			t.Errorf("no such body: %v", err)
		}
		found, err := w.Conflicts(ctx, s.ID, []record.ID{near, past})
		if err != nil || len(found) != 1 || found[0].BodyID != near {
			t.Errorf("conflicts %+v, %v", found, err)
		}
		if all, err := w.Incompatibilities(ctx); err != nil || len(all[s.ID]) != 1 {
			t.Errorf("incompatibilities %+v, %v", all, err)
		}
		if all, err := w.Incompatibilities(w.as(t, pere)); err != nil || len(all) != 0 {
			t.Errorf("another supervisor sees %+v, %v", all, err)
		}
		if _, err := w.RemoveIncompatibility(ctx, other.ID, held.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("through another sheet: %v", err)
		}
		if _, err := w.AddIncompatibility(w.as(t, laia), s.ID, supervisors.IncompatibilityInput{Body: near, Reason: supervisors.Relative}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("by oneself: %v", err)
		}
	})
}

func TestSupervisorsKeepTheirUnavailability(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s, other := w.add(t, sheet("Laia Serra", laia)), w.add(t, sheet("Pere Puig", pere))
		day := civil.MustParse("2020-03-02")
		added, err := w.AddUnavailability(w.as(t, laia), s.ID, supervisors.UnavailabilityInput{From: day, To: day.AddDays(4)})
		must(t, err)
		_, err = w.AddUnavailability(w.as(t, nuria), s.ID, supervisors.UnavailabilityInput{Weekdays: []string{"fri"}, Start: "15:00"})
		must(t, err)
		_, err = w.AddUnavailability(w.as(t, nuria), other.ID, supervisors.UnavailabilityInput{From: day})
		must(t, err)
		for name, c := range map[string]struct {
			email    string
			from, to civil.Date
			mine     int
			others   int
		}{
			"within":      {nuria, day.AddDays(2), day.AddDays(2), 2, 0},
			"on the edge": {nuria, day.AddDays(-9), day, 2, 1},
			"after":       {nuria, day.AddDays(5), day.AddDays(9), 1, 0},
			"by another":  {pere, day.AddDays(-9), day, 0, 1},
		} {
			found, err := w.Unavailable(w.as(t, c.email), c.from, c.to)
			must(t, err)
			if len(found[s.ID]) != c.mine || len(found[other.ID]) != c.others {
				t.Errorf("%s: %+v", name, found)
			}
		}
		if _, err := w.AddUnavailability(w.as(t, pere), s.ID, supervisors.UnavailabilityInput{From: day}); !errors.Is(err, fault.NotFound) {
			t.Errorf("by another supervisor: %v", err)
		}
		if _, err := w.RemoveUnavailability(w.as(t, pere), other.ID, added.ID); !errors.Is(err, fault.NotFound) {
			t.Errorf("through the own sheet: %v", err)
		}
		_, err = w.RemoveUnavailability(w.as(t, laia), s.ID, added.ID)
		must(t, err)
	})
}

func TestContactDataIsKeptByBothAndTheRestStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := w.add(t, sheet("Laia Serra", laia))
		edited, err := w.EditContact(w.as(t, laia), s.ID, s.Version, supervisors.SupervisorContactInput{Phone: "600 999 999", Home: "08002"})
		must(t, err)
		if edited.Phone != "600 999 999" || edited.HomeCode != "08002" || edited.WeeklyMinutes != 450 || !edited.WorksIn("alt penedes") || edited.UserID != s.UserID {
			t.Errorf("edited %+v", edited)
		}
		if _, err := w.EditContact(w.as(t, laia), s.ID, s.Version, supervisors.SupervisorContactInput{}); !errors.Is(err, fault.Stale) {
			t.Errorf("an old version: %v", err)
		}
	})
}
