// Command withpostgres runs a command with a private PostgreSQL at its side,
// so that all packages of a test run share one server:
//
//	withpostgres go test ./...
//
// Where PostgreSQL cannot be started it says so and runs the command without.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"bastida/internal/platform/testkit"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "withpostgres: what shall I run?")
		return 2
	}
	command := exec.Command(args[0], args[1:]...)
	command.Stdin, command.Stdout, command.Stderr, command.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	if os.Getenv(testkit.Environment) == "" {
		url, stop, err := testkit.StartPostgres()
		if err != nil {
			fmt.Fprintln(os.Stderr, "POSTGRESQL IS NOT TESTED:", err)
		} else {
			defer stop()
			command.Env = append(command.Env, testkit.Environment+"="+url)
		}
	}
	err := command.Run()
	var failed *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed):
		return failed.ExitCode()
	default:
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		return 1
	}
}
