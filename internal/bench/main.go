// Command bench measures what the project promises about speed, beside other
// programs where they are installed, and rewrites docs/benchmarks.md. Run it
// from the root of the repository, or as "make bench"; with -quick it takes
// about three minutes.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"time"
)

func main() {
	quick := flag.Bool("quick", false, "measure less, in about three minutes")
	out := flag.String("out", "docs/benchmarks.md", "file to write")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	defer cancel()
	if err := run(ctx, *quick, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run measures everything before it writes anything.
func run(ctx context.Context, quick bool, out string) error {
	r := &report{}
	r.text("# Benchmarks\n\nWritten by `make bench` on %s. Times hold for one machine and one day; what counts are the ratios within a run.", time.Now().Format("2 January 2006"))
	r.machine()
	for _, measure := range []func(context.Context, *report, bool) error{small, headline, program} {
		if err := measure(ctx, r, quick); err != nil {
			return err
		}
	}
	r.text("## Not measured yet\n\nSaving contacts, finding people, timetables, indicators and documents: these modules do not exist yet.")
	return os.WriteFile(out, r.Bytes(), 0o644)
}

// report collects the document.
type report struct{ bytes.Buffer }

func (r *report) text(format string, args ...any) { fmt.Fprintf(r, format+"\n\n", args...) }

// table writes a header and rows, a blank line after.
func (r *report) table(header string, rows [][]string) {
	columns := strings.Split(header, "|")
	fmt.Fprintf(r, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, row := range rows {
		fmt.Fprintf(r, "| %s |\n", strings.Join(row, " | "))
	}
	fmt.Fprintln(r)
}

// machine names what the figures hold for.
func (r *report) machine() {
	model := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, after, found := strings.Cut(string(info), "model name\t: "); found {
			model, _, _ = strings.Cut(after, "\n")
		}
	}
	r.text("Machine: %s, %d cores, %s/%s. %s. CBC: %s. HiGHS: skipped, no program of that name is asked yet.",
		model, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), cbcVersion())
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		r.text("Load average at the start: %s.", strings.Join(strings.Fields(string(load))[:3], ", "))
	}
}

func cbcVersion() string {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return "skipped, the program cbc is not installed (Debian: coinor-cbc)"
	}
	said, _ := exec.Command(path, "-quit").CombinedOutput()
	for line := range strings.Lines(string(said)) {
		if _, version, found := strings.Cut(line, "Version: "); found {
			return "version " + strings.TrimSpace(version)
		}
	}
	return "of unknown version"
}
