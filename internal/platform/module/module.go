// Package module is what a module plugs into the program: its tables, texts,
// permissions, life tables, routes, menu and background work, as one value.
package module

import (
	"context"
	"io/fs"

	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/flow"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// Descriptor is everything that a module plugs in. Every field may be empty.
type Descriptor struct {
	Name        string
	Migrations  fs.FS // holds a folder called migrations
	Locales     fs.FS // holds a folder called locales
	Permissions []access.Permission
	Tables      []Tabled
	Lives       []flow.Diagram
	Keys        []string // message keys of forms and tables, for the locale test
	Routes      func(*web.Router)
	Menu        []Entry
	Search      func(ctx context.Context, words string) ([]ui.Hits, error)
	Jobs        []jobs.Kind
	Schedules   []jobs.Schedule
}

// Schema returns the migrations of the module.
func (d Descriptor) Schema() db.Schema { return db.Schema{Name: d.Name, Files: d.Migrations} }

// Tabled is a table as the schema test sees it.
type Tabled interface {
	Name() string
	Columns() []string
}

// Entry is one place of the main navigation. Order puts the entries of all
// modules in one row; Perm hides it from those who could not open it.
type Entry struct {
	Order      int
	Href, Icon string
	Label      string // message key
	Perm       access.Permission
	Count      func(context.Context) int // what waits there for the reader; may be nil
}
