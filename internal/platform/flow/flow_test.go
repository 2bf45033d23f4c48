package flow_test

import (
	"errors"
	"strings"
	"testing"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
	"bastida/internal/platform/flow"
)

type state string

type door struct {
	State  state
	Locked bool
}

var use = access.Declare("door.use", access.Grants{actor.Technician: access.Tenant})

var life = flow.Machine[door, state]{
	Subject: "door",
	State:   func(d *door) *state { return &d.State },
	Place:   func(*door) access.Place { return access.Place{} },
	Steps: []flow.Step[door, state]{
		{Name: "open", From: []state{"closed"}, To: "open", Perm: use, When: unlocked, Primary: true},
		{Name: "close", From: []state{"open"}, To: "closed", Perm: use},
		{Name: "rot", From: []state{"open", "closed"}, To: "gone", Perm: use, Auto: true},
	},
}

func unlocked(d *door) error {
	if d.Locked {
		return fault.New(fault.Conflict, "door.locked")
	}
	return nil
}

func TestSteps(t *testing.T) {
	t.Parallel()
	may := actor.With(t.Context(), actor.Actor{User: "u", Role: actor.Technician})
	d := door{State: "closed", Locked: true}
	if err := life.Move(may, &d, "open"); fault.Of(err) == nil || fault.Of(err).Key != "door.locked" || d.State != "closed" {
		t.Errorf("a locked door: %v, %v", err, d)
	}
	if choices := life.Choices(may, &d); len(choices) != 1 || choices[0].Blocked == nil || !choices[0].Primary {
		t.Errorf("a locked door offers %+v", choices)
	}
	d.Locked = false
	if err := life.Move(may, &d, "open"); err != nil || d.State != "open" {
		t.Errorf("opening: %v, %v", err, d)
	}
	if err := life.Move(may, &d, "open"); !errors.Is(err, fault.Conflict) {
		t.Errorf("opening what is open: %v", err)
	}
	if err := life.Move(may, &d, "fly"); !errors.Is(err, fault.NotFound) {
		t.Errorf("a step that is not there: %v", err)
	}
	nobody := actor.With(t.Context(), actor.Actor{User: "c", Role: actor.Citizen})
	if err := life.Move(nobody, &d, "close"); !errors.Is(err, fault.Forbidden) || len(life.Choices(nobody, &d)) != 0 {
		t.Errorf("somebody without the permission: %v, %v", err, life.Choices(nobody, &d))
	}
}

func TestDiagram(t *testing.T) {
	t.Parallel()
	got := life.Diagram()
	for _, line := range []string{"closed --> open: open (door.use)", "open --> closed: close (door.use)", "closed --> gone: rot (door.use)"} {
		if !strings.Contains(got.Mermaid, line) {
			t.Errorf("the diagram lacks %q:\n%s", line, got.Mermaid)
		}
	}
	if want := "door.state.closed door.state.gone door.state.open door.step.close door.step.open"; strings.Join(got.Keys, " ") != want {
		t.Errorf("keys %v", got.Keys)
	}
}
