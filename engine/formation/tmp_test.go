package formation_test

import (
	"bastida/engine/formation"
	"math/rand/v2"
	"testing"
)

func TestTmpMedium(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 2))
		p := randomProblem(rng, 90)
		if seed%2 == 0 {
			p.Limits.TotalHours = 18 * 20
		}
		r := solve(t, p, formation.Options{Seed: seed, Rounds: 12, Progress: func(pr formation.Progress) { t.Logf("%+v", pr) }})
		t.Log(seed, r.Elapsed, r.Cost, r.LowerBound, r.Gap(), len(r.Certificate.Proven))
	}
}
