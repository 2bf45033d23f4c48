package prevention

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see plans: those of the own body, or all.
	Read = access.Declare("prevention.read", access.Grants{
		actor.Professional: access.OwnBody,
		actor.TeamLead:     access.OwnBody,
		actor.LocalOfficer: access.OwnBody,
		actor.Technician:   access.Tenant,
	})
	// Edit is to make and follow the plan of a team.
	Edit = access.Declare("prevention.edit", access.Grants{
		actor.TeamLead:   access.OwnBody,
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Edit}
