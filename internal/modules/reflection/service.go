package reflection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"bastida/engine/identifiers"
	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/sessions"
	"bastida/internal/modules/supervision"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
	"bastida/internal/platform/i18n"
)

// Deps are what the service works with.
type Deps struct {
	DB          *db.DB
	Keys        *crypt.Keys
	Taxonomy    Taxonomy
	Territory   *territory.Service
	Supervision *supervision.Service
	Sessions    *sessions.Service
}

// Service is the verbs of this module.
type Service struct {
	Deps
	known []func(ctx context.Context, words []string) ([]string, error)
}

// New returns the service, and lets supervision tell it who leaves a group.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	if d.Supervision != nil {
		d.Supervision.OnLeave(s.left)
		d.Supervision.OnHandover(s.handed)
		d.Supervision.OfferGroupTabs(s.groupTab)
		d.Supervision.OfferTabs(s.programmeTab)
	}
	return s
}

// KnowNames adds a module that knows names of people: of the words of a text it
// says which are. It is called while the program is put together.
func (s *Service) KnowNames(know func(ctx context.Context, words []string) ([]string, error)) {
	s.known = append(s.known, know)
}

// member says what the actor is to a group, in the transaction that then reads
// or writes. For anybody else the group is NotFound.
//
// Safety: the program itself, which has every permission, is nobody here, and so
// is a personal token, whatever its scopes.
func (s *Service) member(ctx context.Context, group record.ID) (supervision.Belonging, error) {
	who := actor.From(ctx)
	if err := Write.Require(ctx); err != nil {
		return supervision.Belonging{}, err
	}
	if !who.SignedIn() || who.Allow != nil {
		return supervision.Belonging{}, fault.New(fault.NotFound, "record.not_found")
	}
	b, err := s.Supervision.Belongs(ctx, group)
	if err == nil {
		err = Write.Check(ctx, b.Group.Place())
	}
	return b, err
}

// Entry is a session of a group with what was written of it, if anything.
type Entry struct {
	Sitting
	Record  Record
	Content Content
	Mine    []Typed // what the actor typed and has not saved
}

// Written reports whether something was saved.
func (e Entry) Written() bool { return e.Record.ID != "" }

// Book is the whole record of a group, as its members and supervisor see it.
type Book struct {
	supervision.Belonging
	Programme supervision.Programme
	People    []supervision.Participant // of today
	Entries   []Entry
	Erased    crypt.Status
	Until     civil.Date // until when it is kept; no day when nobody has stated it
	Figure    profiles.Figure
}

// Editable reports whether the group may still write.
func (b Book) Editable() bool { return b.Programme.State == supervision.Open && !b.Erased.Destroyed }

// Book returns the record of a group. Once its key is destroyed the entries say
// no more than that they were.
func (s *Service) Book(ctx context.Context, group record.ID) (b Book, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if b, err = s.cover(tx, group); err != nil {
			return err
		}
		sittings, err := s.sittings(tx.Context, group)
		if err != nil {
			return err
		}
		for _, at := range sittings {
			e, err := s.entry(tx, b, at)
			if err != nil {
				return err
			}
			b.Entries = append(b.Entries, e)
		}
		return nil
	})
	return b, err
}

// Page returns the record of one session of a group.
func (s *Service) Page(ctx context.Context, group, session record.ID) (b Book, e Entry, err error) {
	if b, err = s.Book(ctx, group); err != nil {
		return b, e, err
	}
	for _, e := range b.Entries {
		if e.ID == session {
			return b, e, nil
		}
	}
	return b, e, fault.New(fault.NotFound, "record.not_found")
}

// cover is a book without its entries.
func (s *Service) cover(tx *db.Tx, group record.ID) (b Book, err error) {
	if b.Belonging, err = s.member(tx.Context, group); err != nil {
		return b, err
	}
	if b.Programme, err = s.Supervision.Programme(tx.Context, b.Group.ProgrammeID); err != nil {
		return b, err
	}
	all, err := s.Supervision.Participants(tx.Context, group)
	if err != nil {
		return b, err
	}
	for _, p := range all {
		if p.On(today(tx)) {
			b.People = append(b.People, p)
		}
	}
	b.Figure = b.Programme.Rules().Rule(profiles.RetentionMonths, b.Group.Kind)
	b.Until = keptUntil(b.Programme, b.Group)
	b.Erased, err = s.Keys.Status(tx, b.Group.Ref())
	return b, err
}

func (s *Service) entry(tx *db.Tx, b Book, at Sitting) (e Entry, err error) {
	e.Sitting = at
	e.Record, err = recordOf(tx, b.Group.ID, at.ID)
	if errors.Is(err, fault.NotFound) {
		e.Record, err = Record{}, nil
	}
	if err != nil || b.Erased.Destroyed {
		return e, err
	}
	if e.Written() {
		if e.Content, err = s.read(tx, e.Record); err != nil {
			return e, err
		}
	}
	e.Mine, err = typedBy(tx, b.Group.ID, at.ID)
	return e, err
}

// sittings are the sessions of a group, as far as a record needs them.
func (s *Service) sittings(ctx context.Context, group record.ID) (all []Sitting, err error) {
	found, err := s.Sessions.OfGroup(ctx, group)
	for _, one := range found {
		all = append(all, Sitting{one.ID, one.Number, one.Day, one.State == sessions.Cancelled})
	}
	return all, err
}

func contentSpot(r Record) crypt.Spot {
	return crypt.Spot{Owner: record.Ref{Kind: groupKind, ID: r.GroupID}, Record: r.ID, Field: "content"}
}

func (s *Service) read(tx *db.Tx, r Record) (c Content, err error) {
	raw, err := s.Keys.Open(tx, contentSpot(r), crypt.Sealed(r.Content))
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		return c, fmt.Errorf("read record %s: %w", r.ID, err)
	}
	return c, nil
}

// surroundings are what the texts of a group are read with.
func (s *Service) surroundings(ctx context.Context, g supervision.Group, c Content) (around identifiers.Surroundings, err error) {
	around.Year = civil.Of(s.DB.Now().In(i18n.Zone)).Year
	around.Safe = ownNames(g)
	people, err := s.Supervision.Participants(ctx, g.ID)
	if err != nil {
		return around, err
	}
	for _, p := range people {
		around.Safe = append(around.Safe, p.Name, p.BodyName, p.Employer)
	}
	places, err := s.Territory.AllPlaces(ctx)
	if err != nil {
		return around, err
	}
	for _, p := range places {
		around.Safe = append(around.Safe, p.Name, p.Area)
	}
	var words []string
	for _, text := range c.said() {
		words = append(words, identifiers.Words(text)...)
	}
	for _, know := range s.known {
		names, err := know(ctx, words)
		if err != nil {
			return around, err
		}
		around.People = append(around.People, names...)
	}
	return around, nil
}

// ownNames are the names of the group itself, its bodies and its supervisor.
func ownNames(g supervision.Group) []string {
	all := []string{g.Name, g.Area, g.PlaceName, g.SupervisorName}
	for _, b := range g.Bodies.V {
		all = append(all, b.Name)
	}
	return all
}

// Look finds the identifiers in what somebody is typing. Nothing is stored.
func (s *Service) Look(ctx context.Context, group record.ID, c Content) (Found, error) {
	b, err := s.member(ctx, group)
	if err != nil {
		return Found{}, err
	}
	around, err := s.surroundings(ctx, b.Group, c)
	return c.find(around), err
}

// today is the day of a transaction, where the bodies are.
func today(tx *db.Tx) civil.Date { return civil.Of(tx.Now.In(i18n.Zone)) }

// keptUntil is the day on which the key of a group is destroyed: so many months
// after the programme ends as its rules state. Nothing stated is no day.
func keptUntil(p supervision.Programme, g supervision.Group) civil.Date {
	months, stated := p.Rules().Figure(profiles.RetentionMonths, g.Kind)
	if !stated || p.Ends.IsZero() {
		return civil.Date{}
	}
	return civil.Of(p.Ends.Start(time.UTC).AddDate(0, int(months), 0))
}
