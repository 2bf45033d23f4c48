package identity

import (
	"bastida/internal/kernel/record"
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
		u.name AS user_name, u.language, t.name AS tenant_name, t.code AS tenant_code, COALESCE(b.name, '') AS body_name
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
