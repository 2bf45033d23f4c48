package supervisors

import (
	"strings"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/profession"
	"bastida/internal/kernel/record"
	"bastida/internal/kernel/text"
	"bastida/internal/platform/db"
	"bastida/internal/platform/query"
	"bastida/internal/platform/table"
)

// $1 is the tenant in every statement.
var (
	supervisors       = db.TableOf[Supervisor]("supervisors_supervisor")
	evidence          = db.TableOf[Evidence]("supervisors_evidence")
	incompatibilities = db.TableOf[Incompatibility]("supervisors_incompatibility")
	unavailabilities  = db.TableOf[Unavailability]("supervisors_unavailability")
)

// Filter narrows the register.
type Filter struct {
	Words      string // parts of the name, the provider or the address
	Profession profession.Profession
	Language   string
	Area       string // only those whose territory holds it
	State      State
	user       record.ID // only this person's own
}

// ByNeed orders the register: who needs action first, then by name.
const ByNeed = "l.calm, l.name_fold"

// Line is a supervisor with what their evidence adds up to.
type Line struct {
	Supervisor
	Evidence   int `db:"evidence"`
	Unverified int `db:"unverified"` // pieces that nobody of the body has seen
	Expired    int `db:"expired"`
	Calm       int `db:"calm"` // 0 when somebody must act: the order of the list
}

// lines reads the register with what the evidence adds up to. $2 is today.
const lines = `
	FROM (
		SELECT s.tenant_id, s.id, s.version, s.created_at, s.updated_at, s.user_id, s.name, s.name_fold, s.email, s.phone, s.provider,
			s.external, s.profession, s.languages, s.areas, s.area_folds, s.home_code, s.weekly_minutes, s.season_minutes, s.state, s.words,
			COALESCE(e.evidence, 0) AS evidence, COALESCE(e.unverified, 0) AS unverified, COALESCE(e.expired, 0) AS expired,
			CASE WHEN s.state = 'active' AND (e.evidence IS NULL OR e.unverified > 0 OR e.expired > 0) THEN 0 ELSE 1 END AS calm
		FROM supervisors_supervisor s
		LEFT JOIN (
			SELECT supervisor_id, COUNT(*) AS evidence,
				COUNT(*) FILTER (WHERE verifier_id = '') AS unverified,
				COUNT(*) FILTER (WHERE expires IS NOT NULL AND expires < $2) AS expired
			FROM supervisors_evidence
			WHERE tenant_id = $1
			GROUP BY supervisor_id) e ON e.supervisor_id = s.id
		WHERE s.tenant_id = $1) l
	WHERE l.tenant_id = $1`

const lineColumns = `
	SELECT l.tenant_id, l.id, l.version, l.created_at, l.updated_at, l.user_id, l.name, l.name_fold, l.email, l.phone, l.provider,
		l.external, l.profession, l.languages, l.areas, l.area_folds, l.home_code, l.weekly_minutes, l.season_minutes, l.state, l.words,
		l.evidence, l.unverified, l.expired, l.calm` + lines

// mostWords is how many words of a search count: each is a condition.
const mostWords = 6

// narrow writes the conditions of a filter, whose first argument is today.
func (f Filter) narrow(today civil.Date) *query.Query {
	q := query.New("").And("? IS NOT NULL", today)
	words := strings.Fields(text.Fold(f.Words))
	for _, word := range words[:min(len(words), mostWords)] {
		q.And("l.words LIKE ? ESCAPE '!'", query.Like(word))
	}
	q.When(f.Profession != "", "l.profession = ?", f.Profession)
	q.When(f.Language != "", "l.languages LIKE ? ESCAPE '!'", query.Like(`"`+f.Language+`"`))
	q.When(f.Area != "", "l.area_folds = '|' OR l.area_folds LIKE ? ESCAPE '!'", query.Like("|"+text.Fold(f.Area)+"|"))
	q.When(f.State != "", "l.state = ?", f.State)
	return q.When(f.user != "", "l.user_id = ?", f.user)
}

func linesWhere(tx *db.Tx, f Filter, today civil.Date, p table.Page) (found []Line, total int, err error) {
	q := f.narrow(today)
	total, err = db.One[int](tx, "SELECT COUNT(*)"+lines+q.Text(), q.Args()...)
	if err != nil {
		return nil, 0, err
	}
	found, err = db.All[Line](tx, lineColumns+q.Add(p.OrderBy("l.id")).Text(), q.Args()...)
	return found, total, err
}

func allOf(tx *db.Tx, user record.ID) ([]Supervisor, error) {
	q := query.New("WHERE tenant_id = $1").When(user != "", "user_id = ?", user)
	return supervisors.Select(tx, q.Add("ORDER BY name_fold, id").Text(), q.Args()...)
}

func byUser(tx *db.Tx, user record.ID) ([]Supervisor, error) {
	return supervisors.Select(tx, "WHERE tenant_id = $1 AND user_id = $2 ORDER BY id", user)
}

func byEmail(tx *db.Tx, email string) ([]Supervisor, error) {
	return supervisors.Select(tx, "WHERE tenant_id = $1 AND email = $2 ORDER BY id", email)
}

func evidenceOf(tx *db.Tx, supervisor record.ID) ([]Evidence, error) {
	return evidence.Select(tx, "WHERE tenant_id = $1 AND supervisor_id = $2 ORDER BY date DESC, id", supervisor)
}

// evidenceIn returns a piece of evidence of one supervisor; another's is
// NotFound.
func evidenceIn(tx *db.Tx, supervisor, id record.ID) (Evidence, error) {
	return evidence.First(tx, "WHERE tenant_id = $1 AND supervisor_id = $2 AND id = $3", supervisor, id)
}

func incompatibilitiesOf(tx *db.Tx, supervisor record.ID) ([]Incompatibility, error) {
	return incompatibilities.Select(tx, "WHERE tenant_id = $1 AND supervisor_id = $2 ORDER BY body_name, id", supervisor)
}

// incompatibleFrom lists what holds on a day or later, of one person's own
// sheet when a user is given.
func incompatibleFrom(tx *db.Tx, day civil.Date, user record.ID) ([]Incompatibility, error) {
	q := query.New("WHERE tenant_id = $1").And("until IS NULL OR until >= ?", day)
	q.When(user != "", "supervisor_id IN (SELECT id FROM supervisors_supervisor WHERE tenant_id = $1 AND user_id = ?)", user)
	return incompatibilities.Select(tx, q.Add("ORDER BY supervisor_id, id").Text(), q.Args()...)
}

func unavailabilitiesOf(tx *db.Tx, supervisor record.ID) ([]Unavailability, error) {
	return unavailabilities.Select(tx, "WHERE tenant_id = $1 AND supervisor_id = $2 ORDER BY date_from, id", supervisor)
}

// unavailableBetween lists what touches a span of days, of one person's own
// sheet when a user is given.
func unavailableBetween(tx *db.Tx, from, to civil.Date, user record.ID) ([]Unavailability, error) {
	q := query.New("WHERE tenant_id = $1")
	q.And("date_from IS NULL OR date_from <= ?", to).And("date_to IS NULL OR date_to >= ?", from)
	q.When(user != "", "supervisor_id IN (SELECT id FROM supervisors_supervisor WHERE tenant_id = $1 AND user_id = ?)", user)
	return unavailabilities.Select(tx, q.Add("ORDER BY supervisor_id, date_from, id").Text(), q.Args()...)
}

// ownedBy refuses a row that hangs on another supervisor: the permission was
// checked on this one only.
func ownedBy(supervisor, owner record.ID) error {
	if supervisor != owner {
		return fault.New(fault.NotFound, "record.not_found")
	}
	return nil
}
