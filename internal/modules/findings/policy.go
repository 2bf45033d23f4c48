package findings

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// Read is to see published results: those of the own body and of everybody
// together, or all. No role reaches answers: there is no verb for it.
var Read = access.Declare("findings.read", access.Grants{
	actor.Professional: access.OwnBody,
	actor.TeamLead:     access.OwnBody,
	actor.LocalOfficer: access.OwnBody,
	actor.Technician:   access.Tenant,
})
