package season

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// Read is to see the board of a programme: all its groups, their hours and the
// ratings of their supervisors, which are none of an administrator's business.
var Read = access.Declare("season.board.read", access.Grants{
	actor.Technician:   access.Tenant,
	actor.LegalOfficer: access.Tenant,
	actor.Auditor:      access.Tenant,
})

var permissions = []access.Permission{Read}
