package territory

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	offices     = db.TableOf[Office]("territory_office")
	places      = db.TableOf[Place]("territory_place")
	holidays    = db.TableOf[Holiday]("territory_holiday")
	suspensions = db.TableOf[Suspension]("territory_suspension")
	parameters  = db.TableOf[Parameter]("territory_parameter")
)

func placesWhere(tx *db.Tx, f PlaceFilter, p table.Page) (found []Place, total int, err error) {
	q := query.New("WHERE tenant_id = $1")
	q.When(f.Words != "", "name_fold LIKE ? ESCAPE '!' OR code = ?", query.Like(f.Words), strings.ToUpper(f.Words))
	q.When(f.Area != "", "area_fold = ?", f.Area)
	q.When(f.Kind != "", "kind = ?", f.Kind)
	q.When(f.Unsure, "status <> ?", Official)
	total, err = db.One[int](tx, "SELECT COUNT(*) FROM territory_place "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = places.Select(tx, q.Add(p.OrderBy("id")).Text(), q.Args()...)
	return found, total, err
}

func areasOf(tx *db.Tx) ([]Area, error) {
	return db.All[Area](tx, `
		SELECT MIN(area) AS area, area_fold, COUNT(*) AS places, COALESCE(SUM(population), 0) AS population,
			COUNT(*) FILTER (WHERE status <> $3) AS unsure
		FROM territory_place
		WHERE tenant_id = $1 AND area <> '' AND kind IN ($2, $4)
		GROUP BY area_fold
		ORDER BY area_fold`, Municipality, Official, Barri)
}

func parameterOn(tx *db.Tx, key string, on civil.Date) ([]Parameter, error) {
	return parameters.Select(tx, `
		WHERE tenant_id = $1 AND param_key = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
		ORDER BY valid_from DESC`, key, on)
}

// holidaysOf reads the days of some places in a period of years.
func holidaysOf(tx *db.Tx, codes []string, from, to civil.Date) ([]Holiday, error) {
	q := query.New("WHERE tenant_id = $1")
	query.In(q, "place", codes)
	q.When(!from.IsZero(), "date >= ?", from).When(!to.IsZero(), "date <= ?", to)
	return holidays.Select(tx, q.Add("ORDER BY date, id").Text(), q.Args()...)
}

func holidaysWhere(tx *db.Tx, f HolidayFilter, p table.Page) (found []HolidayLine, total int, err error) {
	from, to := yearOf(f.Year)
	q := query.New("FROM territory_holiday h LEFT JOIN territory_place p ON p.tenant_id = h.tenant_id AND p.code = h.place WHERE h.tenant_id = $1")
	q.And("h.date >= ? AND h.date <= ?", from, to)
	q.When(f.Scope != "", "h.scope = ?", f.Scope)
	q.When(f.Words != "", "p.name_fold LIKE ? ESCAPE '!'", query.Like(f.Words))
	total, err = db.One[int](tx, "SELECT COUNT(*) "+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[HolidayLine](tx, `
		SELECT h.tenant_id, h.id, h.version, h.created_at, h.updated_at, h.date, h.scope, h.place, h.name, h.source, h.status,
			COALESCE(p.name, '') AS place_name `+q.Add(p.OrderBy("h.id")).Text(), q.Args()...)
	return found, total, err
}

// lacking lists the municipalities that have fewer local days in a year than
// they should.
func lacking(tx *db.Tx, year, wanted int) ([]Lack, error) {
	from, to := yearOf(year)
	return db.All[Lack](tx, `
		SELECT p.code, p.name, COUNT(h.id) AS days
		FROM territory_place p
		LEFT JOIN territory_holiday h
			ON h.tenant_id = p.tenant_id AND h.place = p.code AND h.scope = $3 AND h.date >= $4 AND h.date <= $5
		WHERE p.tenant_id = $1 AND p.kind = $2
		GROUP BY p.code, p.name, p.name_fold
		HAVING COUNT(h.id) < $6
		ORDER BY p.name_fold, p.code`, Municipality, Local, from, to, wanted)
}

func placesCoded(tx *db.Tx, codes []string) ([]Place, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	q := query.New("WHERE tenant_id = $1")
	query.In(q, "code", codes)
	return places.Select(tx, q.Add("ORDER BY code").Text(), q.Args()...)
}
