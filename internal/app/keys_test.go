package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bastida/internal/app"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
)

// TestAMasterKeyIsReplaced walks what the installer's manual says: a new key in
// front, keys rewrap, the old one away. A restore without its key is told.
func TestAMasterKeyIsReplaced(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	spot := crypt.Spot{Owner: record.Ref{Kind: "supervision_group", ID: "g"}, Record: "r", Field: "f"}
	var tenant record.ID
	var sealed crypt.Sealed
	with := func(log *bytes.Buffer, f func(a *app.App, tx *db.Tx) error) {
		t.Helper()
		a, err := app.Open(t.Context(), app.Options{Config: app.Config{Data: data}, Log: log})
		if err != nil {
			t.Fatal(err)
		}
		if tenant == "" {
			b, err := a.Inside().Identity.RegisterBody(t.Context(), identity.BodyInput{Code: "office", Name: "Body", Language: "ca"})
			tenant = b.ID
			if err != nil {
				t.Fatal(err)
			}
		}
		err = a.DB.Do(actor.AsSystem(t.Context(), tenant, "command"), func(tx *db.Tx) error { return f(a, tx) })
		if err := errors.Join(err, a.Close()); err != nil {
			t.Fatal(err)
		}
	}
	opens := func(a *app.App, tx *db.Tx) error {
		content, err := a.Inside().Keys.Open(tx, spot, sealed)
		if err == nil && string(content) != "said" {
			t.Errorf("it opens as %q", content)
		}
		return err
	}
	with(&bytes.Buffer{}, func(a *app.App, tx *db.Tx) (err error) {
		sealed, err = a.Inside().Keys.Seal(tx, spot, []byte("said"))
		return err
	})
	file := filepath.Join(data, "keys", "master")
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	next := crypt.NewMaster() + "\n"
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	put(next)
	with(&log, func(*app.App, *db.Tx) error { return nil })
	if !strings.Contains(log.String(), "master keys are missing") {
		t.Error("nothing is said of the key that is missing")
	}
	put(next + string(old))
	var said bytes.Buffer
	if err := app.Main(t.Context(), []string{"keys", "rewrap", "--data", data}, &said); err != nil || !strings.HasPrefix(said.String(), "1 keys locked anew") {
		t.Errorf("%q, %v", said.String(), err)
	}
	put(next)
	with(&bytes.Buffer{}, opens)
}
