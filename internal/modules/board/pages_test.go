package board_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/modules/board"
	"bastida/internal/modules/grouping"
	"bastida/internal/platform/i18n"
)

func TestATechnicianFormsGroupsThroughThePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, w.actor(actor.Technician))
		form := v.Get("/calls/" + w.call.ID.String() + "/groupings/new")
		queued := v.Submit(form, "#board-start", url.Values{"rounds": {"40"}, "seconds": {"60"}})
		if queued.Status != http.StatusOK || queued.Find(".progress").Length() != 1 {
			t.Fatalf("%d %s", queued.Status, queued.Body)
		}
		path, _, _ := strings.Cut(queued.Path, "?")
		if part := v.Get(path + "/progress"); part.Header.Get("HX-Refresh") != "" || part.Find("html body .app").Length() != 0 {
			t.Error("the part of the page that asks again is a whole page")
		}
		if _, err := w.worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if part := v.Get(path + "/progress"); part.Header.Get("HX-Refresh") != "true" {
			t.Error("the page does not learn that the search has ended")
		}
		board := v.Get(path)
		if board.Find(".figure").Length() != 5 || board.Find(".map-shape").Length() == 0 || board.Find(".table tbody tr").Length() < 4 {
			t.Errorf("%s", board.Body)
		}
		if strings.Contains(board.Body, "board.") {
			t.Errorf("a message is missing: %s", excerpt(board.Body))
		}
		if missing := v.Get("/groupings/none"); missing.Status != http.StatusNotFound {
			t.Errorf("a run that is not there: %d", missing.Status)
		}
	})
}

// excerpt is where a message key shows.
func excerpt(body string) string {
	at := strings.Index(body, "board.")
	return body[max(0, at-40):min(len(body), at+60)]
}

func TestEveryPageIsSaidInEveryLanguage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		application, number := mover(t, b)
		b, err := w.Move(w.as(t, actor.Technician), b.Run.ID, b.Run.Version, application, grouping.Own)
		must(t, err)
		other := w.searched(t)
		v := w.visit(t, w.actor(actor.Technician))
		run, call := "/groupings/"+b.Run.ID.String(), "/calls/"+w.call.ID.String()+"/groupings"
		for _, path := range []string{
			"/groupings", call, call + "/new", call + "/compare?a=" + b.Run.ID.String() + "&b=" + other.Run.ID.String(),
			run, run + "?view=table", run + "/rerun", run + "/groups/" + strconv.Itoa(number),
			run + "/groups/" + strconv.Itoa(number) + "/name", run + "/move/" + application.String(),
			run + "/move/" + b.Left[0].Application.String(),
		} {
			page := v.Get(path)
			if page.Status != http.StatusOK || strings.Contains(page.Body, ">board.") || strings.Contains(page.Body, "<no value>") {
				t.Errorf("%s: %d %s", path, page.Status, excerpt(page.Body))
			}
			if page.Find("[style], script:not([src])").Length() > 0 {
				t.Errorf("%s: the content policy forbids it", path)
			}
		}
	})
}

func TestAMoveByMenuByDragAndBack(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		application, number := mover(t, b)
		v := w.visit(t, w.actor(actor.Technician))
		run := "/groupings/" + b.Run.ID.String()
		costs := v.Get(run + "/move/" + application.String())
		if costs.Find("tbody tr").Length() < len(b.Teams) || costs.Find("select[name=to] option[value=none]").Length() != 1 {
			t.Fatalf("%s", costs.Body)
		}
		moved := v.Submit(costs, "#board-move", url.Values{"to": {"none"}})
		if moved.Find("#unserved [data-drag='"+application.String()+"']").Length() != 1 {
			t.Errorf("%d: it is not among those without a group", moved.Status)
		}
		list := v.Get(run + "?view=table")
		back := v.Submit(list, "#drag", url.Values{"drag": {application.String()}, "drop": {strconv.Itoa(number)}})
		if back.Find("[data-drop='"+strconv.Itoa(number)+"'] [data-drag='"+application.String()+"']").Length() != 1 {
			t.Errorf("%d: it is not back in its group", back.Status)
		}
		alone := v.Submit(v.Get(run+"/move/"+application.String()), "form:has(input[name=to][value=own])", nil)
		if alone.Find(".tone-crit").Length() == 0 {
			t.Error("the group of one small body is not said to break a limit")
		}
		if accept := alone.Find("form[action$='/accept']"); accept.Length() != 0 {
			t.Error("broken limits can be accepted")
		}
	})
}

func TestGroupsAreAcceptedThroughThePages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		v := w.visit(t, w.actor(actor.Technician))
		board := v.Get("/groupings/" + b.Run.ID.String())
		asked := v.Submit(board, "form[action$='/accept']", nil)
		accepted := v.Submit(asked, "form[action$='/accept']", nil)
		if accepted.Status != http.StatusOK || !strings.Contains(accepted.Body, "Accepted") {
			t.Fatalf("%d %s", accepted.Status, accepted.Body)
		}
		for _, a := range w.applications(t) {
			for _, lang := range i18n.Languages {
				if a.Reasons[lang] == "" || strings.Contains(a.Reasons[lang], "board.") {
					t.Fatalf("%s is told %v", a.BodyName, a.Reasons)
				}
			}
		}
	})
}

func TestWhoMayOpenWhat(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		run, call := "/groupings/"+b.Run.ID.String(), "/calls/"+w.call.ID.String()+"/groupings"
		elsewhere := w.actor(actor.Technician)
		elsewhere.Tenant = w.other
		cases := []struct {
			who    actor.Actor
			status int
		}{
			{w.actor(actor.Technician), http.StatusOK},
			{w.actor(actor.LegalOfficer), http.StatusOK},
			{w.actor(actor.LocalOfficer), http.StatusForbidden},
			{elsewhere, http.StatusNotFound},
		}
		for _, c := range cases {
			v := w.visit(t, c.who)
			for _, path := range []string{run, call, run + "/groups/1", run + "/groups.csv", run + "/progress", "/api/v1" + run, "/api/v1" + run + "/groups/1"} {
				if got := v.Get(path).Status; got != c.status {
					t.Errorf("%s at %s: %d %s, want %d", c.who.Role, c.who.Tenant, got, path, c.status)
				}
			}
		}
		legal := w.visit(t, w.actor(actor.LegalOfficer))
		if legal.Get(call).Find("main a[href$='/groupings/new']").Length() != 0 || legal.Get(call+"/new").Status != http.StatusForbidden || legal.Get(run).Find("main form[method=post]").Length() != 0 {
			t.Error("whoever may only read is offered changes")
		}
		if got := legal.Post(run+"/copy", nil).Status; got != http.StatusForbidden {
			t.Errorf("a copy by the legal officer: %d", got)
		}
	})
}

func TestJSON(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, w.actor(actor.Technician))
		in, err := json.Marshal(w.usual(t))
		must(t, err)
		made := v.JSON(http.MethodPost, "/api/v1/calls/"+w.call.ID.String()+"/groupings", "", string(in))
		var run board.RunShape
		if err := json.Unmarshal([]byte(made.Body), &run); err != nil || made.Status != http.StatusCreated || run.State != "queued" {
			t.Fatalf("%d %s", made.Status, made.Body)
		}
		if _, err := w.worker.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		path := "/api/v1/groupings/" + run.ID
		var board board.BoardShape
		must(t, json.Unmarshal([]byte(v.JSON(http.MethodGet, path, "", "").Body), &board))
		if board.Run.State != "done" || len(board.Groups) == 0 || len(board.Unserved) < 2 || board.Run.LowerBound <= 0 {
			t.Errorf("%+v", board.Run)
		}
		member := board.Groups[0].Members[0]
		moved := v.JSON(http.MethodPost, path+"/move/"+member.Application, "", `{"to":"none"}`)
		wrong := v.JSON(http.MethodPost, path+"/move/"+member.Application, "", `{"to":"elsewhere"}`)
		if moved.Status != http.StatusCreated || wrong.Status != http.StatusUnprocessableEntity {
			t.Errorf("%d %s, %d", moved.Status, moved.Body, wrong.Status)
		}
		if undone := v.JSON(http.MethodPost, path+"/undo", "", ""); undone.Status != http.StatusOK {
			t.Errorf("%d %s", undone.Status, undone.Body)
		}
		accepted := v.JSON(http.MethodPost, path+"/accept", "", "")
		if accepted.Status != http.StatusOK || !strings.Contains(accepted.Body, `"state":"accepted"`) {
			t.Errorf("%d %s", accepted.Status, accepted.Body)
		}
	})
}

func TestCSVIsThatOfTheCommandLine(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		v := w.visit(t, w.actor(actor.Auditor))
		lines, err := csv.NewReader(strings.NewReader(v.Get("/groupings/" + b.Run.ID.String() + "/groups.csv").Body)).ReadAll()
		must(t, err)
		if strings.Join(lines[0], ",") != "group,modality,code,professionals,meeting_code,km" {
			t.Errorf("header %v", lines[0])
		}
		professionals := 0
		for _, line := range lines[1:] {
			n, err := strconv.Atoi(line[3])
			must(t, err)
			professionals += n
		}
		if professionals != b.Run.Served {
			t.Errorf("%d professionals in the file, %d in the run", professionals, b.Run.Served)
		}
	})
}

func TestFormsRefuseAndKeepWhatWasTyped(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		v := w.visit(t, w.actor(actor.Technician))
		form := v.Get("/calls/" + w.call.ID.String() + "/groupings/new")
		refused := v.Submit(form, "#board-start", url.Values{"min": {"12"}, "max": {"9"}})
		if refused.Status != http.StatusUnprocessableEntity || refused.Find("input[name=min]").AttrOr("value", "") != "12" {
			t.Errorf("%d", refused.Status)
		}
		b := w.searched(t)
		run := "/groupings/" + b.Run.ID.String()
		stale := v.Post(run+"/undo", url.Values{"version": {"999"}})
		if stale.Status != http.StatusConflict {
			t.Errorf("%d", stale.Status)
		}
		named := v.Submit(v.Get(run+"/groups/1/name"), "#board-name", url.Values{"name": {"Plana"}})
		if named.Find("h1").Text() != "Plana" {
			t.Errorf("%d %s", named.Status, named.Find("h1").Text())
		}
		if locked := v.Submit(named, "form[action$='/lock']", nil); !strings.Contains(locked.Body, "Unlock") {
			t.Errorf("%d %s", locked.Status, fault.NotFound)
		}
	})
}

func TestABrokenLimitComesFirstWithTheWayToMendIt(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		b := w.searched(t)
		application, _ := mover(t, b)
		b, err := w.Move(w.as(t, actor.Technician), b.Run.ID, b.Run.Version, application, grouping.Own)
		must(t, err)
		run := "/groupings/" + b.Run.ID.String()
		first := w.visit(t, w.actor(actor.Technician)).Get(run).Find(".issue-line").First()
		if !first.HasClass("tone-crit") || first.Find("a[href]").Length() != 1 {
			t.Error("the first issue is no broken limit with a way to mend it")
		}
		if w.visit(t, w.actor(actor.Auditor)).Get(run).Find(".issue-line a[href]").Length() != 0 {
			t.Error("whoever may only read is offered to mend")
		}
	})
}

func TestStartingNeedsThePermissionOfItsVerb(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		call := "/calls/" + w.call.ID.String() + "/groupings"
		for _, role := range []actor.Role{actor.LegalOfficer, actor.Auditor} {
			v := w.visit(t, w.actor(role))
			if got := v.JSON(http.MethodPost, "/api/v1"+call, "", "{}").Status; got != http.StatusForbidden {
				t.Errorf("%s starts a run: %d", role, got)
			}
			if got := v.Get("/api/v1" + call).Status; got != http.StatusOK {
				t.Errorf("%s lists the runs: %d", role, got)
			}
		}
	})
}
