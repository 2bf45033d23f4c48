package app_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bastida/internal/app"
)

// TestADemonstrationStaysOutOfARealInstallation also tries to reset it, which
// would remove everything.
func TestADemonstrationStaysOutOfARealInstallation(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	real := filepath.Join(folder, "bastida.db")
	if err := os.WriteFile(real, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"demo", "--data", folder}, {"demo", "--data", folder, "--reset"}} {
		var usage *app.UsageError
		if err := app.Main(t.Context(), args, io.Discard); !errors.As(err, &usage) {
			t.Errorf("%v: %v", args, err)
		}
	}
	if raw, err := os.ReadFile(real); err != nil || string(raw) != "precious" {
		t.Errorf("the installation holds %q (%v)", raw, err)
	}
}

func TestMistakesOfTheCallerAreUsageErrors(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{},
		{"dance"},
		{"demo", "--today", "yesterday"},
		{"pack", "atlantis", "--data", t.TempDir()},
		{"user", "add", "--body", "x", "--email", "a@b.example", "--name", "A", "--data", t.TempDir()},
	} {
		var usage *app.UsageError
		if err := app.Main(t.Context(), args, io.Discard); !errors.As(err, &usage) {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func TestSettingsAreCheckedTogether(t *testing.T) {
	t.Parallel()
	err := app.Config{Address: "nowhere", Database: "mysql://x", Log: "loud", SMTP: app.SMTP{Host: "h"}}.Complete().Check()
	for _, want := range []string{"address", "database", "log", "smtp.from"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("nothing is said of %s: %v", want, err)
		}
	}
	if err := (app.Config{}).Complete().Check(); err != nil {
		t.Errorf("the settings nobody touched: %v", err)
	}
}
