package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"

	"bastida/engine/formation"
)

const province = "engine/formation/testdata/barcelona.csv"

// readProvince is the committed data set: 311 real municipalities with
// invented professionals.
func readProvince() ([]formation.Body, error) {
	file, err := os.Open(province)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", province, err)
	}
	var bodies []formation.Body
	for _, line := range lines[1:] {
		lat, errLat := strconv.ParseFloat(line[2], 64)
		lon, errLon := strconv.ParseFloat(line[3], 64)
		size, errSize := strconv.Atoi(line[4])
		if errLat != nil || errLon != nil || errSize != nil {
			return nil, fmt.Errorf("%s: %q", province, line)
		}
		bodies = append(bodies, formation.Body{
			Code: line[0], Lat: lat, Lon: lon, Professionals: size, Modality: line[5], Consent: line[6] == "true",
		})
	}
	return bodies, nil
}

func problemOf(bodies []formation.Body) formation.Problem {
	return formation.Problem{
		Bodies: bodies, Limits: formation.DefaultLimits(), Penalty: formation.DefaultPenalty, Detour: formation.DefaultDetour,
	}
}

// sample draws municipalities of the province; all consent, with 1 to 7
// professionals.
func sample(bodies []formation.Body, n int, seed uint64) formation.Problem {
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	var drawn []formation.Body
	for _, k := range rng.Perm(len(bodies))[:n] {
		b := bodies[k]
		b.Professionals, b.Modality, b.Consent = 1+rng.IntN(7), "team", true
		drawn = append(drawn, b)
	}
	return problemOf(drawn)
}

// country spreads bodies around towns, at the density of the municipalities of
// Spain; all consent, with 1 to 7 professionals.
func country(n int, seed uint64) formation.Problem {
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	var bodies []formation.Body
	height := 0.0075 * float64(n) / 8
	for i := range n {
		b := formation.Body{
			Code: strconv.Itoa(i), Lat: 36 + height*rng.Float64(), Lon: -5 + 8*rng.Float64(),
			Professionals: 1 + rng.IntN(7), Modality: "team", Consent: true,
		}
		if near := rng.IntN(3 * n); near < i {
			b.Lat, b.Lon = bodies[near].Lat+0.1*rng.NormFloat64(), bodies[near].Lon+0.1*rng.NormFloat64()
		}
		bodies = append(bodies, b)
	}
	return problemOf(bodies)
}

// nearest is the grouping that a hurried person draws: from the first body not
// yet placed, take the nearest ones along until the group is large enough.
func nearest(p formation.Problem) (float64, error) {
	placed := make([]bool, len(p.Bodies))
	var drafts []formation.Draft
	for i := range p.Bodies {
		if placed[i] {
			continue
		}
		if members := p.Bodies[i].Professionals; members > p.Limits.Max || !p.Bodies[i].Consent && members >= p.Limits.Min {
			placed[i] = true
			drafts = append(drafts, formation.Draft{Meeting: i, Members: []int{i}})
			continue
		}
		members, size := []int{i}, p.Bodies[i].Professionals
		for size < p.Limits.Min {
			k := nearestTo(p, i, p.Limits.Max-size, placed, members)
			if k < 0 {
				break
			}
			members, size = append(members, k), size+p.Bodies[k].Professionals
		}
		if size >= p.Limits.Min && p.Bodies[i].Consent {
			for _, k := range members {
				placed[k] = true
			}
			drafts = append(drafts, formation.Draft{Meeting: i, Members: members})
		}
	}
	kept, _, err := formation.StillFeasible(p, drafts)
	if err != nil {
		return 0, err
	}
	result, _, err := formation.Evaluate(p, kept)
	return result.Cost, err
}

func nearestTo(p formation.Problem, i, room int, placed []bool, members []int) int {
	best, least := -1, p.Limits.MaxKM
	for k, b := range p.Bodies {
		taken := placed[k]
		for _, m := range members {
			taken = taken || m == k
		}
		if taken || !b.Consent || b.Professionals > room || b.Modality != p.Bodies[i].Modality {
			continue
		}
		if km := formation.Kilometres(b.Lat, b.Lon, p.Bodies[i].Lat, p.Bodies[i].Lon, p.Detour); km <= least {
			best, least = k, km
		}
	}
	return best
}
