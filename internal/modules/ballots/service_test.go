package ballots_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"bastida/internal/kernel/fault"
	"bastida/internal/modules/ballots"
	"bastida/internal/modules/evaluation"
	"bastida/internal/platform/db"
)

func marked(competence string) ballots.Ballot {
	return ballots.Ballot{Marks: map[ballots.Question]string{ballots.Competence: competence, ballots.Restorative: "4", "goal_1": "6"}}
}

func TestACodeAnswersOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		key := w.code(t, "berta")
		sheet, err := w.SheetOfCode(t.Context(), key)
		if err != nil || sheet.Group.ID != w.large.ID || len(sheet.Questions) != 5 {
			t.Fatalf("%+v, %v", sheet, err)
		}
		refused(t, w.AnswerByCode(t.Context(), key, ballots.Ballot{}), fault.Invalid, "")
		must(t, w.AnswerByCode(t.Context(), key, marked("7")))
		refused(t, w.AnswerByCode(t.Context(), key, marked("7")), fault.NotFound, "ballots.code_unknown")
		refused(t, w.AnswerByCode(t.Context(), "guess", marked("7")), fault.NotFound, "ballots.code_unknown")
		found, err := w.Results(w.as(t, "technician"), r.ID)
		if err != nil || found.Ballots != 1 || found.Asked != 9 || len(found.Whole) != 0 {
			t.Errorf("%+v, %v", found, err)
		}
	})
}

func TestAReminderGoesToThoseWhoseCodesWaitAndOneAnswerBurnsThemAll(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		must(t, w.AnswerByCode(t.Context(), w.code(t, "berta"), marked("7")))
		_, err := w.evaluation.Remind(w.as(t, "technician"), r.ID)
		must(t, err)
		if a, b := w.codes(t, "berta"), w.codes(t, "carla"); len(a) != 1 || len(b) != 2 {
			t.Errorf("%d and %d letters", len(a), len(b))
		}
		both := w.codes(t, "carla")
		must(t, w.AnswerByCode(t.Context(), both[0], marked("7")))
		refused(t, w.AnswerByCode(t.Context(), both[1], marked("7")), fault.NotFound, "")
		w.wait(8)
		must(t, w.evaluation.Sweep(w.system(t)))
		if a := w.codes(t, "dora"); len(a) != 3 {
			t.Errorf("%d letters", len(a))
		}
		w.enrolled(t, w.small, "poble", "late")
		must(t, w.evaluation.Sweep(w.system(t)))
		if a := w.codes(t, "late"); len(a) != 1 {
			t.Errorf("who came later has %d codes", len(a))
		}
	})
}

func TestWhoIsSignedInNeedsNoCode(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.SheetHere(w.as(t, "anna"), w.large.ID)
		refused(t, err, fault.NotFound, "ballots.nothing_asked")
		w.begun(t, evaluation.Final)
		waiting, err := w.Waiting(w.as(t, "anna"))
		if err != nil || len(waiting) != 1 || waiting[0].Href() != "/my-supervision/evaluate/"+w.large.ID.String() {
			t.Fatalf("%+v, %v", waiting, err)
		}
		refused(t, w.AnswerHere(w.as(t, "technician"), w.large.ID, marked("7")), fault.NotFound, "")
		refused(t, w.AnswerHere(w.as(t, "anna"), w.small.ID, marked("7")), fault.NotFound, "")
		must(t, w.AnswerHere(w.as(t, "anna"), w.large.ID, marked("7")))
		refused(t, w.AnswerHere(w.as(t, "anna"), w.large.ID, marked("7")), fault.NotFound, "")
		refused(t, w.AnswerByCode(t.Context(), w.code(t, "anna"), marked("7")), fault.NotFound, "")
	})
}

func TestBallotsCastAtTheSameTimeAllFall(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.begun(t, evaluation.Final)
		var all sync.WaitGroup
		for n, name := range []string{"anna", "berta", "carla", "dora", "emma", "flora"} {
			key := w.code(t, name)
			all.Go(func() {
				if err := w.AnswerByCode(t.Context(), key, marked(fmt.Sprint(n))); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		found, err := w.Results(w.as(t, "technician"), r.ID)
		if err != nil || found.Ballots != 6 {
			t.Errorf("%+v, %v", found, err)
		}
	})
}

// answered lets everybody of the large group answer, and two of the small one.
func (w *world) answered(t *testing.T) evaluation.Round {
	t.Helper()
	r := w.begun(t, evaluation.Final)
	for n, name := range []string{"berta", "carla", "dora", "emma", "flora"} {
		in := marked(fmt.Sprint(5 + n))
		in.Words = "Paraules " + string("zyxwv"[n])
		must(t, w.AnswerByCode(t.Context(), w.code(t, name), in))
	}
	must(t, w.AnswerHere(w.as(t, "anna"), w.large.ID, ballots.Ballot{
		Marks: map[ballots.Question]string{ballots.Competence: "3"}, Words: "Secret de l’Anna",
	}))
	must(t, w.AnswerByCode(t.Context(), w.code(t, "gala"), marked("1")))
	return r
}

func TestResultsAppearOnceClosedAndHideTheFew(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.answered(t)
		_, err := w.Results(w.as(t, "supervisor"), r.ID)
		refused(t, err, fault.Forbidden, "ballots.results_later")
		w.close(t, r)
		for name, words := range map[string]int{"technician": 6, "legal": 6, "auditor": 6, "supervisor": 0} {
			found, err := w.Results(w.as(t, name), r.ID)
			if err != nil || len(found.Words) != words || len(found.Groups) != 2 {
				t.Fatalf("%s: %+v, %v", name, found, err)
			}
			if !slices.IsSorted(found.Words) {
				t.Errorf("%v", found.Words)
			}
			// The large group alone could be shown; with the programme it would give away the small one.
			_, large := found.Groups[0].Means[ballots.Competence]
			_, small := found.Groups[1].Means[ballots.Competence]
			_, whole := found.Whole[ballots.Competence]
			if small || large && whole {
				t.Errorf("%s sees large %v, small %v, programme %v", name, large, small, whole)
			}
		}
		_, err = w.Results(w.as(t, "vila"), r.ID)
		refused(t, err, fault.Forbidden, "ballots.not_of_bodies")
		for _, name := range []string{"stranger", "outsider"} {
			_, err = w.Results(w.as(t, name), r.ID)
			refused(t, err, fault.NotFound, "")
		}
		refused(t, w.AnswerByCode(t.Context(), w.code(t, "hilda"), marked("7")), fault.NotFound, "ballots.code_unknown")
	})
}

// TestNothingInTheDatabaseTiesAnAnswerToAPerson looks through every row of every
// table, and through the audit trail, after everybody has answered.
func TestNothingInTheDatabaseTiesAnAnswerToAPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		before := w.trail(t)
		r := w.begun(t, evaluation.Final)
		asked := w.trail(t)
		if asked == before {
			t.Error("opening a round leaves no trace")
		}
		keys := map[string]string{}
		for _, name := range []string{"anna", "berta", "carla"} {
			keys[name] = w.code(t, name)
		}
		must(t, w.AnswerHere(w.as(t, "anna"), w.large.ID, ballots.Ballot{
			Marks: map[ballots.Question]string{ballots.Competence: "3"}, Words: "Secret de l’Anna",
		}))
		must(t, w.AnswerByCode(t.Context(), keys["berta"], marked("9")))
		if after := w.trail(t); after != asked {
			t.Errorf("answering leaves %d entries in the audit trail", after-asked)
		}
		must(t, w.db.View(w.system(t), func(tx *db.Tx) error {
			boxes, err := db.All[string](tx, "SELECT group_id || ' ' || asked || ' ' || marks || ' ' || words FROM ballots_box WHERE tenant_id = $1 ORDER BY id")
			must(t, err)
			for _, box := range boxes {
				if strings.Contains(box, "Secret") && !strings.HasPrefix(box, " ") {
					t.Errorf("words lie with a group: %s", box)
				}
				if strings.Contains(box, w.people["anna"].UserID.String()) {
					t.Errorf("a box names an account: %s", box)
				}
			}
			if !strings.Contains(strings.Join(boxes, "\n"), `"competence":[3,9]`) {
				t.Errorf("marks are not kept in order: %v", boxes)
			}
			left, err := db.All[string](tx, "SELECT user_id || ' ' || participant_id || ' ' || fingerprint FROM ballots_code WHERE tenant_id = $1 ORDER BY id")
			must(t, err)
			if len(left) != 7 || strings.Contains(strings.Join(left, " "), w.people["anna"].UserID.String()) {
				t.Errorf("%d codes are left: %v", len(left), left)
			}
			for _, key := range keys {
				if strings.Contains(strings.Join(left, " "), key) {
					t.Error("a code is stored as it is")
				}
			}
			return nil
		}))
		w.close(t, r)
		must(t, w.db.View(w.system(t), func(tx *db.Tx) error {
			left, err := db.All[string](tx, "SELECT id FROM ballots_code WHERE tenant_id = $1 ORDER BY id")
			if len(left) != 0 {
				t.Errorf("%d codes outlive the round", len(left))
			}
			return err
		}))
	})
}

// trail is how many entries the audit trail has.
func (w *world) trail(t *testing.T) (entries int) {
	t.Helper()
	must(t, w.db.View(w.system(t), func(tx *db.Tx) (err error) {
		entries, err = db.One[int](tx, "SELECT COUNT(*) FROM audit_entry WHERE tenant_id = $1")
		return err
	}))
	return entries
}
