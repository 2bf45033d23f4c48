package identity

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/secret"
)

// SignIn returns the account behind an e-mail address and a password. address
// is where the request comes from, for the rate limit.
//
// A wrong password and an unknown account are answered alike and take as long.
func (s *Service) SignIn(ctx context.Context, email, password, address string) (User, error) {
	if !s.limiter.allow(address) {
		return User{}, fault.New(fault.TooMany, "identity.too_often")
	}
	var u User
	var refused error
	err := s.db.Across(ctx, "signing in looks for the account in every body", func(tx *db.Tx) error {
		found, err := userByEmail(tx, cleanEmail(email))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			secret.Matches("", password)
			refused = fault.New(fault.Invalid, "identity.wrong_credentials")
			return nil
		}
		u, refused, err = tryPassword(tx.In(found[0].TenantID), found[0], password)
		return err
	})
	if err == nil {
		err = refused
	}
	return u, err
}

// tryPassword returns the refusal apart from the error: a wrong password is
// counted, and what is counted must be stored.
func tryPassword(tx *db.Tx, u User, password string) (_ User, refused, err error) {
	if refused := u.Open(tx.Now); refused != nil {
		return u, refused, nil
	}
	right := secret.Matches(u.Password, password)
	if right && u.Failures == 0 {
		tx.Note("sign_in", users.Name(), u.ID, "")
		return u, nil, nil
	}
	u, err = users.Edit(tx, u.ID, db.AnyVersion, func(u *User) error {
		if right {
			u.Succeed()
		} else {
			u.Fail(tx.Now)
		}
		return nil
	})
	if !right {
		refused = fault.New(fault.Invalid, "identity.wrong_credentials")
	}
	return u, refused, err
}

// DemoSignIn returns a demo account without a password. It refuses outside a
// demo installation, whatever the account says.
func (s *Service) DemoSignIn(ctx context.Context, id record.ID) (u User, err error) {
	if !s.demo {
		return u, fault.New(fault.NotFound, "record.not_found")
	}
	err = s.db.Across(ctx, "signing in looks for the account in every body", func(tx *db.Tx) error {
		u, err = users.First(tx, "WHERE id = $1 AND demo", id)
		if err != nil {
			return err
		}
		tx.In(u.TenantID).Note("sign_in", users.Name(), u.ID, "demo")
		return nil
	})
	return u, err
}

// DemoUser is an account offered on the demo's sign-in page.
type DemoUser struct {
	Acting
	Email string `db:"email"`
	Pack  string `db:"pack"`
	Home  string `db:"home"` // name of the body where the person works
	Leads bool   `db:"leads_pack"`
}

// DemoUsers lists the accounts of the demo whose body or name holds words, by
// organisation, body and role.
func (s *Service) DemoUsers(ctx context.Context, words string) (found []DemoUser, err error) {
	if !s.demo {
		return nil, nil
	}
	err = s.db.ViewAcross(ctx, "the demo's sign-in page lists its invented people", func(tx *db.Tx) error {
		q := query.Across(`
			SELECT m.id, m.tenant_id, m.user_id, m.role, m.body_id, m.unit, u.email, u.name AS user_name, u.language,
				t.name AS tenant_name, t.code AS tenant_code, COALESCE(b.name, '') AS body_name, t.pack, h.name AS home, t.leads_pack
			FROM identity_user u
			JOIN identity_membership m ON m.user_id = u.id
			JOIN identity_body h ON h.id = u.tenant_id
			JOIN identity_body t ON t.id = m.tenant_id
			LEFT JOIN identity_body b ON b.id = m.body_id
			WHERE u.demo AND NOT u.disabled AND NOT m.ended`)
		if words = text.Fold(words); words != "" {
			q.And("h.name_fold LIKE ? ESCAPE '!' OR u.name_fold LIKE ? ESCAPE '!'", query.Like(words), query.Like(words))
		}
		found, err = db.All[DemoUser](tx, q.Add("ORDER BY t.pack, t.leads_pack DESC, h.name_fold, u.id").Text(), q.Args()...)
		return err
	})
	return found, err
}

// DemoTeam lists the accounts of the demo that act in a body.
func (s *Service) DemoTeam(ctx context.Context, code string) (team []DemoUser, err error) {
	all, err := s.DemoUsers(ctx, "")
	for _, u := range all {
		if u.TenantCode == code && u.BodyID == "" {
			team = append(team, u)
		}
	}
	return team, err
}

// Memberships lists in what a user may act, the usual one first.
func (s *Service) Memberships(ctx context.Context, user record.ID) (found []Acting, err error) {
	err = s.db.ViewAcross(ctx, "a person's memberships lie in several tenants", func(tx *db.Tx) error {
		found, err = actingOf(tx, user)
		return err
	})
	return found, err
}

// Act returns the membership in which a user acts: the chosen one if they
// still hold it, otherwise their usual one. A user without any is Unknown.
func (s *Service) Act(ctx context.Context, user, chosen record.ID) (Acting, []Acting, error) {
	held, err := s.Memberships(ctx, user)
	if err != nil {
		return Acting{}, nil, err
	}
	if len(held) == 0 {
		return Acting{}, nil, fault.New(fault.Unknown, "identity.no_membership")
	}
	for _, m := range held {
		if m.ID == chosen {
			return m, held, nil
		}
	}
	return held[0], held, nil
}

// limiter slows down sign-in attempts by address of origin: ten at once, then
// one each six seconds.
type limiter struct {
	mu   sync.Mutex
	seen map[string]*visitor
}

type visitor struct {
	rate *rate.Limiter
	last time.Time
}

func newLimiter() *limiter { return &limiter{seen: map[string]*visitor{}} }

const mostVisitors = 10_000 // addresses remembered before the idle are forgotten

func (l *limiter) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if len(l.seen) > mostVisitors {
		for a, v := range l.seen {
			if now.Sub(v.last) > time.Hour {
				delete(l.seen, a)
			}
		}
	}
	v, known := l.seen[address]
	if !known {
		v = &visitor{rate: rate.NewLimiter(rate.Every(6*time.Second), 10)}
		l.seen[address] = v
	}
	v.last = now
	return v.rate.Allow()
}
