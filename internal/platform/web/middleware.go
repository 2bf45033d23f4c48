package web

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"bastida/internal/kernel/actor"
	"bastida/internal/platform/db"
)

// policy is the content security policy of every page: nothing inline, nothing
// evaluated, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

// Secure sets the security headers and refuses posts from other sites.
func Secure(next http.Handler) http.Handler {
	guarded := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		guarded.ServeHTTP(w, r)
	})
}

// Measure is the metrics of the web layer.
type Measure struct{ seconds *prometheus.HistogramVec }

// NewMeasure registers the metrics.
func NewMeasure(registry prometheus.Registerer) *Measure {
	m := &Measure{prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "bastida_http_request_seconds", Help: "Time to answer a request, by route and status.",
		Buckets: []float64{.002, .005, .01, .025, .05, .12, .25, .5, 1, 2.5, 10},
	}, []string{"route", "status"})}
	registry.MustRegister(m.seconds)
	return m
}

// Observe gives every request an identifier, logs one line of it, measures it,
// and turns a panic into a logged error. Neither log nor metric ever holds the
// address asked for, only the route: addresses name people.
func Observe(log *slog.Logger, m *Measure, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		seen := &watched{ResponseWriter: w, status: http.StatusOK}
		request := db.NewID().String()
		w.Header().Set("X-Request-Id", request)
		ctx := actor.With(r.Context(), actor.Actor{Request: request, Via: "web"})
		r = r.WithContext(context.WithValue(ctx, watchedKey{}, seen))
		defer func() {
			if p := recover(); p != nil {
				log.ErrorContext(r.Context(), "panic", "request", request, "panic", p, "stack", string(debug.Stack()))
				if !seen.wrote {
					http.Error(seen, http.StatusText(http.StatusInternalServerError)+" "+request, http.StatusInternalServerError)
				}
			}
			took := time.Since(start)
			m.seconds.WithLabelValues(seen.route, strconv.Itoa(seen.status)).Observe(took.Seconds())
			log.InfoContext(r.Context(), "request", "request", request, "user", seen.user, "route", seen.route,
				"status", seen.status, "ms", took.Milliseconds())
		}()
		next.ServeHTTP(seen, r)
	})
}

// watched remembers what was answered, by which route and for whom.
type watched struct {
	http.ResponseWriter
	status int
	wrote  bool
	route  string
	user   string
}

type watchedKey struct{}

// remember tells the log line of a request its route and its user.
func remember(ctx context.Context, route string) {
	if w, ok := ctx.Value(watchedKey{}).(*watched); ok {
		w.route, w.user = route, actor.From(ctx).User.String()
	}
}

// WriteHeader implements http.ResponseWriter.
func (w *watched) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *watched) Write(p []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
