package rule

import (
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"bastida/internal/kernel/fault"
)

// mention is a name as an expression uses it.
type mention struct {
	path   string // application.answers.needs
	name   string // the declared name it starts with: application.answers
	tested bool   // the expression only asks whether it is there
}

// below returns the keys that lead from the declared name to the path.
func (m mention) below() []string {
	if m.path == m.name {
		return nil
	}
	return strings.Split(m.path[len(m.name)+1:], ".")
}

// mentioned finds the names that an expression uses, each once and as far as
// it is written, in the order of the text.
func mentioned(e ast.Expr, names Names) []mention {
	var found []mention
	inside := map[int64]bool{} // parts of a path already taken as a whole
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if inside[e.ID()] {
			return
		}
		path, parts, tested := pathOf(e)
		name, ok := declared(path, names)
		if !ok {
			return
		}
		for _, id := range parts {
			inside[id] = true
		}
		found = add(found, mention{path, name, tested})
	}))
	return found
}

// add keeps one mention a path: a name that is used anywhere is not merely
// tested.
func add(found []mention, m mention) []mention {
	i := slices.IndexFunc(found, func(other mention) bool { return other.path == m.path })
	if i < 0 {
		return append(found, m)
	}
	found[i].tested = found[i].tested && m.tested
	return found
}

// pathOf reads a.b.c, a.b["c"], has(a.b.c) and "c" in a.b as one path. The path
// is empty when the expression is something else.
func pathOf(e ast.Expr) (path string, parts []int64, tested bool) {
	switch e.Kind() {
	case ast.IdentKind:
		return e.AsIdent(), []int64{e.ID()}, false
	case ast.SelectKind:
		s := e.AsSelect()
		path, parts, _ = pathOf(s.Operand())
		return extend(path, s.FieldName()), append(parts, e.ID()), s.IsTestOnly()
	case ast.CallKind:
		return callPath(e)
	default:
		return "", nil, false
	}
}

func callPath(e ast.Expr) (path string, parts []int64, tested bool) {
	args := e.AsCall().Args()
	if len(args) != 2 {
		return "", nil, false
	}
	operand, key := args[0], args[1]
	tested = e.AsCall().FunctionName() == operators.In
	if tested {
		operand, key = key, operand
	}
	if !tested && e.AsCall().FunctionName() != operators.Index || key.Kind() != ast.LiteralKind {
		return "", nil, false
	}
	word, ok := key.AsLiteral().(types.String)
	if !ok {
		return "", nil, false
	}
	path, parts, _ = pathOf(operand)
	return extend(path, string(word)), append(parts, e.ID()), tested
}

func extend(path, key string) string {
	if path == "" || key == "" || strings.Contains(key, ".") {
		return ""
	}
	return path + "." + key
}

// declared returns the declared name that a path starts with. Only a Map has
// names below it.
func declared(path string, names Names) (string, bool) {
	if _, ok := names[path]; ok {
		return path, true
	}
	for at := strings.LastIndexByte(path, '.'); at > 0; at = strings.LastIndexByte(path[:at], '.') {
		if kind, ok := names[path[:at]]; ok {
			return path[:at], kind == Map
		}
	}
	return "", false
}

// misused says which word is not of the vocabulary, or which operation does
// not fit its operands.
func misused(issues *cel.Issues, e ast.Expr) error {
	first := issues.Errors()[0]
	if !strings.HasPrefix(first.Message, "undeclared reference to") {
		return malformed(issues)
	}
	name := ""
	ast.PreOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		path, parts, _ := pathOf(e)
		if name == "" && slices.Contains(parts, first.ExprID) {
			name = path
		}
		if name == "" && e.ID() == first.ExprID && e.Kind() == ast.CallKind {
			name = e.AsCall().FunctionName()
		}
	}))
	return fault.New(fault.Invalid, "rule.unknown_name", append(place(first), "name", name)...)
}
