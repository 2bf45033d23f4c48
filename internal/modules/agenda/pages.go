package agenda

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/a-h/templ"

	"bastida/internal/kernel/fault"
	"bastida/internal/platform/access"
	"bastida/internal/platform/web"
)

// feedPage is where people keep the address of their calendar.
const feedPage = "/my-supervision/calendar"

// FeedShape is the JSON of somebody's feed.
type FeedShape struct {
	Exists bool   `json:"exists"`
	Since  string `json:"since" doc:"Instant; empty without a feed"`
}

func shapeFeed(f Feed) FeedShape {
	if f.ID == "" {
		return FeedShape{}
	}
	return FeedShape{true, f.UpdatedAt.Format("2006-01-02T15:04:05Z07:00")}
}

// Routes mounts the pages of this module.
func (s *Service) Routes(r *web.Router) {
	web.View(r, feedPage, OwnFeed, web.ViewSpec[Feed, FeedShape]{
		Load: func(ctx context.Context, _ web.Params) (Feed, error) {
			f, err := s.Feed(ctx)
			if errors.Is(err, fault.NotFound) {
				err = nil
			}
			return f, err
		},
		Page:  func(_ context.Context, _ web.Params, f Feed) templ.Component { return feedView(f, "") },
		Shape: shapeFeed,
	})
	// The answer is the only page that ever shows the address, so it is drawn at
	// once and not after a redirect.
	web.Handle(r, http.MethodPost, feedPage, OwnFeed, func(w http.ResponseWriter, p web.Params) error {
		address, err := s.Renew(p.Context())
		if err != nil {
			return err
		}
		f, err := s.Feed(p.Context())
		if err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-store")
		return r.Render(w, p, http.StatusCreated, feedView(f, address))
	})
	web.Act(r, feedPage+"/revoke", OwnFeed, web.ActSpec[Feed, FeedShape]{
		Do:    func(ctx context.Context, _ web.Params) (Feed, error) { return s.Revoke(ctx) },
		Next:  func(Feed) string { return feedPage },
		Flash: "agenda.revoked",
		Shape: func(Feed) FeedShape { return FeedShape{} },
	})
	web.Handle(r, http.MethodGet, "/calendars/{key}", access.Public, s.serve)
}

// serve answers a program that reads a calendar.
func (s *Service) serve(w http.ResponseWriter, p web.Params) error {
	text, err := s.Calendar(p.Context(), p.Path("key"))
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(text))
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Set("X-Robots-Tag", "noindex")
	if p.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="sessions.ics"`)
	_, err = w.Write([]byte(text))
	return err
}
