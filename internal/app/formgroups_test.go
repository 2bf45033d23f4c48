package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"bastida/engine/formation"
)

const applicationHeader = "code,name,lat,lon,professionals,modality,consent\n"

// formGroupsOf is a run with the defaults of its flags, in a folder of its own.
func formGroupsOf(t *testing.T, applications string) *FormGroups {
	t.Helper()
	folder := t.TempDir()
	in := filepath.Join(folder, "in.csv")
	if err := os.WriteFile(in, []byte(applications), 0o600); err != nil {
		t.Fatal(err)
	}
	return &FormGroups{
		In: in, Out: filepath.Join(folder, "out.csv"), Report: filepath.Join(folder, "report.json"),
		Min: 8, Max: 15, MaxKM: 40, HoursPerGroup: 18, Detour: 1.3, UnservedPenalty: 1000,
		Time: 5 * time.Second, Seed: 1,
	}
}

const mixedApplications = "\ufeff" + `consent,professionals,modality,lon,lat,name,code,remark
true,5,team,2.00,41.50,"Sant, one",a,x
true,4,team,2.05,41.50,two,b,
true,3,team,2.02,41.55,three,c,
TRUE,40,team,2.00,41.60,large,d,
false,9,team,2.00,41.50,private,e,
false,3,team,2.00,41.50,small and private,f,
true,8,management,2.00,41.50,managers,g,
true,2,team,9.00,41.50,remote,h,
`

func TestFormGroupsWritesGroupsAndReport(t *testing.T) {
	t.Parallel()
	c := formGroupsOf(t, mixedApplications)
	c.Certificate = filepath.Join(filepath.Dir(c.In), "proof.json")
	var stdout bytes.Buffer
	if err := c.Run(context.Background(), &stdout); err != nil {
		t.Fatal(err)
	}
	if want := "6 groups, 69 professionals served, 2 bodies left out"; !strings.HasPrefix(stdout.String(), want) {
		t.Errorf("printed %q", stdout.String())
	}
	lines := readTable(t, c.Out)
	if got := strings.Join(lines[0], ","); got != "group,modality,code,professionals,meeting_code,km" {
		t.Errorf("header %s", got)
	}
	sizes := map[string]int{}
	for _, line := range lines[1:] {
		n, err := strconv.Atoi(line[3])
		if err != nil {
			t.Fatal(err)
		}
		sizes[line[0]] += n
		if line[2] == "d" && (n < 13 || n > 14 || line[4] != "d" || line[5] != "0.000") {
			t.Errorf("share of the large body: %v", line)
		}
	}
	for group, size := range sizes {
		if size < 8 || size > 15 {
			t.Errorf("group %s has %d professionals", group, size)
		}
	}
	var report groupsReport
	readJSON(t, c.Report, &report)
	if report.ServedProfessionals != 69 || report.Groups != 6 || !report.Optimal || report.Gap != 0 || report.Seed != 1 {
		t.Errorf("report %+v", report)
	}
	want := []unservedBody{{"f", formation.ReasonNoConsent}, {"h", formation.ReasonTooFar}}
	if fmt.Sprint(report.Unserved) != fmt.Sprint(want) {
		t.Errorf("unserved %v", report.Unserved)
	}
	if km := report.Cost - 5000; km <= 0 || km > 100 || math.Abs(report.Cost-report.LowerBound) > 1e-6 {
		t.Errorf("cost %v, bound %v", report.Cost, report.LowerBound)
	}
	var proof formation.Certificate
	readJSON(t, c.Certificate, &proof)
	if proof.LowerBound != report.LowerBound {
		t.Errorf("certificate of %v", proof.LowerBound)
	}
}

func TestFormGroupsKeepsLastYearsGroups(t *testing.T) {
	t.Parallel()
	c := formGroupsOf(t, mixedApplications)
	if err := c.Run(context.Background(), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	c.Keep = filepath.Join(filepath.Dir(c.In), "last.csv")
	last := "group,modality,code,professionals,meeting_code,km\n" +
		"x,team,gone,5,gone,0\nx,team,b,4,gone,1\nx,team,a,5,gone,1\n" + // its meeting place no longer applies
		"y,team,c,3,c,0\n" + // now too small
		"z1,team,d,20,d,0\nz2,team,d,20,d,0\n"
	if err := os.WriteFile(c.Keep, []byte(last), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Run(context.Background(), &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	var report groupsReport
	readJSON(t, c.Report, &report)
	if report.KeptGroups != 4 || fmt.Sprint(report.DroppedGroups) != "[{y below_minimum}]" {
		t.Errorf("kept %d, dropped %v", report.KeptGroups, report.DroppedGroups)
	}
	if !report.Explanations[0].Kept || report.Explanations[0].Size != 9 {
		t.Errorf("first group %+v", report.Explanations[0])
	}
}

func TestFormGroupsRefusesBadLinesAndLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ text, where string }{
		"an empty file":          {"", ":1:1:"},
		"a column missing":       {"code,name,lat,lon,professionals,modality\n", ":1:1:"},
		"a column twice":         {"code," + applicationHeader, ":1:6:"},
		"too few fields":         {applicationHeader + "a,,41,2,5,m\n", ":2:11:"},
		"too many fields":        {applicationHeader + "a,,41,2,5,m,true,9\n", ":2:18:"},
		"no code":                {applicationHeader + " ,,41,2,5,m,true\n", ":2:1:"},
		"a code twice":           {applicationHeader + "a,,41,2,5,m,true\nb,,41,2,5,m,true\na,,41,2,5,m,true\n", ":4:1:"},
		"not a latitude":         {applicationHeader + "a,,north,2,5,m,true\n", ":2:4:"},
		"an endless latitude":    {applicationHeader + "a,,Inf,2,5,m,true\n", ":2:4:"},
		"no latitude":            {applicationHeader + "a,,NaN,2,5,m,true\n", ":2:4:"},
		"beyond the pole":        {applicationHeader + "a,,-90.5,2,5,m,true\n", ":2:4:"},
		"beyond the date line":   {applicationHeader + "a,,41,181,5,m,true\n", ":2:7:"},
		"nobody":                 {applicationHeader + "a,,41,2,0,m,true\n", ":2:9:"},
		"half a person":          {applicationHeader + "a,,41,2,1.5,m,true\n", ":2:9:"},
		"a number too large":     {applicationHeader + "a,,41,2,99999999999999999999,m,true\n", ":2:9:"},
		"no modality":            {applicationHeader + "a,,41,2,5,,true\n", ":2:11:"},
		"neither true nor false": {applicationHeader + "a,,41,2,5,m,yes\n", ":2:13:"},
		"an open quote":          {applicationHeader + "a,\"x,41,2,5,m,true\n", ":2:"},
	}
	for name, test := range cases {
		t.Run(name, func(t *testing.T) {
			c := formGroupsOf(t, test.text)
			mustRefuse(t, c, test.where)
		})
	}
}

// mustRefuse checks that the run is refused as the user's mistake at a place,
// and that the folder holds the input alone.
func mustRefuse(t *testing.T, c *FormGroups, where string) {
	t.Helper()
	err := c.Run(context.Background(), &bytes.Buffer{})
	var usage *UsageError
	if !errors.As(err, &usage) || !strings.Contains(err.Error(), where) {
		t.Errorf("error %v, want one at %s", err, where)
	}
	entries, err := os.ReadDir(filepath.Dir(c.In))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestFormGroupsRefusesFlagsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	spoil := map[string]func(*FormGroups){
		"minimum above maximum": func(c *FormGroups) { c.Min = 16 },
		"negative distance":     func(c *FormGroups) { c.MaxKM = -1 },
		"endless penalty":       func(c *FormGroups) { c.UnservedPenalty = math.Inf(1) },
		"no detour":             func(c *FormGroups) { c.Detour = 0 },
		"negative groups":       func(c *FormGroups) { c.Groups = -1 },
		"no time":               func(c *FormGroups) { c.Time = 0 },
		"one file for two":      func(c *FormGroups) { c.Report = c.Out },
		"no such input":         func(c *FormGroups) { c.In += "x" },
		"no such groups":        func(c *FormGroups) { c.Keep = c.In + "x" },
	}
	for name, change := range spoil {
		t.Run(name, func(t *testing.T) {
			c := formGroupsOf(t, mixedApplications)
			change(c)
			mustRefuse(t, c, "")
		})
	}
}

func TestFormGroupsDoesNotTouchOldFilesWhenItFails(t *testing.T) {
	t.Parallel()
	c := formGroupsOf(t, mixedApplications)
	if err := os.WriteFile(c.Out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Report = filepath.Join(filepath.Dir(c.In), "missing", "report.json")
	if err := c.Run(context.Background(), &bytes.Buffer{}); err == nil {
		t.Fatal("a report in a folder that does not exist is written")
	}
	if old, err := os.ReadFile(c.Out); err != nil || string(old) != "old" {
		t.Errorf("old file: %q, %v", old, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(c.In)); err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestFormGroupsRestoresOldFilesWhenOneCannotBePlaced(t *testing.T) {
	t.Parallel()
	c := formGroupsOf(t, mixedApplications)
	if err := os.WriteFile(c.Out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(c.Report, 0o700); err != nil { // no file can take its place
		t.Fatal(err)
	}
	if err := c.Run(context.Background(), &bytes.Buffer{}); err == nil {
		t.Fatal("a report replaces a folder")
	}
	if old, err := os.ReadFile(c.Out); err != nil || string(old) != "old" {
		t.Errorf("old file: %q, %v", old, err)
	}
	if entries, err := os.ReadDir(filepath.Dir(c.In)); err != nil || len(entries) != 3 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func TestAnInterruptedRunStillWritesItsBest(t *testing.T) {
	t.Parallel()
	c := formGroupsOf(t, mixedApplications)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := c.Run(ctx, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	if lines := readTable(t, c.Out); len(lines) < 2 {
		t.Errorf("groups %v", lines)
	}
}

func readTable(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}
