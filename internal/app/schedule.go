package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"bastida/engine/timetable"
)

// Schedule is the command that arranges a season from a JSON file. When it is
// interrupted it writes the best plan found so far.
type Schedule struct {
	In     string `required:"" help:"The season, as JSON: see engine/timetable/README.md." placeholder:"FILE"`
	Out    string `required:"" help:"The plan, as JSON." placeholder:"FILE"`
	Report string `help:"Cost, proof and the load of each supervisor, as JSON." placeholder:"FILE"`
	Keep   string `help:"A published plan (an earlier --out): as few of its sessions change as possible." placeholder:"FILE"`

	Seed    uint64  `default:"1" help:"Seed of the search: the same seed takes the same steps."`
	Seconds float64 `default:"0" help:"Time to search; 0 is 5 seconds, or no limit with --rounds." placeholder:"S"`
	Rounds  int     `default:"0" help:"Rounds of the search: the same number gives the same plan on every machine." placeholder:"N"`
}

// scheduleReport is the content of --report. Costs are in kilometres.
type scheduleReport struct {
	Sessions       int             `json:"sessions"`
	Unplaced       int             `json:"unplaced"`
	FewestUnplaced int             `json:"fewest_unplaced"` // proven
	Cost           float64         `json:"cost"`
	Costs          timetable.Costs `json:"costs"`
	LowerBound     float64         `json:"lower_bound"`
	Gap            float64         `json:"gap"` // part of the cost
	Optimal        bool            `json:"optimal"`
	Seed           uint64          `json:"seed"`
	Rounds         int             `json:"rounds"`
	Seconds        float64         `json:"seconds"`
	Kept           *keptSessions   `json:"kept"` // null without --keep
	Loads          []scheduleLoad  `json:"loads"`
}

// keptSessions says what became of the published plan.
type keptSessions struct {
	Moved   []timetable.Move `json:"moved"`
	Lost    []timetable.Ref  `json:"lost"`
	AtLeast int              `json:"at_least"`
	Proven  bool             `json:"proven"` // no plan changes fewer
}

type scheduleLoad struct {
	Supervisor string `json:"supervisor"`
	Groups     int    `json:"groups"`
	Sessions   int    `json:"sessions"`
	Minutes    int    `json:"minutes"`
}

// Run arranges the season and writes every file, or none. It prints one line.
func (c *Schedule) Run(ctx context.Context, stdout io.Writer) error {
	began := time.Now()
	if err := c.check(); err != nil {
		return err
	}
	season, err := readEngineJSON(c.In, timetable.ReadSeason)
	if err != nil {
		return err
	}
	report := scheduleReport{Seed: c.Seed}
	working := season
	if c.Keep != "" {
		if working, report.Kept, err = c.keep(ctx, season); err != nil {
			return err
		}
	}
	files, err := stageFiles(c.outputs())
	if err != nil {
		return err
	}
	defer files.discard()
	plan, err := timetable.Solve(ctx, working, timetable.Options{
		Seed: c.Seed, Rounds: c.Rounds, Time: time.Duration(c.Seconds * float64(time.Second)),
	})
	if err != nil {
		return &UsageError{File: c.In, Message: err.Error()}
	}
	report.fill(season, plan, time.Since(began))
	if err := c.write(files, season, plan, report); err != nil {
		return err
	}
	if err := files.commit(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d sessions placed, %d not placed, cost %.1f km, gap %.2f %%, %.1f s\n",
		len(plan.Sessions), len(plan.Unplaced), plan.Cost, 100*plan.Gap(), report.Seconds)
	return err
}

// check refuses flags that make no sense.
func (c *Schedule) check() error {
	if c.Seconds < 0 || c.Seconds > 1e6 || math.IsNaN(c.Seconds) {
		return &UsageError{Message: "--seconds must be between 0 and 1000000"}
	}
	if c.Rounds < 0 {
		return &UsageError{Message: "--rounds must not be below zero"}
	}
	seen := map[string]string{}
	for _, f := range []struct{ flag, path string }{{"--in", c.In}, {"--out", c.Out}, {"--report", c.Report}} {
		if f.path == "" {
			continue
		}
		full, err := filepath.Abs(f.path)
		if err != nil {
			return err
		}
		if other, used := seen[full]; used {
			return &UsageError{Message: fmt.Sprintf("%s and %s name the same file", other, f.flag)}
		}
		seen[full] = f.flag
	}
	return nil
}

func (c *Schedule) outputs() []string {
	if c.Report == "" {
		return []string{c.Out}
	}
	return []string{c.Out, c.Report}
}

// keep fixes every session of the published plan that it can.
func (c *Schedule) keep(ctx context.Context, season timetable.Season) (timetable.Season, *keptSessions, error) {
	published, err := readEngineJSON(c.Keep, timetable.ReadPlan)
	if err != nil {
		return season, nil, err
	}
	mended, err := timetable.Replan(ctx, season, published, nil, timetable.ReplanOptions{})
	if err != nil {
		return season, nil, &UsageError{File: c.Keep, Message: err.Error()}
	}
	return season.Fix(mended.Plan), &keptSessions{mended.Moved, mended.Lost, mended.AtLeast, mended.Proven()}, nil
}

// readEngineJSON reads a file, and says where a mistake stands.
func readEngineJSON[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	var nothing T
	file, err := os.Open(path)
	if err != nil {
		return nothing, &UsageError{File: path, Message: err.Error()}
	}
	defer file.Close()
	value, err := read(file)
	var wrong *timetable.InputError
	if errors.As(err, &wrong) {
		return nothing, &UsageError{File: path, Line: wrong.Line, Column: wrong.Column, Message: wrong.Error()}
	}
	if err != nil {
		return nothing, &UsageError{File: path, Message: err.Error()}
	}
	return value, nil
}

func (r *scheduleReport) fill(season timetable.Season, plan timetable.Plan, took time.Duration) {
	r.Sessions, r.Unplaced, r.FewestUnplaced = len(plan.Sessions), len(plan.Unplaced), plan.FewestUnplaced
	r.Cost, r.Costs, r.LowerBound, r.Gap, r.Optimal = plan.Cost, plan.Costs, plan.LowerBound, plan.Gap(), plan.Optimal()
	r.Rounds, r.Seconds = plan.Rounds, took.Seconds()
	r.Loads = []scheduleLoad{}
	for _, s := range season.Supervisors {
		load := scheduleLoad{Supervisor: s.Code}
		groups := map[string]bool{}
		for _, x := range plan.Sessions {
			if x.Supervisor == s.Code {
				groups[x.Group] = true
				load.Sessions++
				load.Minutes += x.Minutes
			}
		}
		load.Groups = len(groups)
		r.Loads = append(r.Loads, load)
	}
}

// write writes the plan, in which only what the season fixed counts as fixed.
func (c *Schedule) write(files *stagedFiles, season timetable.Season, plan timetable.Plan, report scheduleReport) error {
	fixed := map[timetable.Ref]bool{}
	for _, g := range season.Groups {
		for _, f := range g.Fixed {
			fixed[timetable.Ref{Group: g.Code, Index: f.Index}] = true
		}
	}
	for i := range plan.Sessions {
		plan.Sessions[i].Fixed = fixed[timetable.Ref{Group: plan.Sessions[i].Group, Index: plan.Sessions[i].Index}]
	}
	if err := writeIndented(files.at(0), plan); err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	if c.Report == "" {
		return nil
	}
	if err := writeIndented(files.at(1), report); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func writeIndented[T any](w io.Writer, value T) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(value)
}
