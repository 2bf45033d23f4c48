package myseason

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Lead is to see one's day as a supervisor.
	Lead = access.Declare("myseason.lead", access.Grants{
		actor.Supervisor: access.Own,
	})
	// Take is to see one's own supervision.
	Take = access.Declare("myseason.take", access.Grants{
		actor.Professional: access.Own,
		actor.TeamLead:     access.Own,
		actor.LocalOfficer: access.Own,
	})
	// Direct is to see how the supervision of one's own body goes.
	Direct = access.Declare("myseason.direct", access.Grants{
		actor.TeamLead:     access.OwnBody,
		actor.LocalOfficer: access.OwnBody,
	})
)

var permissions = []access.Permission{Lead, Take, Direct}
