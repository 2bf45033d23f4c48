package calls

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Published calls are public and need none.
var (
	// Read is to see applications: an officer those of the own body.
	Read = access.Declare("calls.application.read", access.Grants{
		actor.LocalOfficer:  access.OwnBody,
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Apply is to write an application in the name of a body, to file it, and to
	// answer for it until the end.
	Apply = access.Declare("calls.application.apply", access.Grants{
		actor.LocalOfficer: access.OwnBody,
	})
	// Review is to see every application of a call with its figures.
	Review = access.Declare("calls.review", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Manage is to prepare calls, to screen applications and to propose outcomes.
	Manage = access.Declare("calls.manage", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Approve is to resolve a call that somebody else has proposed.
	Approve = access.Declare("calls.approve", access.Grants{
		actor.LegalOfficer: access.Tenant,
	})
)

// byClock is what only the calendar does: no role has it.
var byClock = access.Declare("calls.clock", access.Grants{})

var permissions = []access.Permission{Read, Apply, Review, Manage, Approve}
