package instruments

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see the instruments of the tenant, their scores and conditions.
	Read = access.Declare("instruments.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Manage is to publish a version of an instrument.
	Manage = access.Declare("instruments.manage", access.Grants{
		actor.Administrator: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Manage}
