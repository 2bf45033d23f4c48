package sessions

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/modules/supervision"
	"bastida/internal/platform/access"
)

// The permissions of this module. A supervisor has them for the sessions that
// they lead, a member for those of their group.
var (
	// Read is to see when a group meets and who came: as one sees the group.
	Read = supervision.Read
	// Arrange is to book sessions.
	Arrange = access.Declare("sessions.book", access.Grants{
		actor.Technician: access.Tenant,
	})
	// Plan is to move and to cancel sessions.
	Plan = access.Declare("sessions.plan", access.Grants{
		actor.Technician: access.Tenant,
		actor.Supervisor: access.Own,
	})
	// Attend is to note who came, to close a session and to correct it.
	Attend = access.Declare("sessions.attend", access.Grants{
		actor.Technician: access.Tenant,
		actor.Supervisor: access.Own,
	})
	// Sign is to say of oneself that one is there, or cannot come.
	Sign = access.Declare("sessions.sign", access.Grants{
		actor.Professional: access.Own,
		actor.TeamLead:     access.Own,
		actor.LocalOfficer: access.Own,
		actor.Supervisor:   access.Own,
		actor.Technician:   access.Own,
	})
)

var permissions = []access.Permission{Arrange, Plan, Attend, Sign}
