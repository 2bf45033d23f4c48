package formation_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bastida/engine/formation"
)

// TestSolveAgreesWithCBC compares proven optima with a general MILP solver,
// which shares nothing with this package.
func TestSolveAgreesWithCBC(t *testing.T) {
	t.Parallel()
	cbc, err := exec.LookPath("cbc")
	if err != nil {
		t.Skip("NOT CHECKED against CBC: the program cbc is missing (Debian: coinor-cbc)")
	}
	for seed := range uint64(4) {
		p := randomProblem(rand.New(rand.NewPCG(seed, 7)), 22)
		if seed%2 == 1 {
			p.Limits.Groups = 5
		}
		r := solve(t, p, formation.Options{Rounds: 60})
		if !r.Optimal {
			t.Errorf("seed %d: not proven", seed)
		}
		if least := solveByCBC(t, cbc, p); math.Abs(least-r.Cost) > 1e-4 {
			t.Errorf("seed %d: cost %v, CBC %v", seed, r.Cost, least)
		}
	}
}

// solveByCBC states the problem as a mixed-integer program: x_i_j is 1 if body
// i meets at j, u_i if it is left out.
func solveByCBC(t *testing.T, cbc string, p formation.Problem) float64 {
	t.Helper()
	var objective, rows, binaries, budget strings.Builder
	variable := func(cost float64, format string, args ...any) string {
		name := fmt.Sprintf(format, args...)
		fmt.Fprintf(&objective, " + %.9f %s\n", cost, name)
		fmt.Fprintf(&binaries, " %s\n", name)
		return name
	}
	for i, b := range p.Bodies {
		row := variable(p.Penalty*float64(b.Professionals), "u_%d", i)
		large := b.Professionals > p.Limits.Max
		for j, at := range p.Bodies {
			km := formation.Kilometres(b.Lat, b.Lon, at.Lat, at.Lon, p.Detour)
			apart := large || at.Professionals > p.Limits.Max || !b.Consent || !at.Consent || b.Modality != at.Modality
			if i != j && (apart || km > p.Limits.MaxKM) {
				continue
			}
			x := variable(float64(b.Professionals)*km, "x_%d_%d", i, j)
			row += " + " + x
			if i != j {
				fmt.Fprintf(&rows, " %s - x_%d_%d <= 0\n", x, j, j)
			}
		}
		fmt.Fprintf(&rows, " %s = 1\n", row)
		groups := 1
		if large {
			groups = (b.Professionals + p.Limits.Max - 1) / p.Limits.Max
		} else {
			sizeRows(&rows, p, i)
		}
		fmt.Fprintf(&budget, " + %d x_%d_%d", groups, i, i)
	}
	if most, bounded := p.Limits.Budget(); bounded {
		fmt.Fprintf(&rows, " %s <= %d\n", budget.String(), most)
	}
	return runCBC(t, cbc, "Minimize\n"+objective.String()+"Subject To\n"+rows.String()+"Binaries\n"+binaries.String()+"End\n")
}

// sizeRows keeps the group that meets at j within the limits, if it exists.
func sizeRows(rows *strings.Builder, p formation.Problem, j int) {
	at, sum := p.Bodies[j], ""
	for i, b := range p.Bodies {
		km := formation.Kilometres(b.Lat, b.Lon, at.Lat, at.Lon, p.Detour)
		apart := b.Professionals > p.Limits.Max || !b.Consent || !at.Consent || b.Modality != at.Modality
		if i != j && !apart && km <= p.Limits.MaxKM {
			sum += fmt.Sprintf(" + %d x_%d_%d", b.Professionals, i, j)
		}
	}
	fmt.Fprintf(rows, "%s %+d x_%d_%d >= 0\n", sum, at.Professionals-p.Limits.Min, j, j)
	fmt.Fprintf(rows, "%s %+d x_%d_%d <= 0\n", sum, at.Professionals-p.Limits.Max, j, j)
}

func runCBC(t *testing.T, cbc, program string) float64 {
	t.Helper()
	folder := t.TempDir()
	model, solution := filepath.Join(folder, "model.lp"), filepath.Join(folder, "solution.txt")
	if err := os.WriteFile(model, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), cbc, model, "-ratioGap", "0", "-allowableGap", "1e-6", "-solve", "-solu", solution).CombinedOutput()
	if err != nil {
		t.Fatalf("cbc: %v\n%s", err, out)
	}
	text, err := os.ReadFile(solution)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	least, err := strconv.ParseFloat(first[strings.LastIndex(first, " ")+1:], 64)
	if err != nil || !strings.HasPrefix(first, "Optimal") {
		t.Fatalf("cbc says %q", first)
	}
	return least
}
