package supervision

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see programmes and groups, who is in them and their figures,
	// never what is said there.
	Read = access.Declare("supervision.programme.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.TeamLead:      access.OwnBody,
		actor.LocalOfficer:  access.OwnBody,
		actor.Professional:  access.Own,
		actor.Supervisor:    access.Own,
	})
	// Manage is to prepare, open and close programmes, and to form and staff
	// their groups.
	Manage = access.Declare("supervision.programme.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Enrol is to say which people of a body take part in a group.
	Enrol = access.Declare("supervision.participant.enrol", access.Grants{
		actor.Technician:   access.Tenant,
		actor.TeamLead:     access.OwnBody,
		actor.LocalOfficer: access.OwnBody,
	})
	// Contracting is to enter what providers were engaged for.
	Contracting = access.Declare("supervision.contract.edit", access.Grants{
		actor.Technician:   access.Tenant,
		actor.LegalOfficer: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Manage, Enrol, Contracting}
