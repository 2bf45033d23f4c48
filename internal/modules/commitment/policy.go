package commitment

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Read is to see how commitments stand.
	Read = access.Declare("commitment.read", access.Grants{
		actor.Technician:   access.Tenant,
		actor.LegalOfficer: access.Tenant,
		actor.Auditor:      access.Tenant,
	})
	// Improve is to write the analysis of the causes and the improvement actions.
	Improve = access.Declare("commitment.improve", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Publish is to publish the report of a year.
	Publish = access.Declare("commitment.publish", access.Grants{
		actor.Technician: access.Tenant,
	})
)

var permissions = []access.Permission{Read, Improve, Publish}
