package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestANewModulePasses makes a module beside the project, generates its views
// and has the compiler look at it as if it stood among the others.
func TestANewModulePasses(t *testing.T) {
	if testing.Short() {
		t.Skip("generating and compiling is left out of short runs")
	}
	top, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(t.TempDir(), "example")
	if err := newModule(made, "example"); err != nil {
		t.Fatal(err)
	}
	command(t, top, "go", "tool", "-modfile=tools/go.mod", "templ", "generate", "-path", made)
	overlay := map[string]map[string]string{"Replace": {}}
	err = filepath.WalkDir(made, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			local, _ := filepath.Rel(made, name)
			overlay["Replace"][filepath.Join(top, modules, "example", local)] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, top, "go", "build", "-overlay", file, "bastida/internal/modules/example")
}

func command(t *testing.T, folder string, args ...string) {
	t.Helper()
	c := exec.Command(args[0], args[1:]...)
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

func TestNamesAreChecked(t *testing.T) {
	for _, args := range [][]string{
		{"module", "../outside"}, {"module", "Two Words"}, {"migration", "nowhere", "add_place"}, {"migration", "x", "../../y"}, {"dance"},
	} {
		if err := run(args); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

func TestMigrationsAreNumbered(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "migrations")
	if err := write(filepath.Join(folder, "0001_init.sql"), "-- +goose Up\n"); err != nil {
		t.Fatal(err)
	}
	if err := newMigration(folder, "add_place"); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(folder, "0002_add_place.sql"))
	if err != nil || !strings.Contains(string(raw), "Add place") {
		t.Errorf("%s (%v)", raw, err)
	}
}
