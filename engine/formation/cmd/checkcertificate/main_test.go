package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bastida/engine/formation"
)

// certified solves a random problem and writes the two files that the program
// reads.
func certified(t *testing.T, seed uint64, bodies, groups int) (applications, proof string, r formation.Result) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 6))
	p := formation.Problem{Limits: formation.DefaultLimits(), Penalty: 1000, Detour: 1.3}
	p.Limits.Groups = groups
	var table strings.Builder
	table.WriteString("\ufeffcode,name,lat,lon,professionals,modality,consent\n")
	for i := range bodies {
		b := formation.Body{
			Code: fmt.Sprint("c", i), Lat: 41 + rng.Float64(), Lon: 1 + rng.Float64(),
			Professionals: 1 + rng.IntN(9), Modality: "team", Consent: rng.IntN(10) > 0,
		}
		if rng.IntN(20) == 0 {
			b.Professionals = 35
		}
		fmt.Fprintf(&table, "%s,,%v,%v,%d,%s,%v\n", b.Code, b.Lat, b.Lon, b.Professionals, b.Modality, b.Consent)
		p.Bodies = append(p.Bodies, b)
	}
	p.Locked = lockSome(t, p)
	r, err := formation.Solve(context.Background(), p, formation.Options{Rounds: 25})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if _, err := r.Certificate.WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	applications, proof = filepath.Join(folder, "in.csv"), filepath.Join(folder, "proof.json")
	write(t, applications, table.String())
	write(t, proof, text.String())
	return applications, proof, r
}

// lockSome locks each body that can stand alone and has an even position.
func lockSome(t *testing.T, p formation.Problem) []formation.Draft {
	t.Helper()
	var drafts []formation.Draft
	for i := 0; i < len(p.Bodies); i += 2 {
		drafts = append(drafts, formation.Draft{Meeting: i, Members: []int{i}})
	}
	kept, _, err := formation.StillFeasible(p, drafts)
	if err != nil {
		t.Fatal(err)
	}
	return kept[:min(3, len(kept))]
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestHonestCertificatesAreConfirmed(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		for _, size := range []struct{ bodies, groups int }{{40, 0}, {40, 14}, {120, 0}, {120, 35}} {
			applications, proof, r := certified(t, seed, size.bodies, size.groups)
			claimed, confirmed, err := check(applications, proof)
			if err != nil || claimed != r.LowerBound || math.Abs(confirmed-claimed) > 1e-7*claimed {
				t.Errorf("seed %d, %v: claimed %v, confirmed %v, %v (optimal %v)", seed, size, claimed, confirmed, err, r.Optimal)
			}
		}
	}
}

func TestForgedCertificatesAreNot(t *testing.T) {
	t.Parallel()
	applications, proof, r := certified(t, 1, 40, 0)
	if !r.Optimal {
		t.Fatal("the test needs a proven part")
	}
	honest, err := os.ReadFile(proof)
	if err != nil {
		t.Fatal(err)
	}
	forge := func(name, from, to string) {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(honest), from, to, 1)
			if text == string(honest) {
				t.Fatalf("nothing to replace in %s", honest)
			}
			path := filepath.Join(t.TempDir(), "forged.json")
			write(t, path, text)
			claimed, confirmed, err := check(applications, path)
			if err == nil && confirmed >= claimed*(1-1e-7) {
				t.Errorf("claimed %v, confirmed %v", claimed, confirmed)
			}
		})
	}
	forge("a higher bound", `"lower_bound": `, `"lower_bound": 9`)
	part := r.Certificate.Proven[0]
	for _, p := range r.Certificate.Proven {
		if p.Cost > part.Cost {
			part = p
		}
	}
	forge("a part said to cost more", fmt.Sprintf(`"cost": %v`, part.Cost), fmt.Sprintf(`"cost": %v`, part.Cost+1))
	forge("a body missing from its part", fmt.Sprintf("%q,\n", part.Codes[0]), "")
}

func TestCasesMustLeaveNothingOut(t *testing.T) {
	t.Parallel()
	of := func(choices ...choice) *provenCase { return &provenCase{Choices: choices} }
	yes, no := choice{"a", "b", true}, choice{"a", "b", false}
	other := choice{"c", "b", true}
	for name, c := range map[string]struct {
		cases []*provenCase
		want  bool
	}{
		"no case":               {nil, false},
		"one for all":           {[]*provenCase{of()}, true},
		"both answers":          {[]*provenCase{of(yes), of(no)}, true},
		"one answer":            {[]*provenCase{of(yes)}, false},
		"two questions at once": {[]*provenCase{of(yes), of(other)}, false},
		"half of an answer":     {[]*provenCase{of(yes, other), of(no)}, false},
	} {
		if got := complete(c.cases, 0); got != c.want {
			t.Errorf("%s: complete is %v", name, got)
		}
	}
}
