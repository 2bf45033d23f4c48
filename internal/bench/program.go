package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// program measures the binary: its size, how soon it serves, what it holds in
// memory, and how long public pages take.
func program(ctx context.Context, r *report, quick bool) error {
	folder, err := os.MkdirTemp("", "bastida-bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	rounds, pages := 5, 400
	if quick {
		rounds, pages = 3, 100
	}
	binary, size, err := built(ctx, folder)
	if err != nil {
		return err
	}
	starts, err := starts(ctx, binary, filepath.Join(folder, "data"), rounds)
	if err != nil {
		return err
	}
	idle, err := idle(ctx, binary, pages)
	if err != nil {
		return err
	}
	r.text("## The program\n\nMedians of %d starts, in turns; %d readings of each page, one after another.", rounds, pages)
	r.table("what|measured", slices.Concat([][]string{{"binary, without symbols", size}}, starts, idle))
	return nil
}

// built compiles the program as it is released, and tells its size.
func built(ctx context.Context, folder string) (binary, size string, err error) {
	binary = filepath.Join(folder, "bastida")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/bastida")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("build: %w: %s", err, said)
	}
	info, err := os.Stat(binary)
	if err != nil {
		return "", "", err
	}
	return binary, fmt.Sprintf("%.0f MB", float64(info.Size())/1e6), nil
}

// starts measures how soon an empty installation and the demonstration serve.
func starts(ctx context.Context, binary, data string, rounds int) ([][]string, error) {
	if said, err := exec.CommandContext(ctx, binary, "migrate", "--data", data).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("migrate: %w: %s", err, said)
	}
	var cold, demo []time.Duration
	for range rounds {
		started, err := start(ctx, binary, "serve", "--data", data)
		if err != nil {
			return nil, err
		}
		cold = append(cold, started.ready)
		started.stop()
		if started, err = start(ctx, binary, "demo"); err != nil {
			return nil, err
		}
		demo = append(demo, started.ready)
		started.stop()
	}
	return [][]string{{"serve is ready", milliseconds(median(cold))}, {"demo is ready", milliseconds(median(demo))}}, nil
}

// idle measures the demonstration at rest and its public pages.
func idle(ctx context.Context, binary string, pages int) (rows [][]string, err error) {
	served, err := start(ctx, binary, "demo")
	if err != nil {
		return nil, err
	}
	defer served.stop()
	rows = append(rows, []string{"memory of the idle demo", served.memory()})
	for _, page := range []string{"/catalogue", "/calls"} {
		took, err := served.read(ctx, page, pages)
		if err != nil {
			return nil, err
		}
		slices.Sort(took)
		rows = append(rows, []string{
			"page " + page + " in the demo, median and 95th of 100",
			milliseconds(median(took)) + ", " + milliseconds(took[len(took)*95/100]),
		})
	}
	return rows, nil
}

// server is a running program.
type server struct {
	command *exec.Cmd
	address string
	ready   time.Duration
}

// start waits until the program says that it is ready.
func start(ctx context.Context, binary string, args ...string) (*server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{address: listener.Addr().String()}
	if err := listener.Close(); err != nil {
		return nil, err
	}
	s.command = exec.CommandContext(ctx, binary, append(args, "--addr", s.address)...)
	began := time.Now()
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	for time.Since(began) < time.Minute {
		if response, err := http.Get("http://" + s.address + "/readyz"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				s.ready = time.Since(began)
				return s, nil
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%v is not ready after a minute", args)
}

// stop ends the program; how it takes leave does not matter.
func (s *server) stop() {
	_ = s.command.Process.Signal(os.Interrupt)
	_ = s.command.Wait()
}

// memory is what the program holds now, where the system tells.
func (s *server) memory() string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.command.Process.Pid))
	if err != nil {
		return "not told by this system"
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	line, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(line)
}

// read asks for a page many times.
func (s *server) read(ctx context.Context, page string, times int) (took []time.Duration, err error) {
	for range times {
		began := time.Now()
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+page, nil)
		if err != nil {
			return nil, err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", page, err)
		}
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s answers %s", page, response.Status)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

func median(values []time.Duration) time.Duration {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}
