package catalogue

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Published versions are for everybody.
var (
	// Read is to see the resources of the tenant as they are being written,
	// with every version.
	Read = access.Declare("catalogue.resource.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Manage is to write sheets, publish them and withdraw them.
	Manage = access.Declare("catalogue.resource.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Manage}
