package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"syscall"
	"time"

	"bastida/engine/formation"
)

// small compares the processor time that a proof takes, over many seeds.
func small(ctx context.Context, r *report, quick bool) error {
	sizes, seeds, limit := []int{40, 60}, 10, 10*time.Minute
	if quick {
		sizes, seeds, limit = []int{30}, 4, 10*time.Second
	}
	bodies, err := readProvince()
	if err != nil {
		return err
	}
	r.text("## Forming groups: proofs of small problems\n\nMunicipalities drawn from the province of Barcelona, all consenting, 1 to 7 professionals. Both programs take turns; CBC gets the strong formulation and %v each.", limit)
	var rows [][]string
	for _, n := range sizes {
		var ours, theirs, ratio []float64
		proven, proofs, skipped := 0, 0, false
		for seed := range uint64(seeds) {
			p := sample(bodies, n, seed)
			before := processorTime()
			result, err := formation.Solve(ctx, p, formation.Options{Seed: 1})
			if err != nil {
				return err
			}
			ours = append(ours, (processorTime() - before).Seconds())
			if result.Optimal {
				proven++
			}
			other, err := solveByCBC(ctx, p, limit)
			if errors.Is(err, exec.ErrNotFound) {
				skipped = true
				continue
			} else if err != nil {
				return err
			}
			if other.optimal {
				proofs++
			}
			theirs = append(theirs, other.cpu.Seconds())
			ratio = append(ratio, other.cpu.Seconds()/max(0.001, ours[len(ours)-1]))
		}
		row := []string{fmt.Sprint(n), fmt.Sprint(seeds), fmt.Sprint(proven), seconds(geometricMean(ours)), "skipped", "", ""}
		if !skipped {
			row = append(row[:4], fmt.Sprint(proofs), seconds(geometricMean(theirs)), fmt.Sprintf("%.0f×", geometricMean(ratio)))
		}
		rows = append(rows, row)
	}
	r.table("municipalities|seeds|proven best|processor time|proven by CBC|CBC's processor time|ratio", rows)
	return nil
}

// headline shows cost, bound and gap as time goes by.
func headline(ctx context.Context, r *report, quick bool) error {
	bodies, err := readProvince()
	if err != nil {
		return err
	}
	tight := problemOf(bodies)
	tight.Limits.Groups = 130
	cases := []struct {
		name    string
		problem formation.Problem
		large   bool
	}{
		{"100, all consent", sample(bodies, 100, 1), false},
		{"311, all consent", sample(bodies, 311, 1), false},
		{"311, all consent, another draw", sample(bodies, 311, 2), false},
		{"311, as committed", problemOf(bodies), false},
		{"311, at most 130 groups", tight, false},
		{"947, synthetic", country(947, 1), false},
		{"8,132, synthetic", country(8132, 1), true},
	}
	r.text("## Forming groups: cost and certified gap\n\nCost in professional-kilometres. The gap is the largest part of the cost that a better grouping could save. " +
		"It is given of the whole cost, and of the cost without the constant of bodies that no grouping could serve. " +
		"Nearest is the grouping of a hurried person: whoever is nearest, until the group is large enough.")
	var rows [][]string
	for _, c := range cases {
		naive, err := nearest(c.problem)
		if err != nil {
			return err
		}
		times := []time.Duration{time.Second, 10 * time.Second, time.Minute}
		switch {
		case quick && c.large:
			times = []time.Duration{30 * time.Second}
		case quick:
			times = times[1:2]
		}
		for _, limit := range times {
			result, err := formation.Solve(ctx, c.problem, formation.Options{Seed: 1, Time: limit})
			if err != nil {
				return err
			}
			rows = append(rows, []string{
				c.name, fmt.Sprintf("%.0f", naive), seconds(result.Elapsed.Seconds()),
				fmt.Sprintf("%.1f", result.Cost), fmt.Sprintf("%.1f", result.LowerBound),
				percent(result.Gap()), percent((result.Cost - result.LowerBound) / max(1e-9, result.Cost-constantOf(c.problem, &result))),
			})
		}
	}
	r.table("problem|nearest|time|cost|bound|gap|gap without the constant", rows)
	return nil
}

// constantOf is the cost of the bodies that no grouping could serve.
func constantOf(p formation.Problem, result *formation.Result) (cost float64) {
	for _, left := range result.LeftOut {
		if left.Reason != formation.ReasonBudget && left.Reason != formation.ReasonCost {
			cost += p.Penalty * float64(p.Bodies[left.Body].Professionals)
		}
	}
	return cost
}

func geometricMean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += math.Log(max(v, 1e-3))
	}
	return math.Exp(sum / float64(len(values)))
}

// processorTime is what this process has used so far, on all cores.
func processorTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func seconds(s float64) string { return fmt.Sprintf("%.3g s", s) }

func percent(part float64) string { return fmt.Sprintf("%.3f %%", 100*part) }
