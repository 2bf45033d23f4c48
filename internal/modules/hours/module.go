package hours

import (
	"embed"
	"slices"

	"bastida/engine/ledger"
	"bastida/internal/platform/module"
)

//go:embed migrations locales
var files embed.FS

// Module is what hours plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "hours", Migrations: files, Locales: files,
		Permissions: permissions,
		Tables:      []module.Tabled{turns, entries, invoices},
		Keys:        slices.Concat(assignForm.Keys(), invoiceForm.Keys(), correctForm.Keys(), wordKeys()),
		Routes:      s.Routes,
	}
}

// wordKeys are the names of stages and of kinds of entries.
func wordKeys() (keys []string) {
	for _, stage := range ledger.Stages() {
		keys = append(keys, stageKey(stage))
	}
	for _, kind := range []ledger.Kind{
		ledger.Grant, ledger.Revoke, ledger.Assign, ledger.Withdraw, ledger.Schedule, ledger.Unschedule, ledger.Deliver, ledger.Invoice, ledger.Credit,
	} {
		keys = append(keys, "hours.kind."+string(kind))
	}
	return keys
}
