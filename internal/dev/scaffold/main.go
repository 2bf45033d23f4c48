// Command scaffold begins what is always begun alike:
//
//	scaffold module training
//	scaffold migration calls add_place
//
// It writes once and keeps nothing in step afterwards: what it made belongs to
// whoever asked for it.
package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

//go:embed all:skeleton
var skeleton embed.FS

// modules is where modules live, from the top of the project.
const modules = "internal/modules"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scaffold:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "module":
		return newModule(filepath.Join(modules, args[1]), args[1])
	case len(args) == 3 && args[0] == "migration":
		return newMigration(filepath.Join(modules, args[1], "migrations"), args[2])
	default:
		return fmt.Errorf("say: module NAME, or migration MODULE NAME")
	}
}

var (
	moduleName    = regexp.MustCompile(`^[a-z]{3,20}$`)
	migrationName = regexp.MustCompile(`^[a-z][a-z0-9_]{2,40}$`)
)

// newModule copies the skeleton, with the module's name in place of "skeleton".
func newModule(folder, name string) error {
	if !moduleName.MatchString(name) {
		return fmt.Errorf("%q: a module is named by one word of small letters, the noun that people say", name)
	}
	if _, err := os.Stat(folder); err == nil {
		return fmt.Errorf("%s is there already", folder)
	}
	err := fs.WalkDir(skeleton, "skeleton", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := skeleton.ReadFile(path)
		if err != nil {
			return err
		}
		local := strings.TrimSuffix(strings.TrimPrefix(path, "skeleton/"), ".txt")
		return write(filepath.Join(folder, local), strings.ReplaceAll(string(raw), "skeleton", name))
	})
	if err != nil {
		return err
	}
	fmt.Printf("made %s. Now run make fmt, give it a line in internal/app/tiers.txt and one in internal/app/modules.go.\n", folder)
	return nil
}

// newMigration writes the next numbered file of a module.
func newMigration(folder, name string) error {
	if !migrationName.MatchString(name) {
		return fmt.Errorf("%q: a migration is named by what it does, such as add_place", name)
	}
	there, err := filepath.Glob(filepath.Join(folder, "*.sql"))
	if err != nil {
		return err
	}
	if len(there) == 0 {
		return fmt.Errorf("%s holds no migrations: is the module's name right?", folder)
	}
	file := filepath.Join(folder, fmt.Sprintf("%04d_%s.sql", len(there)+1, name))
	fmt.Println("made", file)
	return write(file, "-- +goose Up\n-- "+sentence(name)+": why, in a line.\n")
}

func sentence(name string) string {
	letters := []rune(strings.ReplaceAll(name, "_", " "))
	letters[0] = unicode.ToUpper(letters[0])
	return string(letters)
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
