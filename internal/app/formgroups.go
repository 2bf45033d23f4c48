package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"bastida/engine/formation"
)

// FormGroups is the command that groups applications from a CSV file. When it
// is interrupted it writes the best grouping found so far.
type FormGroups struct {
	In     string `required:"" help:"Applications: CSV with the columns code, name, lat, lon, professionals, modality, consent." placeholder:"FILE"`
	Out    string `required:"" help:"Groups, as CSV." placeholder:"FILE"`
	Report string `required:"" help:"Cost, proof and explanations, as JSON." placeholder:"FILE"`

	Min             int     `default:"8" help:"Least professionals in a group."`
	Max             int     `default:"15" help:"Most professionals in a group."`
	MaxKM           float64 `name:"max-km" default:"40" help:"Largest distance to the meeting place, in kilometres."`
	Groups          int     `default:"0" help:"Largest number of groups, shares of large bodies included; 0 leaves it free." placeholder:"N"`
	HoursPerGroup   float64 `name:"hours-per-group" default:"18" help:"Hours that a group takes."`
	TotalHours      float64 `name:"total-hours" default:"0" help:"Hours for all groups, another limit to their number; 0 leaves it free."`
	Detour          float64 `default:"1.3" help:"Kilometres by road for one in a straight line."`
	UnservedPenalty float64 `name:"unserved-penalty" default:"1000" help:"Cost of a professional without a place, in professional-kilometres."`

	Time        time.Duration `default:"10s" help:"Time to search; less if the grouping is proven best."`
	Seed        int64         `default:"1" help:"Seed of the search: the same seed takes the same steps."`
	Certificate string        `help:"Proof of the lower bound, for checkcertificate, as JSON." placeholder:"FILE"`
	Keep        string        `help:"Last year's groups (an earlier --out): those still within the limits stay as they are." placeholder:"FILE"`
}

// UsageError is a mistake of the user: a flag or a line of input that makes no
// sense. The program ends with exit status 2 for it.
type UsageError struct {
	File         string // empty for a flag
	Line, Column int    // from 1; 0 where they have no meaning
	Message      string
}

func (e *UsageError) Error() string {
	switch {
	case e.File == "":
		return e.Message
	case e.Line == 0:
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Run forms the groups and writes every file, or none. It prints one line.
func (c *FormGroups) Run(ctx context.Context, stdout io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	problem, dropped, err := c.problem()
	if err != nil {
		return err
	}
	files, err := stageFiles(c.outputs())
	if err != nil {
		return err
	}
	defer files.discard()
	result, err := formation.Solve(ctx, problem, formation.Options{Seed: uint64(c.Seed), Time: c.Time})
	if err != nil {
		return &UsageError{Message: err.Error()}
	}
	if err := c.write(files, problem, &result, dropped); err != nil {
		return err
	}
	if err := files.commit(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d groups, %d professionals served, %d bodies left out, cost %.1f, gap %.2f %%, %.1f s\n",
		len(result.Groups), result.Served, len(result.LeftOut), result.Cost, 100*result.Gap(), result.Elapsed.Seconds())
	return err
}

// check refuses flags that make no sense. Limits are checked by the engine.
func (c *FormGroups) check() error {
	if c.Time <= 0 {
		return &UsageError{Message: "--time must be above zero"}
	}
	seen := map[string]string{}
	for flag, path := range map[string]string{
		"--in": c.In, "--out": c.Out, "--report": c.Report, "--certificate": c.Certificate, "--keep": c.Keep,
	} {
		if path == "" {
			continue
		}
		full, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if other, used := seen[full]; used {
			return &UsageError{Message: fmt.Sprintf("%s and %s name the same file", min(flag, other), max(flag, other))}
		}
		seen[full] = flag
	}
	empty := formation.Problem{Limits: c.limits(), Penalty: c.UnservedPenalty, Detour: c.Detour}
	if err := empty.Validate(); err != nil {
		return &UsageError{Message: err.Error()}
	}
	return nil
}

func (c *FormGroups) limits() formation.Limits {
	return formation.Limits{
		Min: c.Min, Max: c.Max, MaxKM: c.MaxKM, Groups: c.Groups,
		HoursPerGroup: c.HoursPerGroup, TotalHours: c.TotalHours,
	}
}

// problem reads the applications and locks last year's groups that are still
// within the limits. The others are returned, each with the first limit that
// it breaks.
func (c *FormGroups) problem() (formation.Problem, []droppedGroup, error) {
	p := formation.Problem{Limits: c.limits(), Penalty: c.UnservedPenalty, Detour: c.Detour}
	var err error
	if p.Bodies, err = readApplications(c.In); err != nil {
		return p, nil, err
	}
	if c.Keep == "" {
		return p, nil, nil
	}
	drafts, names, err := readGroups(c.Keep, p.Bodies)
	if err != nil {
		return p, nil, err
	}
	kept, broken, err := formation.StillFeasible(p, drafts)
	if err != nil {
		return p, nil, &UsageError{File: c.Keep, Message: err.Error()}
	}
	p.Locked = kept
	var dropped []droppedGroup
	for _, b := range broken {
		if n := len(dropped); n == 0 || dropped[n-1].Group != names[b.Draft] {
			dropped = append(dropped, droppedGroup{names[b.Draft], b.Rule})
		}
	}
	return p, dropped, nil
}

func (c *FormGroups) outputs() []string {
	paths := []string{c.Out, c.Report}
	if c.Certificate != "" {
		paths = append(paths, c.Certificate)
	}
	return paths
}

func (c *FormGroups) write(files *stagedFiles, p formation.Problem, result *formation.Result, dropped []droppedGroup) error {
	errs := []error{
		writeGroups(files.at(0), p, result),
		c.writeReport(files.at(1), p, result, dropped),
	}
	if c.Certificate != "" {
		_, err := result.Certificate.WriteTo(files.at(2))
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
