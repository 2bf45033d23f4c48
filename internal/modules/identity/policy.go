package identity

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module.
var (
	// ReadBodies is to see the bodies of the installation and their people.
	ReadBodies = access.Declare("identity.body.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// ManageUsers is to make accounts, give roles and take them away.
	ManageUsers = access.Declare("identity.user.manage", access.Grants{
		actor.Administrator: access.Tenant,
	})
	// ReadUsers is to see the accounts of the own body and their roles.
	ReadUsers = access.Declare("identity.user.read", access.Grants{
		actor.Administrator: access.Tenant,
		actor.Auditor:       access.Tenant,
	})
	// ManageBody is to choose the face of the own body.
	ManageBody = access.Declare("identity.body.manage", access.Grants{
		actor.Administrator: access.Tenant,
	})
	// OwnTokens is to make and revoke personal tokens.
	OwnTokens = access.SignedIn
)

var permissions = []access.Permission{ReadBodies, ManageBody, ManageUsers, ReadUsers}
