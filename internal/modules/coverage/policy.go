package coverage

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Everybody reads what they have had
// themselves.
var (
	// Read is to see who has had how many hours: of their own people, for those
	// who speak for a body. What is said in sessions is nobody's to read here.
	Read = access.Declare("coverage.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.TeamLead:      access.OwnBody,
		actor.LocalOfficer:  access.OwnBody,
	})
	// Hold is to see certificates: one's own, or all of the tenant.
	Hold = access.Declare("coverage.certificate.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
		actor.TeamLead:      access.Own,
		actor.LocalOfficer:  access.Own,
		actor.Professional:  access.Own,
	})
	// Certify is to enter accreditations, and to issue, correct and withdraw
	// certificates.
	Certify = access.Declare("coverage.certificate.issue", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Hold, Certify}
