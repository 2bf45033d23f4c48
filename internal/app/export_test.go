package app

import (
	"context"
	"os"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/reflection"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/crypt"
)

// DemoUsers lets tests find whom to sign in as.
func (a *App) DemoUsers(ctx context.Context, words string) ([]identity.DemoUser, error) {
	return a.identity.DemoUsers(ctx, words)
}

// NewDemo opens a demonstration on a day, in a folder of its own.
func NewDemo(ctx context.Context, day civil.Date) (*App, error) {
	folder, err := os.MkdirTemp("", "bastida-test")
	if err != nil {
		return nil, err
	}
	a, err := Open(context.WithoutCancel(ctx), Options{Config: Config{Data: folder}, Demo: true})
	if err != nil {
		return nil, err
	}
	return a, a.LoadDemo(context.WithoutCancel(ctx), day)
}

// Insides are the services that tests of the whole program fill it with.
type Insides struct {
	Identity    *identity.Service
	Profiles    *profiles.Service
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Meetings    *sessions.Service
	Reflection  *reflection.Service
	Keys        *crypt.Keys
}

// Inside returns them.
func (a *App) Inside() Insides {
	return Insides{a.identity, a.profiles, a.supervisors, a.supervision, a.sessions, a.reflection, a.keys}
}
