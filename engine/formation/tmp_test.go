package formation

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func loadCSV(t testing.TB, path string) *Problem {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	rs, _ := csv.NewReader(f).ReadAll()
	p := &Problem{Limits: DefaultLimits(), Penalty: 1000, Detour: 1.3}
	for _, r := range rs[1:] {
		la, _ := strconv.ParseFloat(r[2], 64)
		lo, _ := strconv.ParseFloat(r[3], 64)
		n, _ := strconv.Atoi(r[4])
		p.Bodies = append(p.Bodies, Body{r[0], la, lo, n, r[5], r[6] == "true"})
	}
	return p
}
func TestTree(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("F")) {
		p := loadCSV(t, "/tmp/fx/"+f+".csv")
		if g := os.Getenv("G"); g != "" {
			p.Limits.Groups, _ = strconv.Atoi(g)
		}
		taken := make([]bool, len(p.Bodies))
		m := newModel(p, taken, 0)
		r := newRun(m, p.unavoidable(taken), 1)
		t0 := time.Now()
		T, _ := time.ParseDuration(os.Getenv("T"))
		for time.Since(t0) < T {
			r.round()
		}
		t.Logf("%s constant %.2f cost %.3f ascent %.3f  %v rounds %d", f, r.constant, r.cost()-r.constant, r.ascent.bestBound, time.Since(t0), r.rounds)
		var rows []int32
		for i := range m.body {
			rows = append(rows, int32(i))
		}
		var stop atomic.Bool
		T2, _ := time.ParseDuration(os.Getenv("T2"))
		time.AfterFunc(T2, func() { stop.Store(true) })
		tr := newTree(m, rows, &r.ascent.best, r.plan(), &stop)
		tr.upper = r.cost() - r.constant
		t1 := time.Now()
		if os.Getenv("V") != "" {
			tr.trace = func(s string, a ...any) { t.Logf("%6.2f "+s, append([]any{time.Since(t1).Seconds()}, a...)...) }
		}
		tr.grow()
		t.Logf("END %s upper %.3f bound %.3f gap %.3f (%.3f%% of travel) open %d closed %d %v", f, tr.upper, tr.bound, tr.upper-tr.bound, 100*(tr.upper-tr.bound)/tr.upper, len(tr.open), len(tr.closed), time.Since(t1))
	}
}
