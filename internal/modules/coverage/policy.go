package coverage

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// Read is to see who has had how many hours: of their own people, for those who
// speak for a body. Everybody sees what they have had themselves; what is said
// in sessions is nobody's to read here.
var Read = access.Declare("coverage.read", access.Grants{
	actor.Technician:    access.Tenant,
	actor.LegalOfficer:  access.Tenant,
	actor.Auditor:       access.Tenant,
	actor.Administrator: access.Tenant,
	actor.TeamLead:      access.OwnBody,
	actor.LocalOfficer:  access.OwnBody,
})
