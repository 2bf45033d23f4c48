package wellbeing

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. No role reaches answers: there is no verb for
// it. What strangers do with a code needs none of these.
var (
	// Look is to see which measurements there are, without their results.
	Look = access.Declare("wellbeing.look", access.Grants{
		actor.Professional:  access.OwnBody,
		actor.TeamLead:      access.OwnBody,
		actor.LocalOfficer:  access.OwnBody,
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Measure is to prepare measurements and to publish them.
	Measure = access.Declare("wellbeing.measure", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Adopt is to put in the wording of an instrument and to answer for it.
	Adopt = access.Declare("wellbeing.adopt", access.Grants{
		actor.Technician:    access.Tenant,
		actor.Administrator: access.Tenant,
	})
)

// byClock is what only the calendar does: no role has it.
var byClock = access.Declare("wellbeing.clock", access.Grants{})

var permissions = []access.Permission{Look, Measure, Adopt}
