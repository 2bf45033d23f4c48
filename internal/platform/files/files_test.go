package files_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
	"bastida/internal/platform/files"
	"bastida/internal/platform/testkit"
)

var pdf = []byte("%PDF-1.7\n1 0 obj\n")

type bench struct {
	t     *testing.T
	db    *db.DB
	store *files.Store
	dir   string
	clock *testkit.Clock
	ref   record.Ref
}

// eachEngine runs a test with an empty store.
func eachEngine(t *testing.T, test func(b *bench)) {
	t.Helper()
	testkit.EachURL(t, []db.Schema{files.Schema}, func(t *testing.T, url string) {
		clock := testkit.NewClock(testkit.Now)
		b := &bench{t: t, db: testkit.Open(t, url, clock), clock: clock, dir: t.TempDir(), ref: record.Ref{Kind: "calls_application", ID: db.NewID()}}
		var err error
		b.store, err = files.New(b.db, files.Options{Dir: b.dir})
		b.must(err)
		test(b)
	})
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) as(tenant record.ID) context.Context {
	return actor.With(b.t.Context(), actor.Actor{Tenant: tenant, User: "u-1", Name: "Júlia Prat", Role: actor.Technician})
}

func (b *bench) attach(ctx context.Context, name string, content []byte) (f files.File, err error) {
	err = b.db.Do(ctx, func(tx *db.Tx) error {
		f, err = b.store.Attach(tx, b.ref, "body", name, bytes.NewReader(content))
		return err
	})
	return f, err
}

func (b *bench) kept() (names []string) {
	b.must(filepath.WalkDir(b.dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, e.Name())
		}
		return err
	}))
	return names
}

func TestAFileComesBackAsItWent(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(db.NewID())
		f, err := b.attach(ctx, `C:\Documents\Acta de març.pdf`, pdf)
		b.must(err)
		if f.Name != "Acta de març.pdf" || f.MediaType != "application/pdf" || f.Size != int64(len(pdf)) || f.UploaderName != "Júlia Prat" {
			t.Errorf("got %+v", f)
		}
		b.must(b.db.View(ctx, func(tx *db.Tx) error {
			all, err := b.store.Of(tx, b.ref)
			if len(all) != 1 || all[0].ID != f.ID {
				t.Errorf("list: %v", all)
			}
			if _, err := b.store.Get(tx, record.Ref{Kind: "care_case", ID: b.ref.ID}, f.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("through another record: %v", err)
			}
			return err
		}))
		b.must(b.db.View(b.as(db.NewID()), func(tx *db.Tx) error {
			if _, err := b.store.Get(tx, b.ref, f.ID); !errors.Is(err, fault.NotFound) {
				t.Errorf("from another tenant: %v", err)
			}
			return nil
		}))
		answer := httptest.NewRecorder()
		b.must(b.store.Serve(answer, httptest.NewRequest("GET", "/x", nil), f))
		if !bytes.Equal(answer.Body.Bytes(), pdf) || answer.Header().Get("X-Content-Type-Options") != "nosniff" ||
			answer.Header().Get("Content-Disposition") != "attachment; filename*=utf-8''Acta%20de%20mar%C3%A7.pdf" {
			t.Errorf("served %v %q", answer.Header(), answer.Body)
		}
	})
}

func TestThePolicyRefusesAndLeavesNothing(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		for name, c := range map[string]struct {
			content []byte
			key     string
		}{
			"empty.pdf":   {nil, "files.empty"},
			"large.txt":   {bytes.Repeat([]byte("a"), files.MostBytes+1), "files.too_large"},
			"program.exe": {[]byte("MZ\x90\x00"), "files.type"},
			"page.html":   {[]byte("<html><script>1</script>"), "files.type"},
			"drawing.svg": {[]byte("<svg xmlns='x'/>"), "files.type"},
			"photo.png":   {pdf, "files.mismatch"},
			"noname":      {pdf, "files.mismatch"},
			"binary.txt":  {[]byte("a\x00b"), "files.type"},
			"any.zip":     {archive("readme", ""), "files.type"},
			"macros.docx": {archive("word/document.xml", "<w/>", "word/vbaProject.bin", "x"), "files.macros"},
		} {
			_, err := b.attach(b.as(db.NewID()), name, c.content)
			if f := fault.Of(err); f == nil || f.Key != c.key {
				t.Errorf("%s: got %v, want %s", name, err, c.key)
			}
		}
		if left := b.kept(); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

func TestTheContentSaysWhatAFileIs(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		for name, c := range map[string]struct {
			content []byte
			kind    string
		}{
			"a.PNG":  {[]byte("\x89PNG\r\n\x1a\n...."), "image/png"},
			"a.jpeg": {[]byte("\xff\xd8\xff\xe0...."), "image/jpeg"},
			"a.csv":  {[]byte("codi;nom\n1;Sant Pol\xb7l\xed\n"), "text/csv"},
			"a.txt":  {[]byte("<html> is only words here"), "text/plain"},
			"a.docx": {archive("[Content_Types].xml", "<t/>", "word/document.xml", "<w/>"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
			"a.xlsx": {archive("xl/workbook.xml", "<w/>"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
			"a.odt":  {archive("mimetype", "application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"},
			"a.ods":  {archive("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"},
		} {
			f, err := b.attach(b.as(db.NewID()), name, c.content)
			if err != nil || f.MediaType != c.kind {
				t.Errorf("%s: %q, %v", name, f.MediaType, err)
			}
		}
	})
}

func TestSweepTakesOnlyWhatNobodyNames(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(b *bench) {
		ctx := b.as(db.NewID())
		stays, err := b.attach(ctx, "stays.pdf", pdf)
		b.must(err)
		goes, err := b.attach(ctx, "goes.txt", []byte("words"))
		b.must(err)
		b.must(b.db.Do(ctx, func(tx *db.Tx) error { return b.store.Remove(tx, goes.ID) }))
		rolledBack := errors.New("changed my mind")
		err = b.db.Do(ctx, func(tx *db.Tx) error {
			_, err := b.store.Attach(tx, b.ref, "", "lost.txt", strings.NewReader("other words"))
			b.must(err)
			return rolledBack
		})
		if !errors.Is(err, rolledBack) {
			t.Fatal(err)
		}
		b.must(b.store.Sweep(ctx))
		if len(b.kept()) != 3 {
			t.Errorf("too early: %v", b.kept())
		}
		b.clock.Set(testkit.Now.Add(25 * time.Hour))
		b.must(b.store.Sweep(ctx))
		if left := b.kept(); len(left) != 1 || left[0] != stays.SHA256 {
			t.Errorf("left: %v", left)
		}
		content, err := b.store.Open(stays)
		b.must(err)
		defer content.Close()
		if got, _ := io.ReadAll(content); !bytes.Equal(got, pdf) {
			t.Errorf("got %q", got)
		}
		if _, err := b.store.Open(goes); !errors.Is(err, fault.Unavailable) {
			t.Errorf("gone: %v", err)
		}
	})
}

// archive is a ZIP file of names and contents in turn.
func archive(parts ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(part, parts[i+1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
