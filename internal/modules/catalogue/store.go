package catalogue

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement, except in work across tenants, where
// arguments are numbered from $1.
var (
	resources = db.TableOf[Resource]("catalogue_resource")
	versions  = db.TableOf[Version]("catalogue_version")
)

// mostWords is how many words of a search count: each is a condition.
const mostWords = 6

// saying narrows a query to the sheets that have every word. column is a
// constant of the program.
func saying(q *query.Query, column, typed string) {
	words := strings.Fields(text.Fold(typed))
	for _, word := range words[:min(len(words), mostWords)] {
		q.And(column+" LIKE ? ESCAPE '!'", query.Like(word))
	}
}

func ownWhere(tx *db.Tx, f OwnFilter, p table.Page) (found []Resource, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	saying(q, "words", f.Words)
	q.When(f.State != "", "state = ?", f.State)
	q.When(f.Kind != "", "kind = ?", f.Kind)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM catalogue_resource "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = resources.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func byCode(tx *db.Tx, code string) (Resource, error) {
	return resources.First(tx, "WHERE tenant_id = $1 AND code = $2 ORDER BY edition DESC, id DESC", code)
}

func versionsOf(tx *db.Tx, resource record.ID) ([]Version, error) {
	return versions.Select(tx, "WHERE tenant_id = $1 AND resource_id = $2 ORDER BY number DESC", resource)
}

func versionNumbered(tx *db.Tx, resource record.ID, number int) (Version, error) {
	return versions.First(tx, "WHERE tenant_id = $1 AND resource_id = $2 AND number = $3", resource, number)
}

// shown is the versions that the public sees.
//
// Safety: everything that the public reads starts here. A resource that is not
// published has no row, because no version is numbered 0.
const shown = `
	FROM catalogue_version v
	JOIN catalogue_resource r ON r.id = v.resource_id AND r.published = v.number
	WHERE r.state = 'published'`

const shownColumns = "SELECT v.tenant_id, v.id, v.resource_id, v.number, v.sheet, v.published_at" + shown

// narrowed is a Filter with its body found.
type narrowed struct {
	Filter
	tenant record.ID
	today  civil.Date
}

func shownWhere(tx *db.Tx, f narrowed, p table.Page) (found []Version, total int, err error) {
	q := query.Across("")
	saying(q, "v.words", f.Words)
	q.When(f.tenant != "", "v.tenant_id = ?", f.tenant)
	q.When(f.Kind != "", "v.kind = ?", f.Kind)
	q.When(f.Subject != "", "v.subject = ?", f.Subject)
	q.When(f.Recipient != "", "v.recipients LIKE ? ESCAPE '!'", query.Like(" "+f.Recipient+" "))
	q.When(f.Modality != "", "v.modalities LIKE ? ESCAPE '!'", query.Like(" "+f.Modality+" "))
	if f.OnlyValid {
		q.And("v.valid_from IS NULL OR v.valid_from <= ?", f.today)
		q.And("v.valid_to IS NULL OR v.valid_to >= ?", f.today)
	}
	total, err = db.One[int](tx, "SELECT COUNT(*)"+shown+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[Version](tx, shownColumns+q.Add(p.OrderBy("v.id")).Text(), q.Args()...)
	return found, total, err
}

func shownByID(tx *db.Tx, ids []record.ID) ([]Version, error) {
	q := query.Across(shownColumns)
	query.In(q, "v.resource_id", ids)
	return db.All[Version](tx, q.Add("ORDER BY v.id").Text(), q.Args()...)
}
