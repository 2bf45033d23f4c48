package identity

import (
	"context"
	"strings"
	"time"

	"bastida/internal/kernel/actor"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/access"
	"bastida/internal/platform/db"
	"bastida/internal/platform/secret"
)

// TokenInput is a token to be made.
type TokenInput struct {
	Name   string
	Scopes []string
	Days   int
}

// MakeToken makes a token for the membership in which the actor works, and
// returns it with the secret that is never shown again.
func (s *Service) MakeToken(ctx context.Context, in TokenInput) (Token, string, error) {
	if err := OwnTokens.Check(ctx, access.Place{}); err != nil {
		return Token{}, "", err
	}
	a := actor.From(ctx)
	key := tokenPrefix + secret.New()
	t := Token{
		UserID: a.User, MembershipID: a.Membership, Name: in.Name, Fingerprint: secret.Fingerprint(key),
		Scopes:  record.JSON[[]string]{V: in.Scopes},
		Expires: record.At(s.db.Now().Add(time.Duration(in.Days) * 24 * time.Hour)),
	}
	err := s.db.Do(ctx, func(tx *db.Tx) error { return tokens.Insert(tx, &t) })
	return t, key, err
}

// Tokens lists the actor's own tokens in the tenant of ctx, newest first.
func (s *Service) Tokens(ctx context.Context) (found []Token, err error) {
	err = s.db.View(ctx, func(tx *db.Tx) error {
		found, err = tokens.Select(tx, "WHERE tenant_id = $1 AND user_id = $2 ORDER BY id DESC", tx.Actor.User)
		return err
	})
	return found, err
}

// RevokeToken ends one of the actor's own tokens. Another person's is NotFound.
func (s *Service) RevokeToken(ctx context.Context, id record.ID) (t Token, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		t, err = tokens.Edit(tx, id, db.AnyVersion, func(t *Token) error {
			if t.UserID != tx.Actor.User {
				return fault.New(fault.NotFound, "record.not_found")
			}
			t.Revoked = true
			return nil
		})
		return err
	})
	return t, err
}

// ActorOf returns whom a token acts for. Anything but a usable token is
// Unknown.
func (s *Service) ActorOf(ctx context.Context, key string) (a actor.Actor, language string, err error) {
	dead := fault.New(fault.Unknown, "identity.token_dead")
	if !strings.HasPrefix(key, tokenPrefix) {
		return a, "", dead
	}
	err = s.db.Across(ctx, "a token is looked for in every tenant", func(tx *db.Tx) error {
		found, err := tokens.Select(tx, "WHERE fingerprint = $1", secret.Fingerprint(key))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return dead
		}
		t := found[0]
		if err := t.Usable(tx.Now); err != nil {
			return err
		}
		held, err := db.All[Acting](tx, actingColumns+" AND m.id = $1", t.MembershipID)
		if err != nil {
			return err
		}
		if len(held) == 0 {
			return dead
		}
		a, language = held[0].Actor(), held[0].Language
		a.Allow, a.Via = t.allows(), "api"
		return markUsed(tx.In(t.TenantID), t)
	})
	return a, language, err
}

// markUsed notes the use of a token, at most once an hour: a program that asks
// often must not write often.
func markUsed(tx *db.Tx, t Token) error {
	if tx.Now.Sub(t.LastUsed.Time) < time.Hour {
		return nil
	}
	_, err := tokens.Silent().Edit(tx, t.ID, db.AnyVersion, func(t *Token) error {
		t.LastUsed = tx.Now
		return nil
	})
	return err
}
