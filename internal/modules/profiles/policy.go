package profiles

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see the rules.
	Read = access.Declare("profiles.profile.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.TeamLead:      access.Tenant,
		actor.LocalOfficer:  access.Tenant,
		actor.Professional:  access.Tenant,
		actor.Supervisor:    access.Tenant,
	})
	// Load is to bring in another edition.
	Load = access.Declare("profiles.profile.load", access.Grants{
		actor.Administrator: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Load}
