package obstacles

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Sharing is for whoever writes the record.
var (
	// Read is to see the obstacles that groups gave to the service.
	Read = access.Declare("obstacles.obstacle.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Improve is to say what becomes of an obstacle.
	Improve = access.Declare("obstacles.obstacle.improve", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Improve}
