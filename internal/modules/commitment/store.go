package commitment

import (
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// $1 is the tenant in every statement.
var (
	analyses = db.TableOf[Analysis]("commitment_analysis")
	actions  = db.TableOf[Action]("commitment_action")
	reports  = db.TableOf[Report]("commitment_report")
)

// analysisOf returns the analysis of a programme, the zero one when there is
// none.
func analysisOf(tx *db.Tx, programme record.ID) (Analysis, error) {
	a, err := analyses.First(tx, "WHERE tenant_id = $1 AND programme_id = $2", programme)
	if errors.Is(err, fault.NotFound) {
		return Analysis{}, nil
	}
	return a, err
}

func actionsOf(tx *db.Tx, programme record.ID) ([]Action, error) {
	return actions.Select(tx, "WHERE tenant_id = $1 AND programme_id = $2 ORDER BY due, id", programme)
}

func allReports(tx *db.Tx) ([]Report, error) {
	return reports.Select(tx, "WHERE tenant_id = $1 ORDER BY year DESC, id")
}

func reportOf(tx *db.Tx, year int) (Report, error) {
	return reports.First(tx, "WHERE tenant_id = $1 AND year = $2", year)
}
