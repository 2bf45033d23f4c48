package pack

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/text"
)

// Set is the packs that came with the program.
type Set struct {
	Packs []*Pack // by code

	files fs.FS
}

// Pack is the data of one organisation.
type Pack struct {
	Code       string       `json:"code"`
	Body       Organisation `json:"body"`
	MemberKind string       `json:"member_kind"` // what its members are: municipality or district
	AreaKind   string       `json:"area_kind"`   // what it calls the areas that group them: comarca, zona
	Country    string       `json:"country"`     // ISO 3166-1
	Region     string       `json:"region"`      // by its own name
	Timezone   string       `json:"timezone"`
	Units      []Unit       `json:"units"`
	Parameters []Parameter  `json:"parameters"`

	RegionCode string         `json:"-"` // ISO 3166-2
	Zone       *time.Location `json:"-"`

	files     fs.FS
	bodies    []Body
	districts []District
	centres   []Centre
	outlines  func() (Outlines, error)
	holidays  func() ([]Holiday, error)
	suspended []Suspension
}

// Organisation is the body that the pack belongs to.
type Organisation struct {
	Code      string   `json:"code"`
	Kind      string   `json:"kind"`
	Name      string   `json:"name"`
	Short     string   `json:"short"`
	Mark      string   `json:"mark"`
	Languages []string `json:"languages"`
	Hue       float64  `json:"hue"`
	Chroma    float64  `json:"chroma"`
	Unit      string   `json:"unit"`
	Seat      string   `json:"seat,omitempty"` // code of the municipality where its office sits; may be missing
}

// Unit is a department of the organisation. Parent is empty at the top.
type Unit struct {
	Code   string         `json:"code"`
	Parent string         `json:"parent"`
	Name   text.Localized `json:"name"`
}

// Parameter is one figure of the pack, in force from a day, and until another
// unless that is empty.
type Parameter struct {
	Key       string     `json:"key"`
	Value     float64    `json:"value"`
	Unit      string     `json:"unit"`
	ValidFrom civil.Date `json:"valid_from"`
	ValidTo   civil.Date `json:"valid_to"`
	Source    string     `json:"source"`
	Status    string     `json:"status"`
}

// InForce reports whether the parameter holds on a day.
func (p Parameter) InForce(on civil.Date) bool {
	return !on.Before(p.ValidFrom) && (p.ValidTo.IsZero() || !on.After(p.ValidTo))
}

// Parameter returns the figure in force on a day. A figure that the pack does
// not give is NotFound.
func (p *Pack) Parameter(key string, on civil.Date) (Parameter, error) {
	for _, found := range p.Parameters {
		if found.Key == key && found.InForce(on) {
			return found, nil
		}
	}
	return Parameter{}, fault.New(fault.NotFound, "pack.no_parameter", "parameter", key, "date", on, "pack", p.Code)
}

// Load reads the packs of a folder: every folder with a pack.json is one.
func Load(files fs.FS) (*Set, error) {
	names, err := fs.Glob(files, "*/pack.json")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("pack: no folder holds a pack.json")
	}
	around, err := readSurroundings(files)
	if err != nil {
		return nil, err
	}
	set := &Set{files: files}
	for _, name := range names {
		p, err := read(files, path.Dir(name), around)
		if err != nil {
			return nil, err
		}
		set.Packs = append(set.Packs, p)
	}
	return set, nil
}

// Pack returns the pack with a code.
func (s *Set) Pack(code string) (*Pack, error) {
	i := slices.IndexFunc(s.Packs, func(p *Pack) bool { return p.Code == code })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "pack.none", "pack", code)
	}
	return s.Packs[i], nil
}

func read(files fs.FS, folder string, around surroundings) (*Pack, error) {
	p := &Pack{}
	name := folder + "/pack.json"
	if err := readJSON(files, name, p); err != nil {
		return nil, err
	}
	if p.Code != folder {
		return nil, fmt.Errorf("%s: the code is %q and must be that of the folder", name, p.Code)
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := p.settle(around); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p.files = files
	p.outlines = sync.OnceValues(p.readOutlines)
	p.holidays = sync.OnceValues(p.readHolidays)
	return p, p.readBodies()
}

// check refuses what a later reader could only misread.
func (p *Pack) check() error {
	units := map[string]bool{"": true}
	for _, u := range p.Units {
		if !units[u.Parent] {
			return fmt.Errorf("unit %q: its parent %q does not come before it", u.Code, u.Parent)
		}
		units[u.Code] = true
		for _, lang := range []string{"ca", "es", "it", "en"} {
			if u.Name[lang] == "" {
				return fmt.Errorf("unit %q has no name in %q", u.Code, lang)
			}
		}
	}
	for _, f := range p.Parameters {
		if f.Key == "" || f.Source == "" || f.Status == "" || f.ValidFrom.IsZero() {
			return fmt.Errorf("parameter %q needs a key, a first day, a source and a status", f.Key)
		}
		if !f.ValidTo.IsZero() && f.ValidTo.Before(f.ValidFrom) {
			return fmt.Errorf("parameter %q ends before it begins", f.Key)
		}
	}
	if p.Body.Code == "" || p.Body.Name == "" || len(p.Body.Languages) == 0 {
		return fmt.Errorf("the body needs a code, a name and a language")
	}
	return nil
}

// Files returns the JSON files of a folder of the pack, such as "resources",
// "calls" or "instruments", by name without extension: for the modules that
// own those formats. A folder that is not there holds none.
func (p *Pack) Files(folder string) (map[string]json.RawMessage, error) {
	names, err := fs.Glob(p.files, path.Join(p.Code, folder, "*.json"))
	if err != nil {
		return nil, err
	}
	found := map[string]json.RawMessage{}
	for _, name := range names {
		raw, err := fs.ReadFile(p.files, name)
		if err != nil {
			return nil, fmt.Errorf("pack: %w", err)
		}
		if !json.Valid(raw) {
			return nil, fmt.Errorf("%s: not JSON", name)
		}
		base := path.Base(name)
		found[base[:len(base)-len(".json")]] = raw
	}
	return found, nil
}
