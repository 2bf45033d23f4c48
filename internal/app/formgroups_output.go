package app

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"bastida/engine/formation"
)

// writeGroups writes a line for each member of each group.
func writeGroups(w io.Writer, p formation.Problem, result *formation.Result) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"group", "modality", "code", "professionals", "meeting_code", "km"}}
	for k := range result.Groups {
		g := &result.Groups[k]
		for _, m := range g.Members {
			lines = append(lines, []string{
				strconv.Itoa(k + 1), g.Modality, p.Bodies[m.Body].Code, strconv.Itoa(m.Professionals),
				p.Bodies[g.Meeting].Code, strconv.FormatFloat(m.KM, 'f', 3, 64),
			})
		}
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write groups: %w", err)
	}
	return nil
}

// groupsReport is the content of --report. Costs are in professional-kilometres.
type groupsReport struct {
	ServedProfessionals int            `json:"served_professionals"`
	Unserved            []unservedBody `json:"unserved"`
	Groups              int            `json:"groups"`
	Cost                float64        `json:"cost_professional_km"`
	LowerBound          float64        `json:"lower_bound"`
	Gap                 float64        `json:"gap"` // part of the cost
	Optimal             bool           `json:"optimal"`
	Seconds             float64        `json:"seconds"`
	Seed                int64          `json:"seed"`
	Rounds              int            `json:"rounds"`

	UnservedProfessionals int                `json:"unserved_professionals"`
	KeptGroups            int                `json:"kept_groups"`
	DroppedGroups         []droppedGroup     `json:"dropped_groups"` // of --keep
	Parameters            groupParameters    `json:"parameters"`
	Explanations          []groupExplanation `json:"explanations"`
}

type unservedBody struct {
	Code   string           `json:"code"`
	Reason formation.Reason `json:"reason"`
}

// droppedGroup is a group of last year that breaks a limit.
type droppedGroup struct {
	Group string         `json:"group"`
	Rule  formation.Rule `json:"rule"`
}

type groupParameters struct {
	Min             int     `json:"min"`
	Max             int     `json:"max"`
	MaxKM           float64 `json:"max_km"`
	Groups          *int    `json:"groups"` // null if free
	Detour          float64 `json:"detour"`
	UnservedPenalty float64 `json:"unserved_penalty"`
}

// groupExplanation tells what the best alternatives to a group would cost more. A
// null means that there is none within the limits.
type groupExplanation struct {
	Group             int      `json:"group"`
	MeetingCode       string   `json:"meeting_code"`
	Size              int      `json:"size"`
	Cost              float64  `json:"cost_professional_km"`
	Kept              bool     `json:"kept"`
	SecondMeetingCode *string  `json:"second_meeting_code"`
	SecondMeetingCost *float64 `json:"second_meeting_cost"`
	MoveCode          *string  `json:"best_move_code"`
	MoveToGroup       *int     `json:"best_move_to_group"` // null to leave it out
	MoveCost          *float64 `json:"best_move_cost"`
	DissolveCost      float64  `json:"dissolve_cost"`
}

func (c *FormGroups) writeReport(w io.Writer, p formation.Problem, result *formation.Result, dropped []droppedGroup) error {
	report := groupsReport{
		ServedProfessionals: result.Served, Unserved: []unservedBody{}, Groups: len(result.Groups),
		Cost: result.Cost, LowerBound: result.LowerBound, Gap: result.Gap(), Optimal: result.Optimal,
		Seconds: result.Elapsed.Seconds(), Seed: c.Seed, Rounds: result.Rounds,
		DroppedGroups: append([]droppedGroup{}, dropped...),
		Parameters: groupParameters{
			Min: c.Min, Max: c.Max, MaxKM: c.MaxKM, Detour: c.Detour, UnservedPenalty: c.UnservedPenalty,
		},
		Explanations: []groupExplanation{},
	}
	if groups, bounded := p.Limits.Budget(); bounded {
		report.Parameters.Groups = &groups
	}
	for _, left := range result.LeftOut {
		body := &p.Bodies[left.Body]
		report.Unserved = append(report.Unserved, unservedBody{body.Code, left.Reason})
		report.UnservedProfessionals += body.Professionals
	}
	for _, x := range formation.Explain(p, *result) {
		report.Explanations = append(report.Explanations, explainGroup(p, &result.Groups[x.Group], x))
		if result.Groups[x.Group].Locked {
			report.KeptGroups++
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	if err := out.Encode(report); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func explainGroup(p formation.Problem, g *formation.Group, x formation.Explanation) groupExplanation {
	e := groupExplanation{
		Group: x.Group + 1, MeetingCode: p.Bodies[g.Meeting].Code, Size: g.Size, Cost: g.Cost, Kept: g.Locked,
		SecondMeetingCost: finiteOrNull(x.SecondMeetingCost), MoveCost: finiteOrNull(x.Move.Cost), DissolveCost: x.DissolveCost,
	}
	if e.SecondMeetingCost != nil {
		e.SecondMeetingCode = &p.Bodies[x.SecondMeeting].Code
	}
	if e.MoveCost != nil {
		e.MoveCode = &p.Bodies[x.Move.Body].Code
		if to := x.Move.To + 1; to > 0 {
			e.MoveToGroup = &to
		}
	}
	return e
}

func finiteOrNull(x float64) *float64 {
	if math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// stagedFiles are output files that come into being together: each is written
// beside its final place and moved there only when all are complete.
type stagedFiles struct {
	paths []string
	files []*os.File
}

func stageFiles(paths []string) (*stagedFiles, error) {
	s := &stagedFiles{paths: paths}
	for _, path := range paths {
		file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
		if err != nil {
			s.discard()
			return nil, fmt.Errorf("prepare %s: %w", path, err)
		}
		s.files = append(s.files, file)
	}
	return s, nil
}

func (s *stagedFiles) at(k int) io.Writer { return s.files[k] }

// commit moves the files into place. Each replaces an older file as a whole. If
// one cannot be moved, those moved before it make way for the older ones again.
func (s *stagedFiles) commit() (err error) {
	for k, file := range s.files {
		if err := errors.Join(file.Chmod(0o644), file.Sync(), file.Close()); err != nil {
			return fmt.Errorf("complete %s: %w", s.paths[k], err)
		}
	}
	older := make([]string, len(s.files))
	for k, file := range s.files {
		if older[k], err = setAside(s.paths[k]); err == nil {
			err = os.Rename(file.Name(), s.paths[k])
		}
		if err != nil {
			return errors.Join(fmt.Errorf("place %s: %w", s.paths[k], err), s.restore(older[:k+1], k))
		}
	}
	s.files = nil
	for _, name := range older {
		if name != "" {
			err = errors.Join(err, os.Remove(name))
		}
	}
	return err
}

// setAside keeps an older file under another name until all files are in
// place. The name is empty if there is none.
func setAside(path string) (name string, err error) {
	if info, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return "", nil
	} else if err == nil && info.IsDir() {
		return "", fmt.Errorf("%s is a folder", path)
	}
	spare, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".old.*")
	if err != nil {
		return "", err
	}
	name = spare.Name()
	if err := errors.Join(spare.Close(), os.Rename(path, name)); err != nil {
		return "", errors.Join(err, os.Remove(name))
	}
	return name, nil
}

// restore puts the older files back, and removes those of the first files for
// which there is none.
func (s *stagedFiles) restore(older []string, moved int) (err error) {
	for k, name := range older {
		switch {
		case name != "":
			err = errors.Join(err, os.Rename(name, s.paths[k]))
		case k < moved:
			err = errors.Join(err, os.Remove(s.paths[k]))
		}
	}
	return err
}

// discard removes what was not committed. Files that are gone already do not
// matter.
func (s *stagedFiles) discard() {
	for _, file := range s.files {
		_ = file.Close()
		_ = os.Remove(file.Name())
	}
}
