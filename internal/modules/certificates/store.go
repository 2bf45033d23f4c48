package certificates

import (
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement, except in work across tenants, where
// nobody's is.
var (
	accreditations = db.TableOf[Accreditation]("certificates_accreditation")
	certificates   = db.TableOf[Certificate]("certificates_certificate")
)

func accreditationsOf(tx *db.Tx, programme record.ID) ([]Accreditation, error) {
	return accreditations.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY accredited_on, id", programme)
}

// Filter narrows the certificates of a programme.
type Filter struct {
	Words string
	State State
}

func certificatesWhere(tx *db.Tx, programme record.ID, f Filter, p table.Page) (found []Certificate, total int, err error) {
	q := query.New("WHERE tenant_id = $1").And("programme_id = ?", programme)
	q.When(f.Words != "", "name_fold LIKE ? ESCAPE '!'", query.Like(text.Fold(f.Words)))
	q.When(f.State != "", "state = ?", f.State)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM certificates_certificate "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = certificates.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func certificatesOf(tx *db.Tx, programme record.ID) ([]Certificate, error) {
	return certificates.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY issued_at DESC, id DESC", programme)
}

// certificatesFor are those of an account, and those of its address from before
// there was an account.
func certificatesFor(tx *db.Tx, user record.ID, email string) ([]Certificate, error) {
	return certificates.Select(tx, `
		WHERE tenant_id = $1 AND (user_id = $2 OR (user_id = '' AND email = $3 AND email <> ''))
		ORDER BY issued_at DESC, id DESC`, user, email)
}

// certificateWith is read across tenants.
func certificateWith(tx *db.Tx, code string) (Certificate, error) {
	return certificates.First(tx, "WHERE code = $1", code)
}

func nextNumber(tx *db.Tx, year int) (int, error) {
	return db.One[int](tx, "SELECT COALESCE(MAX(number), 0) + 1 FROM certificates_certificate WHERE tenant_id = $1 AND year = $2", year)
}
