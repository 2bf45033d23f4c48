package certificates

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see certificates: one's own, or all of the tenant.
	Read = access.Declare("certificates.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.TeamLead:      access.Own,
		actor.LocalOfficer:  access.Own,
		actor.Professional:  access.Own,
	})
	// Issue is to enter accreditations, and to issue, correct and withdraw
	// certificates.
	Issue = access.Declare("certificates.issue", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Issue}
