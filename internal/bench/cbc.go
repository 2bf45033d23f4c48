package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bastida/engine/formation"
)

// peer is what a general solver made of a problem.
type peer struct {
	cost    float64
	cpu     time.Duration
	optimal bool
}

// solveByCBC states the problem as a mixed-integer program in its strong form:
// x_i_j is 1 if body i meets at j, and cannot be unless j hosts a group.
func solveByCBC(ctx context.Context, p formation.Problem, limit time.Duration) (peer, error) {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return peer{}, err
	}
	folder, err := os.MkdirTemp("", "bastida-bench")
	if err != nil {
		return peer{}, err
	}
	defer os.RemoveAll(folder)
	model, solution := filepath.Join(folder, "model.lp"), filepath.Join(folder, "solution.txt")
	if err := os.WriteFile(model, []byte(program01(p)), 0o600); err != nil {
		return peer{}, err
	}
	command := exec.CommandContext(ctx, path, model, "-ratioGap", "0", "-allowableGap", "1e-6",
		"-sec", strconv.Itoa(int(limit.Seconds())), "-solve", "-solu", solution)
	if said, err := command.CombinedOutput(); err != nil {
		return peer{}, fmt.Errorf("cbc: %w: %s", err, said)
	}
	cpu := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	text, err := os.ReadFile(solution)
	if errors.Is(err, os.ErrNotExist) { // it found nothing in time
		return peer{math.Inf(1), cpu, false}, nil
	} else if err != nil {
		return peer{}, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	cost, err := strconv.ParseFloat(first[strings.LastIndex(first, " ")+1:], 64)
	if err != nil {
		return peer{}, fmt.Errorf("cbc says %q", first)
	}
	return peer{cost, cpu, strings.HasPrefix(first, "Optimal")}, nil
}

// program01 writes the program in the LP format, for bodies that all consent
// and are not above the maximum.
func program01(p formation.Problem) string {
	var objective, rows, binaries strings.Builder
	arrivals := make([]strings.Builder, len(p.Bodies))
	for i, b := range p.Bodies {
		fmt.Fprintf(&objective, " + %.9f u_%d\n", p.Penalty*float64(b.Professionals), i)
		fmt.Fprintf(&binaries, " u_%d\n", i)
		held := fmt.Sprintf("u_%d", i)
		for j, at := range p.Bodies {
			km := formation.Kilometres(b.Lat, b.Lon, at.Lat, at.Lon, p.Detour)
			if km > p.Limits.MaxKM {
				continue
			}
			fmt.Fprintf(&objective, " + %.9f x_%d_%d\n", float64(b.Professionals)*km, i, j)
			fmt.Fprintf(&binaries, " x_%d_%d\n", i, j)
			held += fmt.Sprintf(" + x_%d_%d", i, j)
			if i != j {
				fmt.Fprintf(&arrivals[j], " + %d x_%d_%d", b.Professionals, i, j)
				fmt.Fprintf(&rows, " x_%d_%d - x_%d_%d <= 0\n", i, j, j, j)
			}
		}
		fmt.Fprintf(&rows, " %s = 1\n", held)
	}
	for j, at := range p.Bodies {
		fmt.Fprintf(&rows, "%s %+d x_%d_%d >= 0\n", &arrivals[j], at.Professionals-p.Limits.Min, j, j)
		fmt.Fprintf(&rows, "%s %+d x_%d_%d <= 0\n", &arrivals[j], at.Professionals-p.Limits.Max, j, j)
	}
	return "Minimize\n" + objective.String() + "Subject To\n" + rows.String() + "Binaries\n" + binaries.String() + "End\n"
}
