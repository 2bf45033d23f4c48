// Package flow makes the life of a record a table of steps.
//
//	var life = flow.Machine[Call, State]{
//		Subject: "calls.call",
//		State:   func(c *Call) *State { return &c.State },
//		Steps: []flow.Step[Call, State]{
//			{Name: "publish", From: []State{Draft}, To: Published, Perm: Manage, When: (*Call).complete},
//		},
//	}
//
// From the table come the enforcement, the buttons, the reasons why a button
// is not to be had, and the diagram in the docs.
package flow

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
)

// Machine is the life of records of type T.
type Machine[T any, S ~string] struct {
	Subject string // prefix of the message keys of its states and steps
	State   func(*T) *S
	Place   func(*T) access.Place // where the record lies, for permissions
	Steps   []Step[T, S]
}

// Step is one way from a state to another.
type Step[T any, S ~string] struct {
	Name    string
	From    []S
	To      S
	Perm    access.Permission
	When    func(*T) error // a fault says why the step cannot be taken now
	Primary bool           // the step that usually comes next
	Danger  bool           // ends something: asked once more
	Auto    bool           // taken by the program or as part of another verb: no button
}

// Move takes a step: it checks the permission, the state and the condition,
// and changes the state of the record.
func (m *Machine[T, S]) Move(ctx context.Context, t *T, name string) error {
	step, ok := m.step(name)
	if !ok {
		return fault.New(fault.NotFound, "flow.no_step", "step", name)
	}
	if err := step.Perm.Check(ctx, m.Place(t)); err != nil {
		return err
	}
	if err := m.blocked(t, step); err != nil {
		return err
	}
	*m.State(t) = step.To
	return nil
}

func (m *Machine[T, S]) step(name string) (Step[T, S], bool) {
	i := slices.IndexFunc(m.Steps, func(s Step[T, S]) bool { return s.Name == name })
	if i < 0 {
		return Step[T, S]{}, false
	}
	return m.Steps[i], true
}

func (m *Machine[T, S]) blocked(t *T, step Step[T, S]) error {
	if !slices.Contains(step.From, *m.State(t)) {
		return fault.New(fault.Conflict, "flow.wrong_state", "step", step.Name, "state", string(*m.State(t)))
	}
	if step.When == nil {
		return nil
	}
	return step.When(t)
}

// Choice is a step that an actor may be offered.
type Choice struct {
	Name            string
	Label           string // message key
	Primary, Danger bool
	Blocked         *fault.Fault // why it cannot be taken now; nil when it can
}

// Choices returns the steps from the record's state that the actor of ctx is
// permitted, blocked ones included so that the page can say why.
func (m *Machine[T, S]) Choices(ctx context.Context, t *T) (choices []Choice) {
	for _, s := range m.Steps {
		if s.Auto || !slices.Contains(s.From, *m.State(t)) || s.Perm.Check(ctx, m.Place(t)) != nil {
			continue
		}
		choices = append(choices, Choice{
			Name: s.Name, Label: m.Subject + ".step." + s.Name, Primary: s.Primary, Danger: s.Danger,
			Blocked: fault.Of(m.blocked(t, s)),
		})
	}
	return choices
}

// Can reports whether a step may be taken now by the actor of ctx.
func (m *Machine[T, S]) Can(ctx context.Context, t *T, name string) bool {
	step, ok := m.step(name)
	return ok && step.Perm.Check(ctx, m.Place(t)) == nil && m.blocked(t, step) == nil
}

// Diagram is the machine as the docs draw it.
type Diagram struct {
	Subject string
	Keys    []string // message keys of states and steps, for the locale test
	Mermaid string
}

// Diagram returns the machine in Mermaid's notation.
func (m *Machine[T, S]) Diagram() Diagram {
	var b strings.Builder
	var keys []string
	b.WriteString("stateDiagram-v2\n")
	for _, s := range m.Steps {
		keys = append(keys, m.Subject+".state."+string(s.To))
		if !s.Auto {
			keys = append(keys, m.Subject+".step."+s.Name)
		}
		for _, from := range s.From {
			keys = append(keys, m.Subject+".state."+string(from))
			fmt.Fprintf(&b, "  %s --> %s: %s (%s)\n", from, s.To, s.Name, s.Perm.Name)
		}
	}
	slices.Sort(keys)
	return Diagram{m.Subject, slices.Compact(keys), b.String()}
}
