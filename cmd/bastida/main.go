// Command bastida runs the system: see bastida --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"bastida/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := app.Main(ctx, os.Args[1:], os.Stdout)
	var usage *app.UsageError
	switch {
	case err == nil:
	case errors.As(err, &usage):
		fmt.Fprintln(os.Stderr, "bastida:", err)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "bastida:", err)
		os.Exit(1)
	}
}
