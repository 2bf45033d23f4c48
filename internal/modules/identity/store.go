package identity

import (
	"strings"

	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement, except in work across tenants, where
// arguments are numbered from $1.
var (
	bodies      = db.TableOf[Body]("identity_body")
	users       = db.TableOf[User]("identity_user")
	memberships = db.TableOf[Membership]("identity_membership")
	tokens      = db.TableOf[Token]("identity_token")
)

const actingColumns = `
	SELECT m.id, m.tenant_id, m.user_id, m.role, m.body_id, m.unit,
		u.name AS user_name, u.language, u.password, t.name AS tenant_name, t.code AS tenant_code, COALESCE(b.name, '') AS body_name
	FROM identity_membership m
	JOIN identity_user u ON u.id = m.user_id
	JOIN identity_body t ON t.id = m.tenant_id
	LEFT JOIN identity_body b ON b.id = m.body_id
	WHERE NOT m.ended AND NOT u.disabled`

// actingOf lists the memberships of a user: those that speak for a body within
// another tenant first, because that is where an officer's work is.
func actingOf(tx *db.Tx, user record.ID) ([]Acting, error) {
	return db.All[Acting](tx, actingColumns+" AND m.user_id = $1 ORDER BY CASE WHEN m.body_id = '' THEN 1 ELSE 0 END, m.id", user)
}

// rolesOf lists the memberships in the tenant, of one user or of everybody.
func rolesOf(tx *db.Tx, user record.ID) ([]Acting, error) {
	q := query.New(actingColumns).And("m.tenant_id = $1").When(user != "", "m.user_id = ?", user)
	return db.All[Acting](tx, q.Add("ORDER BY u.name_fold, m.id").Text(), q.Args()...)
}

const personSource = `
	FROM identity_user u
	JOIN identity_body h ON h.id = u.tenant_id
	WHERE (u.tenant_id = $1 OR EXISTS (
		SELECT 1 FROM identity_membership m WHERE m.tenant_id = $1 AND m.user_id = u.id AND NOT m.ended))`

const personColumns = `
	SELECT u.tenant_id, u.id, u.version, u.created_at, u.updated_at, u.email, u.name, u.name_fold, u.language,
		u.failures, u.locked_till, u.disabled, u.demo, u.password <> '' AS ready, h.name AS home,
		COALESCE((
			SELECT string_agg(m.role, ',' ORDER BY m.role) FROM identity_membership m
			WHERE m.tenant_id = $1 AND m.user_id = u.id AND NOT m.ended), '') AS held` + personSource

func peopleWhere(tx *db.Tx, f PersonFilter, p table.Page) (found []Person, total int, err error) {
	q := query.New("")
	if words := text.Fold(f.Words); words != "" {
		q.And("u.name_fold LIKE ? ESCAPE '!' OR u.email LIKE ? ESCAPE '!'", query.Like(words), query.Like(strings.ToLower(f.Words)))
	}
	q.When(f.Role != "", `EXISTS (
		SELECT 1 FROM identity_membership m WHERE m.tenant_id = $1 AND m.user_id = u.id AND m.role = ? AND NOT m.ended)`, f.Role)
	total, err = db.One[int](tx, "SELECT COUNT(*)"+personSource+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[Person](tx, personColumns+q.Add(p.OrderBy("u.id")).Text(), q.Args()...)
	for i := range found {
		found[i].Locked = tx.Now.Before(found[i].LockedTill.Time)
	}
	return found, total, err
}

func userByEmail(tx *db.Tx, email string) ([]User, error) {
	return users.Select(tx, "WHERE email = $1", email)
}

func bodiesWhere(tx *db.Tx, f BodyFilter, p table.Page) (found []Body, total int, err error) {
	q := query.Across("WHERE 1 = 1")
	q.When(f.Words != "", "name_fold LIKE ? ESCAPE '!'", query.Like(f.Words))
	q.When(f.Pack != "", "pack = ?", f.Pack)
	q.When(f.Kind != "", "kind = ?", f.Kind)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM identity_body "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = bodies.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}
