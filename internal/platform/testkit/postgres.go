package testkit

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"bastida/internal/platform/db"
)

// Environment is the variable that names a PostgreSQL server for tests, as an
// address without a database: postgres://user@/?host=/tmp/socket.
const Environment = "BASTIDA_TEST_POSTGRES"

var copies atomic.Int64

func postgresCopy(t *testing.T, schemas []db.Schema) string {
	t.Helper()
	server := postgresServer(t)
	tpl, key := templateFor(db.Postgres, schemas)
	tpl.once.Do(func() {
		tpl.name = fmt.Sprintf("tpl_%s_%d", key, os.Getpid())
		if tpl.err = admin(server, "CREATE DATABASE "+tpl.name+" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"); tpl.err == nil {
			tpl.err = migrated(database(server, tpl.name), schemas)
		}
	})
	if tpl.err != nil {
		t.Fatal(tpl.err)
	}
	name := fmt.Sprintf("t_%d_%d", os.Getpid(), copies.Add(1))
	if err := copyDatabase(server, name, tpl.name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = admin(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return database(server, name)
}

var copying sync.Mutex

// copyDatabase copies one at a time: PostgreSQL refuses to copy a template
// while somebody else is reading it.
func copyDatabase(server, name, from string) error {
	copying.Lock()
	defer copying.Unlock()
	return admin(server, "CREATE DATABASE "+name+" TEMPLATE "+from)
}

func database(server, name string) string { return strings.Replace(server, "/?", "/"+name+"?", 1) }

func admin(server, statement string) error {
	handle, err := sql.Open("pgx", database(server, "postgres"))
	if err != nil {
		return err
	}
	defer handle.Close() // nothing was written through this handle that could be lost
	_, err = handle.Exec(statement)
	return err
}

var cluster struct {
	once sync.Once
	url  string
	err  error
}

// postgresServer returns the server to test on, starting a private one for
// this process when none is named. It skips the test where there is none.
func postgresServer(t *testing.T) string {
	t.Helper()
	if url := os.Getenv(Environment); url != "" {
		return url
	}
	cluster.once.Do(func() {
		var stop func()
		cluster.url, stop, cluster.err = StartPostgres()
		_ = stop // the server ends with this process: see StartPostgres
	})
	if cluster.err != nil {
		t.Skipf("NOT TESTED ON POSTGRESQL: %v", cluster.err)
	}
	return cluster.url
}

// StartPostgres starts a private PostgreSQL from the machine's own binaries in
// a folder of its own, reachable through a socket only. It ends when stop is
// called or when this process dies.
func StartPostgres() (url string, stop func(), err error) {
	bin, err := postgresBinaries()
	if err != nil {
		return "", nil, err
	}
	folder, err := os.MkdirTemp("", "bastida-pg")
	if err != nil {
		return "", nil, err
	}
	owner, err := unprivileged()
	if err != nil {
		return "", nil, err
	}
	if owner != nil {
		if err := os.Chown(folder, int(owner.Credential.Uid), int(owner.Credential.Gid)); err != nil {
			return "", nil, err
		}
	}
	data := filepath.Join(folder, "data")
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "bastida", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
	init.SysProcAttr, init.Dir = owner, folder
	if out, err := init.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=300", "-c", "shared_buffers=64MB")
	server.SysProcAttr, server.Dir = dieWithParent(owner), folder
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("start postgres: %w", err)
	}
	url = "postgres://bastida@/?host=" + folder + "&sslmode=disable"
	stop = func() {
		_ = server.Process.Signal(syscall.SIGINT)
		_ = server.Wait()
		_ = os.RemoveAll(folder)
	}
	if err := answers(url, server); err != nil {
		stop()
		return "", nil, err
	}
	return url, stop, nil
}

// postgresBinaries finds Debian's folder of server programs, or those on PATH.
func postgresBinaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", fmt.Errorf("no PostgreSQL server programs on this machine (Debian: apt-get install postgresql)")
}

// unprivileged returns how to run as the postgres user, because PostgreSQL
// refuses to run as root. It returns nil for anybody but root.
func unprivileged() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // nobody to become
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL will not run as root: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func dieWithParent(owner *syscall.SysProcAttr) *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	if owner != nil {
		attr.Credential = owner.Credential
	}
	return attr
}

// answers waits until the server takes connections. pg_isready would need its
// own waiting, and connecting is what matters.
func answers(url string, server *exec.Cmd) error {
	var err error
	for range 200 {
		if err = admin(url, "SELECT 1"); err == nil {
			return nil
		}
		if server.ProcessState != nil {
			break
		}
		pause()
	}
	return fmt.Errorf("PostgreSQL does not answer: %w", err)
}
