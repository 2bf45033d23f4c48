package reflection

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"bastida/engine/identifiers"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/crypt"
	"bastida/internal/platform/db"
)

// At names the session of a group that is written about.
type At struct{ Group, Session record.ID }

// Keystrokes are what a window sends. Version is that of the record it was drawn
// with; Tab tells the windows apart; From is the typed text that it went on with.
type Keystrokes struct {
	Version int
	Tab     string
	From    record.ID
	Fields  url.Values
}

const mostTyped = 200_000 // bytes; far more than anybody types of a session

// Save stores what a group writes of a session. Identifiers are refused, and so
// is what reads like a name until the writer allows it. Who did not see what
// somebody else saved is Stale, and nothing is written.
func (s *Service) Save(ctx context.Context, at At, k Keystrokes, c Content) (r Record, err error) {
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		b, e, err := s.writing(tx, at)
		if err != nil {
			return err
		}
		if e.Record.Version != k.Version {
			return fault.New(fault.Stale, "record.stale")
		}
		if err := s.check(tx, b, &c); err != nil {
			return err
		}
		if r, err = s.store(tx, b, e, c); err != nil {
			return err
		}
		return dropTyped(tx, e.Mine, func(t Typed) bool { return t.Tab == k.Tab || t.ID == k.From })
	})
	return r, err
}

// writing returns what is there, to whoever may write now.
func (s *Service) writing(tx *db.Tx, at At) (b Book, e Entry, err error) {
	if b, err = s.cover(tx, at.Group); err != nil {
		return b, e, err
	}
	switch {
	case b.Erased.Destroyed:
		return b, e, fault.New(fault.Conflict, "crypt.destroyed", "at", b.Erased.DestroyedAt)
	case !b.Editable():
		return b, e, fault.New(fault.Conflict, "reflection.closed")
	}
	sittings, err := s.sittings(tx.Context, at.Group)
	if err != nil {
		return b, e, err
	}
	i := slices.IndexFunc(sittings, func(one Sitting) bool { return one.ID == at.Session })
	if i < 0 {
		return b, e, fault.New(fault.NotFound, "record.not_found")
	}
	if e, err = s.entry(tx, b, sittings[i]); err == nil && e.Cancelled && !e.Written() {
		err = fault.New(fault.Conflict, "reflection.cancelled")
	}
	return b, e, err
}

// check refuses what must not be written, field by field.
func (s *Service) check(tx *db.Tx, b Book, c *Content) error {
	around, err := s.surroundings(tx.Context, b.Group, *c)
	if err != nil {
		return err
	}
	var wrong fault.Fields
	found := c.find(around)
	found.complain(c.Allowed, &wrong)
	c.allowOnly(found)
	for _, theme := range c.Themes {
		if !has(s.Taxonomy.Themes, theme) {
			wrong.Add("themes", "form.not_an_option")
		}
	}
	for n, o := range c.Obstacles {
		if !s.Taxonomy.KnowsObstacle(o.Kind) {
			wrong.Add("obstacles."+strconv.Itoa(n)+".kind", "form.not_an_option")
		}
	}
	whole := b.Whom()
	for n, a := range c.Actions {
		if a.Who != "" && !slices.Contains(whole, a.Who) {
			wrong.Add("actions."+strconv.Itoa(n)+".who", "form.not_an_option")
		}
	}
	return wrong.Err()
}

// Whom are the names of those who may take on an action.
func (b Book) Whom() (names []string) {
	for _, p := range b.People {
		names = append(names, p.Name)
	}
	if b.Group.SupervisorName != "" {
		names = append(names, b.Group.SupervisorName)
	}
	return names
}

// Names are what an obstacle that leaves the record must not say.
func (b Book) Names() []string { return append(ownNames(b.Group), b.Whom()...) }

// store locks and writes. Two who write the first words of a session at once
// are in the same place as two who edit: the second is Stale.
func (s *Service) store(tx *db.Tx, b Book, e Entry, c Content) (r Record, err error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return r, fmt.Errorf("write record: %w", err)
	}
	fill := func(r *Record) error {
		locked, err := s.Keys.Seal(tx, contentSpot(*r), raw)
		r.Content, r.EditedBy = string(locked), tx.Actor.Name
		return err
	}
	if e.Written() {
		return records.Edit(tx, e.Record.ID, e.Record.Version, fill)
	}
	r = Record{ProgrammeID: b.Programme.ID, GroupID: b.Group.ID, SessionID: e.ID}
	r.ID = db.NewID()
	if err := fill(&r); err != nil {
		return r, err
	}
	err = records.Insert(tx, &r)
	if errors.Is(err, fault.Conflict) {
		err = fault.New(fault.Stale, "record.stale")
	}
	return r, err
}

// Keep stores what somebody is typing, without its identifiers, and tells who
// saved meanwhile, if anybody did.
func (s *Service) Keep(ctx context.Context, at At, k Keystrokes) (kept Typed, by string, err error) {
	if len(k.Fields.Encode()) > mostTyped {
		return kept, "", fault.New(fault.Invalid, "reflection.too_long")
	}
	err = s.DB.Do(ctx, func(tx *db.Tx) error {
		b, e, err := s.writing(tx, at)
		if err != nil {
			return err
		}
		if e.Record.Version != k.Version {
			by = e.Record.EditedBy
		}
		around, err := s.surroundings(tx.Context, b.Group, Content{})
		if err != nil {
			return err
		}
		kept, err = s.keep(tx, at, k, blackened(k.Fields, around))
		return err
	})
	return kept, by, err
}

// blackened is what was typed without what must never be stored.
func blackened(fields url.Values, around identifiers.Surroundings) url.Values {
	clean := url.Values{}
	for name, texts := range fields {
		for _, text := range texts {
			clean.Add(name, identifiers.Blackened(text, identifiers.Scan(text, around)))
		}
	}
	return clean
}

func typedSpot(t Typed) crypt.Spot {
	return crypt.Spot{Owner: record.Ref{Kind: groupKind, ID: t.GroupID}, Record: t.ID, Field: "fields"}
}

func (s *Service) keep(tx *db.Tx, at At, k Keystrokes, fields url.Values) (kept Typed, err error) {
	raw, err := json.Marshal(fields)
	if err != nil {
		return kept, fmt.Errorf("keep typed text: %w", err)
	}
	fill := func(t *Typed) error {
		locked, err := s.Keys.Seal(tx, typedSpot(*t), raw)
		t.Fields, t.Seen = string(locked), k.Version
		return err
	}
	mine, err := typedBy(tx, at.Group, at.Session)
	if err != nil {
		return kept, err
	}
	if i := slices.IndexFunc(mine, func(t Typed) bool { return t.Tab == k.Tab }); i >= 0 {
		return typed.Edit(tx, mine[i].ID, db.AnyVersion, fill)
	}
	kept = Typed{GroupID: at.Group, SessionID: at.Session, UserID: tx.Actor.User, Tab: k.Tab}
	kept.ID = db.NewID()
	if err := fill(&kept); err != nil {
		return kept, err
	}
	err = typed.Insert(tx, &kept)
	return kept, err
}

// Unsaved is a typed text, unlocked.
type Unsaved struct {
	Typed
	Values url.Values
}

// UnsavedOf returns what the actor typed of a session and did not save, newest
// first.
func (s *Service) UnsavedOf(ctx context.Context, at At) (all []Unsaved, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := s.member(tx.Context, at.Group); err != nil {
			return err
		}
		mine, err := typedBy(tx, at.Group, at.Session)
		for _, t := range mine {
			u := Unsaved{Typed: t}
			raw, err := s.Keys.Open(tx, typedSpot(t), crypt.Sealed(t.Fields))
			if err == nil {
				err = json.Unmarshal(raw, &u.Values)
			}
			if err != nil {
				return fmt.Errorf("read typed text %s: %w", t.ID, err)
			}
			all = append(all, u)
		}
		return err
	})
	return all, err
}

// Drop throws a typed text of the actor away.
func (s *Service) Drop(ctx context.Context, at At, id record.ID) error {
	return s.DB.Do(ctx, func(tx *db.Tx) error {
		if _, err := s.member(tx.Context, at.Group); err != nil {
			return err
		}
		mine, err := typedBy(tx, at.Group, at.Session)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(mine, func(t Typed) bool { return t.ID == id }) {
			return fault.New(fault.NotFound, "record.not_found")
		}
		return typed.Delete(tx, id)
	})
}
