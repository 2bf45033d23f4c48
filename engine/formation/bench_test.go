package formation_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"bastida/engine/formation"
)

// barcelona is the province of Barcelona with invented professionals.
func barcelona(b testing.TB) formation.Problem {
	b.Helper()
	file, err := os.Open("testdata/barcelona.csv")
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	p := formation.Problem{
		Limits:  formation.DefaultLimits(),
		Penalty: formation.DefaultPenalty, Detour: formation.DefaultDetour,
	}
	for _, line := range lines[1:] {
		lat, errLat := strconv.ParseFloat(line[2], 64)
		lon, errLon := strconv.ParseFloat(line[3], 64)
		size, errSize := strconv.Atoi(line[4])
		if errLat != nil || errLon != nil || errSize != nil {
			b.Fatal(line)
		}
		p.Bodies = append(p.Bodies, formation.Body{
			Code: line[0], Lat: lat, Lon: lon, Professionals: size, Modality: line[5], Consent: line[6] == "true",
		})
	}
	return p
}

// country spreads bodies at the density of the municipalities of Spain, most
// of them around towns.
func country(bodies int) formation.Problem {
	rng := rand.New(rand.NewPCG(uint64(bodies), 8))
	p := formation.Problem{
		Limits:  formation.DefaultLimits(),
		Penalty: formation.DefaultPenalty, Detour: formation.DefaultDetour,
	}
	height := 0.0075 * float64(bodies) / 8
	for i := range bodies {
		b := formation.Body{
			Code: strconv.Itoa(i), Lat: 36 + height*rng.Float64(), Lon: -5 + 8*rng.Float64(),
			Professionals: 1 + int(rng.ExpFloat64()*3), Modality: "team", Consent: rng.IntN(20) > 0,
		}
		if near := rng.IntN(3 * bodies); near < i {
			b.Lat = min(90, p.Bodies[near].Lat+0.1*rng.NormFloat64())
			b.Lon = p.Bodies[near].Lon + 0.1*rng.NormFloat64()
		}
		p.Bodies = append(p.Bodies, b)
	}
	return p
}

// The benchmarks report what the time bought: the certified gap in per cent,
// of the whole cost and of its part that is travel.
func BenchmarkSolve(b *testing.B) {
	sixty := barcelona(b)
	sixty.Bodies = sixty.Bodies[:60]
	bounded := barcelona(b)
	bounded.Limits.Groups = 130
	for _, c := range []struct {
		name    string
		problem formation.Problem
		time    time.Duration
	}{
		{"60", sixty, 10 * time.Second},
		{"311", barcelona(b), 10 * time.Second},
		{"311/130groups", bounded, 10 * time.Second},
		{"8000", country(8000), 60 * time.Second},
	} {
		b.Run(fmt.Sprint(c.name), func(b *testing.B) {
			var r formation.Result
			for b.Loop() {
				r = solve(b, c.problem, formation.Options{Seed: 1, Time: c.time})
			}
			travel := 0.0
			for _, g := range r.Groups {
				travel += g.Cost
			}
			b.ReportMetric(r.Cost, "cost")
			b.ReportMetric(100*r.Gap(), "gap%")
			b.ReportMetric(100*(r.Cost-r.LowerBound)/travel, "travel-gap%")
		})
	}
}
