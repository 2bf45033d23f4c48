package hours

import (
	"bastida/internal/kernel/actor"
	"bastida/internal/platform/access"
)

// The permissions of this module. Balances and entries are read by whoever
// reads the group (supervision.Read).
var (
	// ReadInvoices is to see what was billed, and prices.
	ReadInvoices = access.Declare("hours.invoice.read", access.Grants{
		actor.Technician:    access.Tenant,
		actor.LegalOfficer:  access.Tenant,
		actor.Auditor:       access.Tenant,
		actor.Administrator: access.Tenant,
	})
	// Keep is to assign contracted hours to groups, to enter invoices and to
	// correct them.
	Keep = access.Declare("hours.keep", access.Grants{
		actor.Technician:   access.Tenant,
		actor.LegalOfficer: access.Tenant,
	})
)

var permissions = []access.Permission{ReadInvoices, Keep}
