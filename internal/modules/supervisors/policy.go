package supervisors

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see the register: supervisors see their own sheet.
	Read = access.Declare("supervisors.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.Supervisor:    access.Own,
	})
	// Manage is to write sheets, evidence and incompatibilities.
	Manage = access.Declare("supervisors.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
	// KeepOwn is to keep contact data and unavailability.
	KeepOwn = access.Declare("supervisors.keep_own", access.Grants{
		actor.Technician: access.Tenant,
		actor.Supervisor: access.Own,
	})
)

var permissions = []access.Permission{Read, Manage, KeepOwn}
