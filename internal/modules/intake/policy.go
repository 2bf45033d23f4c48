package intake

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// Use is to bring a spreadsheet and see one's tenant's batches.
	Use = access.Declare("intake.use", access.Grants{
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// ImportBodies is to bring bodies in. The verb also asks that the tenant
	// leads its pack.
	ImportBodies = access.Declare("intake.bodies", access.Grants{
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// ImportPeople is to bring professionals in, which gives roles: only who may
	// give them one by one may give them by the hundred.
	ImportPeople = access.Declare("intake.people", access.Grants{
		actor.Administrator: access.Tenant,
	})
)

var permissions = []access.Permission{Use, ImportBodies, ImportPeople}

// permissionOf is what a batch of a kind takes, beside Use.
func permissionOf(k Kind) access.Permission {
	if k == Bodies {
		return ImportBodies
	}
	return ImportPeople
}
