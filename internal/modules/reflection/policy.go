package reflection

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Write is to read and write the record of a group. It reaches the groups
	// that the actor belongs to today and no other; whoever manages, audits or
	// administers is not among its roles.
	Write = access.Declare("reflection.record.write", access.Grants{
		actor.Professional: access.Own,
		actor.TeamLead:     access.Own,
		actor.LocalOfficer: access.Own,
		actor.Supervisor:   access.Own,
	})
	// Erase is to destroy the keys of the groups of a closed programme, without
	// reading anything.
	Erase = access.Declare("reflection.key.destroy", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Write, Erase}
