package formation

import (
	"context"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

func loadCSV(t testing.TB, path string) *Problem {
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	rs, _ := csv.NewReader(f).ReadAll()
	p := &Problem{Limits: DefaultLimits(), Penalty: 1000, Detour: 1.3}
	for _, r := range rs[1:] {
		la, _ := strconv.ParseFloat(r[2], 64)
		lo, _ := strconv.ParseFloat(r[3], 64)
		n, _ := strconv.Atoi(r[4])
		p.Bodies = append(p.Bodies, Body{r[0], la, lo, n, r[5], r[6] == "true"})
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}
func TestTmpSolve(t *testing.T) {
	debug = func(r *run) {
		left := 0
		big := 0
		sl := map[int]int{}
		for i, t := range r.search.plan.teamOf {
			if t < 0 {
				left++
				if r.m.penalty[i]-r.ascent.best.row[i] > 1 {
					big++
				}
			}
		}
		for _, p := range r.parts {
			k := 0
			for len(p.rows)>>k > 0 {
				k++
			}
			if p.done {
				sl[k]++
			} else {
				sl[-k]++
			}
		}
		t.Logf("effort %+v failures %d work %.2gs left %d (not dual) %d aim %g bound %f lifted %f parts %v steps %d", r.search.effort, r.search.failures, float64(r.search.work)/1e9, left, big, r.ascent.aim, r.ascent.bestBound, r.lifted, sl, r.search.steps)
	}
	T, _ := time.ParseDuration(os.Getenv("T"))
	if T == 0 {
		T = 10 * time.Second
	}
	for _, f := range strings.Fields(os.Getenv("F")) {
		p := loadCSV(t, "/tmp/fm/"+f+".csv")
		if g := os.Getenv("G"); g != "" {
			p.Limits.Groups, _ = strconv.Atoi(g)
		}
		k := 0
		r, err := Solve(context.Background(), *p, Options{Time: T, Seed: 1, Progress: func(pr Progress) {
			if os.Getenv("V") != "" && (k < 10 || pr.Round%20 == 0) {
				t.Logf("%+v", pr)
			}
			k++
		}})
		if err != nil {
			t.Fatal(err)
		}
		var un float64
		why := map[Reason]int{}
		for _, l := range r.LeftOut {
			un += 1000 * float64(p.Bodies[l.Body].Professionals)
			why[l.Reason]++
		}
		t.Logf("END %-8s cost %.2f (km %.1f) bound %.2f gap %.3f%% kmgap %.3f%% optimal %v rounds %d groups %d %v %v", f, r.Cost, r.Cost-un, r.LowerBound, 100*r.Gap(), 100*(r.Cost-r.LowerBound)/(r.Cost-un), r.Optimal, r.Rounds, len(r.Groups), r.Elapsed, why)
	}
}
