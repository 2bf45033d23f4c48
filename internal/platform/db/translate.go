package db

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"bastida/internal/kernel/fault"
)

// translate turns the failures that both engines know, each in its own code,
// into faults. Anything else passes unchanged.
func translate(err error) error {
	var pg *pgconn.PgError
	var lite *sqlite.Error
	var code string
	switch {
	case errors.As(err, &pg):
		code = pgCodes[pg.Code]
	case errors.As(err, &lite):
		code = liteCodes[lite.Code()]
	}
	switch code {
	case "unique":
		return fault.New(fault.Conflict, "record.duplicate")
	case "reference":
		return fault.New(fault.Conflict, "record.referenced")
	case "check":
		return fault.New(fault.Invalid, "record.refused")
	case "busy":
		return fault.New(fault.Unavailable, "record.busy")
	default:
		return err
	}
}

// Codes of PostgreSQL, appendix A of its manual.
var pgCodes = map[string]string{
	"23505": "unique", "23503": "reference", "23514": "check", "23502": "check", "40001": "busy", "40P01": "busy",
}

// Extended result codes of SQLite.
var liteCodes = map[int]string{
	2067: "unique", 1555: "unique", 787: "reference", 275: "check", 1299: "check", 5: "busy", 517: "busy",
}
