package teams

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to know of teams: those of the own body, or all.
	Read = access.Declare("teams.read", access.Grants{
		actor.Professional:  access.OwnBody,
		actor.TeamLead:      access.OwnBody,
		actor.LocalOfficer:  access.OwnBody,
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Manage is to describe teams.
	Manage = access.Declare("teams.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Manage}
