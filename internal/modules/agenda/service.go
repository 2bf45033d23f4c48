package agenda

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bastida/engine/ical"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/booking"
	"bastida/internal/modules/identity"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/supervisors"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/secret"
)

// Deps are what this module works with.
type Deps struct {
	DB          *db.DB
	Identity    *identity.Service
	Supervisors *supervisors.Service
	Supervision *supervision.Service
	Sessions    *sessions.Service
	Booking     *booking.Service
	URL         string                                     // address of the portal
	Sender      string                                     // address that invitations come from
	Say         func(lang, key string, args ...any) string // says a message in the language of whoever gets it
}

// Service is the verbs of this module.
type Service struct{ Deps }

// New returns the service. From then on people are invited.
func New(d Deps) *Service {
	s := &Service{d}
	if d.Booking != nil {
		d.Booking.OnChange(s.invite)
	}
	return s
}

// own runs f for whoever is signed in, with the feed that they have.
func (s *Service) own(ctx context.Context, f func(tx *db.Tx, had Feed, has error) error) error {
	if err := OwnFeed.Check(ctx, access.Place{}); err != nil {
		return err
	}
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		had, err := feedOf(tx, tx.Actor.User)
		if err != nil && !errors.Is(err, fault.NotFound) {
			return err
		}
		return f(tx, had, err)
	})
}

// Feed returns the actor's feed; NotFound while they have none.
func (s *Service) Feed(ctx context.Context) (found Feed, err error) {
	if err := OwnFeed.Check(ctx, access.Place{}); err != nil {
		return found, err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		found, err = feedOf(tx, tx.Actor.User)
		return err
	})
	return found, err
}

// Renew makes the actor a feed, in place of the one that they have, and returns
// its address: nobody can say it again.
func (s *Service) Renew(ctx context.Context) (address string, err error) {
	key := secret.New()
	err = s.own(ctx, func(tx *db.Tx, had Feed, has error) error {
		if has != nil {
			return feeds.Insert(tx, &Feed{UserID: tx.Actor.User, Fingerprint: secret.Fingerprint(key), Language: i18n.Lang(ctx)})
		}
		_, err := feeds.Edit(tx, had.ID, db.AnyVersion, func(f *Feed) error {
			f.Fingerprint, f.Language = secret.Fingerprint(key), i18n.Lang(ctx)
			return nil
		})
		return err
	})
	return strings.TrimSuffix(s.URL, "/") + "/calendars/" + key, err
}

// Revoke puts an end to the actor's feed.
func (s *Service) Revoke(ctx context.Context) (gone Feed, err error) {
	err = s.own(ctx, func(tx *db.Tx, had Feed, has error) error {
		gone = had
		if has != nil {
			return has
		}
		return feeds.Delete(tx, had.ID)
	})
	return gone, err
}

// Calendar is the calendar at a secret address. An unknown one is NotFound, as
// is that of somebody who may not act in the tenant any more.
func (s *Service) Calendar(ctx context.Context, key string) (text string, err error) {
	err = s.DB.ViewAcross(ctx, "a calendar is read at its secret address", func(tx *db.Tx) error {
		feed, err := feeds.First(tx, "WHERE fingerprint = $1", secret.Fingerprint(key))
		if err != nil {
			return err
		}
		as, err := s.owner(tx, feed)
		if err != nil {
			return err
		}
		from, to := span(civil.Of(tx.Now.In(i18n.Zone)))
		found, err := s.Sessions.Mine(as, from, to)
		if err != nil {
			return err
		}
		text = s.calendar(found, feed.Language).Encode()
		return nil
	})
	return text, err
}

// owner is a context in which the owner of a feed acts, if they still may.
func (s *Service) owner(tx *db.Tx, feed Feed) (context.Context, error) {
	held, err := s.Identity.Memberships(tx.Context, feed.UserID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(held, func(a identity.Acting) bool { return a.TenantID == feed.TenantID })
	if i < 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	a := held[i].Actor()
	a.Via = "feed"
	return actor.With(tx.In(feed.TenantID).Context, a), nil
}

// calendar is sessions for a program that reads them.
func (s *Service) calendar(found []sessions.Session, lang string) ical.Calendar {
	c := ical.Calendar{Product: product, Name: s.Say(lang, "agenda.calendar"), Refresh: refresh}
	for _, row := range found {
		c.Events = append(c.Events, event(row, s.texts(row, lang)))
	}
	return c
}

// texts are the neutral words of an event.
func (s *Service) texts(row sessions.Session, lang string) texts {
	return texts{summary: s.Say(lang, "agenda.summary", "group", row.GroupName), url: s.link(row.Href()), zone: i18n.Zone}
}

func (s *Service) link(path string) string { return strings.TrimSuffix(s.URL, "/") + path }

// inside is a context in which the program reads whom to tell, whoever asks.
//
// Safety: what is read with it goes into messages to the people it is about.
func inside(tx *db.Tx) context.Context { return actor.AsSystem(tx.Context, tx.Tenant, "agenda") }

// byGroup keeps the sessions of each group together.
func byGroup(all []sessions.Session) (groups [][]sessions.Session) {
	at := map[record.ID]int{}
	for _, row := range all {
		i, known := at[row.GroupID]
		if !known {
			i = len(groups)
			at[row.GroupID] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], row)
	}
	return groups
}
