package grouping

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Officers have none: they see their own group
// on their application.
var (
	// Read is to see the runs and their groups.
	Read = access.Declare("grouping.run.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Edit is to start runs and to change their groups by hand.
	Edit = access.Declare("grouping.run.edit", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Accept is to propose the groups of a run for its call.
	Accept = access.Declare("grouping.run.accept", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Edit, Accept}
