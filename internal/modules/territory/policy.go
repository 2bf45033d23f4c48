package territory

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see the places, their calendar and the figures.
	Read = access.Declare("territory.place.read", access.Grants{
		actor.TeamLead:      access.Tenant,
		actor.LocalOfficer:  access.Tenant,
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Edit is to correct areas, local holidays and figures.
	Edit = access.Declare("territory.place.edit", access.Grants{
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Edit}
