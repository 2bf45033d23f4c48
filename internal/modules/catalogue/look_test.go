package catalogue_test

import (
	"net/http"
	"os"
	"testing"
	"time"
	"bastida/internal/platform/testkit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/ui"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/catalogue"
	"bastida/internal/kernel/record"
	"context"
)

func TestLook(t *testing.T) {
	if os.Getenv("LOOK") == "" { t.Skip() }
	bare := identity.New(nil, false)
	schemas := []db.Schema{bare.Module().Schema(), catalogue.New(nil, bare).Module().Schema()}
	testkit.EachURL(t, schemas, func(t *testing.T, u string) {
		if len(u) > 8 && u[:8] == "postgres" { t.Skip() }
		w := build(t, testkit.Open(t, u, testkit.NewClock(testkit.Now)))
		r := w.load(t, "diba", teams); w.load(t, "diba", managers); w.load(t, "imas", plans); w.load(t, "imas", italian)
		w.ShowBeside(func(_ context.Context, ids []record.ID) (map[record.ID][]ui.Notice, error) {
			return map[record.ID][]ui.Notice{r.ID: {{Tone: ui.Info, Text: "Convocatòria oberta fins al 13/02/2020", Action: &ui.Link{Href: "/calls", Label: "Demana-ho"}}}}, nil
		})
		mux := http.NewServeMux()
		mux.Handle("/static/", ui.Static())
		mux.Handle("/", w.handler)
		mux.HandleFunc("/go/{who}", func(rw http.ResponseWriter, req *http.Request) {
			m := w.demo[req.PathValue("who")]
			rw.Header().Set("Content-Type", "text/html")
			rw.Write([]byte(`<form method=post action=/sign-in/demo><input name=user value=`+m.UserID.String()+`><input name=membership value=`+m.ID.String()+`><input name=back value="`+req.URL.Query().Get("to")+`"></form><script>document.forms[0].submit()</script>`))
		})
		os.WriteFile("/tmp/look_id", []byte(r.ID), 0o644)
		srv := &http.Server{Addr: "127.0.0.1:8765", Handler: mux}
		go srv.ListenAndServe()
		time.Sleep(45 * time.Second)
		srv.Close()
	})
}
