package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/ui"
)

var errNoPage = fault.New(fault.NotFound, "web.no_page")

// statuses is the one table from kinds of failure to status codes.
var statuses = map[fault.Kind]int{
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.NotFound:    http.StatusNotFound,
	fault.Unknown:     http.StatusUnauthorized,
	fault.Forbidden:   http.StatusForbidden,
	fault.Conflict:    http.StatusConflict,
	fault.Stale:       http.StatusConflict,
	fault.TooMany:     http.StatusTooManyRequests,
	fault.Unavailable: http.StatusServiceUnavailable,
}

// refusal returns the status with which a form comes back, or zero when the
// error is not one that the person in front of the form can mend.
func refusal(err error) int {
	f := fault.Of(err)
	if f == nil {
		return 0
	}
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.Stale, fault.TooMany:
		return statuses[f.Kind]
	default:
		return 0
	}
}

// Fail answers with an error, for middleware that stops before any route.
func (r *Router) Fail(w http.ResponseWriter, req *http.Request, err error) {
	r.fail(w, req, err, strings.HasPrefix(req.URL.Path, apiPrefix))
}

// fail answers with an error: a page or problem+json. What is not a fault is
// logged in full and shown as a reference number.
func (r *Router) fail(w http.ResponseWriter, req *http.Request, err error, asJSON bool) {
	f := fault.Of(err)
	status := http.StatusInternalServerError
	reference := actor.From(req.Context()).Request
	if f != nil {
		status = statuses[f.Kind]
	} else {
		r.Log.ErrorContext(req.Context(), "request failed", "request", reference, "route", req.Pattern, "error", err)
		f = &fault.Fault{Key: "web.broken"}
	}
	if asJSON {
		r.problem(w, req, status, f, reference)
		return
	}
	if status == http.StatusUnauthorized && req.Method == http.MethodGet {
		http.Redirect(w, req, "/sign-in?back="+url.QueryEscape(req.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	ctx := req.Context()
	title := i18n.T(ctx, fmt.Sprintf("web.status_%d", status))
	page := ui.ErrorPage(status, title, i18n.T(ctx, f.Key, f.Args...), reference)
	if err := r.render(w, Params{req}, status, page); err != nil {
		r.Log.ErrorContext(ctx, "draw error page", "request", reference, "error", err)
		http.Error(w, http.StatusText(status), status)
	}
}

// Problem is the JSON of a failure (RFC 9457).
type Problem struct {
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail"`
	Code   string         `json:"code" doc:"Key of the message, the same in every language"`
	Ref    string         `json:"reference,omitempty"`
	Errors []ProblemField `json:"errors,omitempty"`
}

// ProblemField is one complaint about one input.
type ProblemField struct {
	Location string `json:"location"`
	Message  string `json:"message"`
	Code     string `json:"code"`
}

func (r *Router) problem(w http.ResponseWriter, req *http.Request, status int, f *fault.Fault, reference string) {
	ctx := req.Context()
	p := Problem{
		Title: http.StatusText(status), Status: status, Detail: i18n.T(ctx, f.Key, f.Args...), Code: f.Key, Ref: reference,
	}
	for _, c := range f.Fields {
		p.Errors = append(p.Errors, ProblemField{c.Name, i18n.T(ctx, c.Key, c.Args...), c.Key})
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(p) // the reader has gone if this fails
}

func reply(w http.ResponseWriter, status int, shape any) error {
	raw, err := json.Marshal(shape)
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the reader has gone if this fails
	return nil
}

// Render draws a component with the frame of the page, for handlers mounted
// with Handle.
func (r *Router) Render(w http.ResponseWriter, p Params, status int, c templ.Component) error {
	return r.render(w, p, status, c)
}

// render draws into memory first, so that a page that fails half-way is never
// sent.
func (r *Router) render(w http.ResponseWriter, p Params, status int, c templ.Component) error {
	var page bytes.Buffer
	ctx := ui.WithFrame(p.Context(), r.Frame(p.Request))
	if err := c.Render(ctx, &page); err != nil {
		return fmt.Errorf("draw page: %w", err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept-Encoding")
	if !strings.Contains(p.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		_, _ = w.Write(page.Bytes()) // the reader has gone if this fails
		return nil
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	packed := gzip.NewWriter(w)
	_, _ = packed.Write(page.Bytes()) // the reader has gone if this fails
	_ = packed.Close()
	return nil
}

// DraftSaved answers a page that saves while its reader types: the text stands
// beside the form, and the version goes into it, so that the next save is not
// taken for that of another tab.
func DraftSaved(w http.ResponseWriter, version int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Version", strconv.Itoa(version))
	_, err := w.Write([]byte(text))
	return err
}

// largest is the most bytes a form with files may carry.
const largest = 25 << 20

func parse(w http.ResponseWriter, p Params) error {
	p.Body = http.MaxBytesReader(w, p.Body, largest)
	var err error
	if strings.HasPrefix(p.Header.Get("Content-Type"), "multipart/") {
		err = p.ParseMultipartForm(4 << 20)
	} else {
		err = p.ParseForm()
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.New(fault.Invalid, "web.too_large", "megabytes", largest>>20)
	}
	if err != nil {
		return fault.New(fault.Invalid, "web.unreadable")
	}
	return nil
}

// decode reads JSON strictly: a misspelt name is a complaint, not a silence.
func decode(w http.ResponseWriter, p Params, in any) error {
	body := http.MaxBytesReader(w, p.Body, 1<<20)
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	if err := d.Decode(in); err != nil {
		return fault.New(fault.Invalid, "web.bad_json", "problem", err.Error())
	}
	return nil
}

const (
	flashText = "flash.text"
	flashTone = "flash.tone"
)

func (r *Router) done(w http.ResponseWriter, p Params, next, key string) {
	if key != "" {
		r.Say(p, ui.OK, i18n.T(p.Context(), key))
	}
	http.Redirect(w, p.Request, next, http.StatusSeeOther)
}

// Say leaves a message for the next page.
func (r *Router) Say(p Params, tone ui.Tone, text string) {
	r.Sessions.Put(p.Context(), flashText, text)
	r.Sessions.Put(p.Context(), flashTone, string(tone))
}

// Flash takes the message left for this page.
func (r *Router) Flash(req *http.Request) *ui.Notice {
	text := r.Sessions.PopString(req.Context(), flashText)
	if text == "" {
		return nil
	}
	return &ui.Notice{Tone: ui.Tone(r.Sessions.PopString(req.Context(), flashTone)), Text: text}
}

func (r *Router) sayProblem(p Params, err error) {
	f := fault.Of(err)
	text := i18n.T(p.Context(), f.Key, f.Args...)
	for _, c := range f.Fields {
		text += " " + i18n.T(p.Context(), c.Key, c.Args...)
	}
	r.Say(p, ui.Crit, text)
}

// back returns the page of this site that the request came from.
func (p Params) back() string {
	from, err := url.Parse(p.Referer())
	if err != nil || from.Host != p.Host || from.Path == "" {
		return ""
	}
	return from.RequestURI()
}
