// Package app puts the program together: configuration, modules, pages,
// background work and commands. Nothing imports it.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"time"
	_ "time/tzdata" // the zone of every body, wherever the program runs

	"github.com/alexedwards/scs/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"bastida/internal/modules/identity"
	"bastida/internal/platform/access"
	"bastida/internal/platform/audit"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
	"bastida/internal/platform/pack"
	"bastida/internal/platform/rule"
	"bastida/internal/platform/sheet"
	"bastida/internal/platform/ui"
	"bastida/internal/platform/web"
)

// App is the program, ready to serve.
type App struct {
	Config  Config
	Clock   *Clock
	DB      *db.DB
	Log     *slog.Logger
	Router  *web.Router
	Handler http.Handler
	Worker  *jobs.Worker
	Modules []module.Descriptor

	services
	packs   *pack.Set
	demo    bool
	metrics *prometheus.Registry
}

// Options say how to open the program.
type Options struct {
	Config Config
	Clock  *Clock    // nil is the real one
	Demo   bool      // one-click sign-in, the demo's clock, the mailbox
	Log    io.Writer // nil throws the log away
}

// Open connects to the database, brings it up to date and wires every module.
func Open(ctx context.Context, o Options) (*App, error) {
	a := &App{Config: o.Config.Complete(), Clock: o.Clock, demo: o.Demo, metrics: prometheus.NewRegistry()}
	if a.Clock == nil {
		a.Clock = &Clock{}
	}
	if err := a.Config.Check(); err != nil {
		return nil, err
	}
	a.openLog(o.Log)
	url, err := a.Config.databaseURL()
	if err != nil {
		return nil, err
	}
	if a.DB, err = db.Open(ctx, db.Options{URL: url, Now: a.Clock.Now, Observe: audit.Record}); err != nil {
		return nil, err
	}
	if err := a.assemble(ctx); err != nil {
		return nil, errors.Join(err, a.DB.Close())
	}
	return a, nil
}

// Close lets go of the database.
func (a *App) Close() error { return a.DB.Close() }

func (a *App) openLog(to io.Writer) {
	if to == nil {
		to = io.Discard
	}
	level, err := a.Config.level()
	if err != nil {
		level = slog.LevelInfo // Check has refused anything else
	}
	a.Log = slog.New(slog.NewJSONHandler(to, &slog.HandlerOptions{Level: level}))
}

func (a *App) assemble(ctx context.Context) error {
	if err := a.connect(); err != nil {
		return err
	}
	if err := a.DB.Migrate(ctx, a.Schemas()...); err != nil {
		return err
	}
	if err := a.missKeys(ctx); err != nil {
		return err
	}
	messages, err := i18n.Load(a.locales()...)
	if err != nil {
		return err
	}
	a.Router = web.NewRouter()
	a.Router.Messages = messages
	a.Router.Log = a.Log
	a.Router.Sessions = a.visits()
	a.Router.Frame = a.frame
	a.OfferScopes(a.Permissions())
	for _, m := range a.Modules {
		if m.Routes != nil {
			m.Routes(a.Router.For(m.Name))
		}
	}
	a.routes(a.Router.For("app"))
	a.Router.MountOpenAPI()
	a.Worker = a.worker()
	a.Handler = a.chain()
	return nil
}

// Schemas lists the migrations in the order in which they run.
func (a *App) Schemas() []db.Schema {
	schemas := []db.Schema{audit.Schema, jobs.Schema}
	for _, m := range a.Modules {
		if m.Migrations != nil {
			schemas = append(schemas, m.Schema())
		}
	}
	return schemas
}

// Permissions lists every permission of the program.
func (a *App) Permissions() (all []access.Permission) {
	for _, m := range a.Modules {
		all = append(all, m.Permissions...)
	}
	return all
}

func (a *App) locales() []fs.FS {
	sources := []fs.FS{ui.Locales, web.Locales, rule.Locales, pack.Locales, sheet.Locales, locales}
	for _, m := range a.Modules {
		if m.Locales != nil {
			sources = append(sources, m.Locales)
		}
	}
	return sources
}

func (a *App) visits() *scs.SessionManager {
	m := scs.New()
	m.Store = identity.SessionStore{DB: a.DB}
	m.Lifetime = 12 * time.Hour
	m.Cookie.Name = "bastida"
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Secure = len(a.Config.URL) > 5 && a.Config.URL[:5] == "https"
	m.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { a.Router.Fail(w, r, err) }
	return m
}

func (a *App) worker() *jobs.Worker {
	w := &jobs.Worker{DB: a.DB, Log: a.Log, Tenants: a.identity.Tenants}
	for _, m := range a.Modules {
		w.Kinds = append(w.Kinds, m.Jobs...)
		w.Schedules = append(w.Schedules, m.Schedules...)
	}
	return w
}

// chain is what a request passes through, outermost first: it is watched, made
// secure, given its session, its actor and its language, and then routed.
// Files that are the same for everybody are answered before the session.
func (a *App) chain() http.Handler {
	a.metrics.MustRegister(collectors.NewGoCollector())
	known := a.Router.Sessions.LoadAndSave(a.identity.Identify(a.Router, a.Router))
	mux := http.NewServeMux()
	mux.Handle("/static/", ui.Static())
	mux.Handle("/", known)
	a.probes(mux)
	return web.Observe(a.Log, web.NewMeasure(a.metrics), web.Secure(mux))
}

// Serve answers requests until ctx ends, then lets those under way finish.
func (a *App) Serve(ctx context.Context, started func(address string)) error {
	server := &http.Server{
		Handler: a.Handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: slog.NewLogLogger(a.Log.Handler(), slog.LevelWarn),
	}
	listener, err := listen(ctx, a.Config.Address)
	if err != nil {
		return err
	}
	working, stopWorking := context.WithCancel(ctx)
	worked := make(chan struct{})
	go func() { a.Worker.Work(working); close(worked) }()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	started("http://" + listener.Addr().String())
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	stopWorking()
	<-worked
	finishing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	if stop := server.Shutdown(finishing); stop != nil && err == nil {
		err = fmt.Errorf("stop serving: %w", stop)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
