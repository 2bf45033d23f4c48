package app

import (
	"context"
	"os"

	"bastida/internal/kernel/civil"
	"bastida/internal/modules/identity"
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
