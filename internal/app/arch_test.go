package app_test

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the top of the project, seen from this package.
const root = "../.."

// source is one hand-written Go file that is not a test.
type source struct {
	path    string // slash-separated, from the top of the project
	name    string
	imports []string // of this project, without its prefix
	lines   int
	tree    *ast.File
	files   *token.FileSet
}

func (s source) in(folder string) bool { return strings.HasPrefix(s.path, folder+"/") }

// module returns the name of the module that the file belongs to, if any.
func (s source) module() string {
	rest, ok := strings.CutPrefix(s.path, "internal/modules/")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "tools" || strings.HasPrefix(d.Name(), ".") && name != root) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
			return nil
		}
		s, err := read(name)
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(name string) (source, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return source{}, err
	}
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, name, raw, parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	local, err := filepath.Rel(root, name)
	if err != nil {
		return source{}, err
	}
	s := source{path: filepath.ToSlash(local), name: path.Base(local), lines: strings.Count(string(raw), "\n"), tree: tree, files: files}
	for _, im := range tree.Imports {
		to, err := strconv.Unquote(im.Path.Value)
		if err != nil {
			return source{}, err
		}
		if ours, ok := strings.CutPrefix(to, "bastida/"); ok {
			s.imports = append(s.imports, ours)
		}
	}
	return s, nil
}

// rules are the layers. Each says its reason, because a rule that is not
// understood is worked around.
var rules = []struct {
	from, to, reason string
	except           []string
}{
	{from: "engine/", to: "", reason: "an engine is a pure library that strangers may import: standard library only", except: []string{"engine/"}},
	{from: "packs", to: "", reason: "a pack is data"},
	{from: "internal/kernel", to: "", reason: "the kernel is the vocabulary of everybody: standard library only", except: []string{"internal/kernel"}},
	{from: "internal/platform", to: "internal/modules", reason: "a mechanism knows no subject"},
	{from: "internal/", to: "internal/app", reason: "nothing imports the composition root", except: []string{}},
}

func TestLayers(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, rule := range rules {
			if !strings.HasPrefix(s.path, rule.from) || s.in("internal/app") {
				continue
			}
			for _, to := range s.imports {
				if strings.HasPrefix(to, rule.to) && !slices.ContainsFunc(rule.except, func(e string) bool { return strings.HasPrefix(to, e) }) {
					t.Errorf("%s imports %s: %s", s.path, to, rule.reason)
				}
			}
		}
	}
}

// reach says which mechanisms each kind of file of a module may import besides
// the kernel and the engines. A name that is not here is a domain file, and
// domain files are pure: they hold the rules, and rules are read without
// knowing about databases or pages.
var reach = []struct{ pattern, may string }{
	{`^service.*\.go$`, "access audit crypt db files flow form i18n jobs mail pack pdf query rule secret sheet table"},
	{`^store.*\.go$`, "access audit db flow query table"},
	{`^sessions\.go$`, "db secret"},
	{`^forms.*\.go$`, "form rule ui i18n"},
	{`^(pages|lists).*\.go$`, "access audit flow form table ui web i18n files db"},
	{`^views.*\.go$`, "flow form ui i18n"},
	{`^api\.go$`, "form"},
	{`^policy\.go$`, "access"},
	{`^module\.go$`, "*"},
	{`^.*\.go$`, "access flow rule"},
}

func TestFilesOfAModule(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.module() == "" {
			continue
		}
		may := mayImport(s.name)
		for _, to := range s.imports {
			mechanism, ours := strings.CutPrefix(to, "internal/platform/")
			if ours && may != "*" && !slices.Contains(strings.Fields(may), mechanism) {
				t.Errorf("%s: this kind of file may import platform/{%s}, not %s: rules, storage and pages stay apart", s.path, may, mechanism)
			}
		}
	}
}

func mayImport(name string) string {
	for _, r := range reach {
		if regexp.MustCompile(r.pattern).MatchString(name) {
			return r.may
		}
	}
	return ""
}

type tier struct {
	level   int
	imports []string
}

func tiers(t *testing.T) map[string]tier {
	t.Helper()
	f, err := os.Open("tiers.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := map[string]tier{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, imports, _ := strings.Cut(line, ":")
		level, name, _ := strings.Cut(head, " ")
		n, err := strconv.Atoi(level)
		if err != nil {
			t.Fatalf("tiers.txt: %q does not begin with a tier", line)
		}
		all[name] = tier{n, strings.Fields(imports)}
	}
	return all
}

func TestTiers(t *testing.T) {
	t.Parallel()
	all := tiers(t)
	for name, own := range all {
		for _, to := range own.imports {
			if other, ok := all[to]; !ok || other.level >= own.level {
				t.Errorf("tiers.txt: %s (tier %d) may not import %s: upwards and sideways one is called by event or slot", name, own.level, to)
			}
		}
	}
	for _, s := range sources(t) {
		if s.module() == "" {
			continue
		}
		own, ok := all[s.module()]
		if !ok {
			t.Errorf("%s: module %s has no line in tiers.txt", s.path, s.module())
			continue
		}
		for _, im := range s.imports {
			to, ours := strings.CutPrefix(im, "internal/modules/")
			if ours && to != s.module() && !slices.Contains(own.imports, to) {
				t.Errorf("%s imports %s, which is not on the line of %s in tiers.txt", s.path, to, s.module())
			}
		}
	}
}

// Sizes: what does not fit in a head is split.
const (
	mostLinesOfAModule   = 1500
	mostLinesOfAFile     = 400
	mostLinesOfAFunction = 60
)

// oversized are the exceptions, each with its reason.
var oversized = map[string]string{}

func TestSizes(t *testing.T) {
	t.Parallel()
	modules := map[string]int{}
	for _, s := range sources(t) {
		modules[s.module()] += s.lines
		if s.lines > mostLinesOfAFile && oversized[s.path] == "" {
			t.Errorf("%s has %d lines; a file has at most %d", s.path, s.lines, mostLinesOfAFile)
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			lines := s.files.Position(f.End()).Line - s.files.Position(f.Pos()).Line + 1
			if lines > mostLinesOfAFunction && oversized[s.path+":"+f.Name.Name] == "" {
				t.Errorf("%s: %s has %d lines; a function has at most %d", s.path, f.Name.Name, lines, mostLinesOfAFunction)
			}
		}
	}
	delete(modules, "")
	for name, lines := range modules {
		if lines > mostLinesOfAModule && oversized[name] == "" {
			t.Errorf("module %s has %d lines; one of more than %d is usually two", name, lines, mostLinesOfAModule)
		}
	}
}

// forbidden are calls that have one right place.
var forbidden = []struct {
	call, reason string
	places       []string
}{
	{
		"time.Now", "the transaction carries the instant; only the program's edge asks the machine",
		[]string{"internal/app/", "cmd/", "internal/platform/db/db.go", "internal/platform/web/middleware.go", "internal/platform/jobs/worker.go", "internal/modules/identity/", "engine/formation/", "internal/bench/"},
	},
	{"tx.Engine", "the engines differ in three places only", []string{"internal/platform/jobs/"}},
	{
		"tx.Exec", "modules write through a table or db.Bulk, which leave a trace",
		[]string{"internal/platform/", "internal/modules/identity/sessions.go"},
	},
	{"init", "wiring is written out in modules.go", nil},
}

func TestForbiddenCalls(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			name := calledOrDeclared(n)
			for _, f := range forbidden {
				allowed := slices.ContainsFunc(f.places, func(p string) bool { return strings.HasPrefix(s.path, p) })
				if name == f.call && !allowed {
					t.Errorf("%s: %s: %s", s.files.Position(n.Pos()), f.call, f.reason)
				}
			}
			return true
		})
	}
}

func calledOrDeclared(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok {
			if x, ok := f.X.(*ast.Ident); ok {
				return x.Name + "." + f.Sel.Name
			}
		}
	case *ast.FuncDecl:
		if n.Recv == nil {
			return n.Name.Name
		}
	}
	return ""
}

// TestWorkAcrossTenants keeps the list of every place that reads or writes
// across tenants, with its purpose: a new one is reviewed as text.
func TestWorkAcrossTenants(t *testing.T) {
	t.Parallel()
	var list []string
	for _, s := range sources(t) {
		ast.Inspect(s.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 3 {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || f.Sel.Name != "Across" && f.Sel.Name != "ViewAcross" {
				return true
			}
			purpose, ok := call.Args[1].(*ast.BasicLit)
			if !ok {
				t.Errorf("%s: the purpose is written out where the work is", s.files.Position(n.Pos()))
				return true
			}
			list = append(list, fmt.Sprintf("| %s | %s | %s |", s.path, f.Sel.Name, strings.Trim(purpose.Value, `"`)))
			return true
		})
	}
	slices.Sort(list)
	golden(t, "across.md", "# Work across tenants\n\n| where | how | why |\n|---|---|---|\n"+strings.Join(list, "\n")+"\n")
}
