package evaluation

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Answering as a participant needs none: a code
// is enough, and a code is personal.
var (
	// Manage is to open, remind and close rounds.
	Manage = access.Declare("evaluation.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Rate is to rate a supervisor in the name of a body.
	Rate = access.Declare("evaluation.rate", access.Grants{
		actor.LocalOfficer: access.OwnBody,
	})
	// ReadResults is to see ratings, and what participants answered as far as
	// nobody can be recognised. Supervisors see what is said of them once the
	// round is closed.
	ReadResults = access.Declare("evaluation.results.read", access.Grants{
		actor.Technician:   access.Tenant,
		actor.LegalOfficer: access.Tenant,
		actor.Auditor:      access.Tenant,
		actor.LocalOfficer: access.OwnBody,
		actor.Supervisor:   access.Own,
	})
)

var permissions = []access.Permission{Manage, Rate, ReadResults}
