package resolution

import (
	"bastida/internal/modules/calls"
	"bastida/internal/platform/access"
)

// The steps of this module need the permissions of calls: it has none of its
// own.
var (
	read    = calls.Read
	review  = calls.Review
	manage  = calls.Manage
	approve = calls.Approve
	anybody = access.Public
)
