package mail

import (
	"context"
	"slices"

	"bastida/internal/platform/access"
	"bastida/internal/platform/jobs"
	"bastida/internal/platform/module"
)

// Module is what the mailbox plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "mail", Migrations: files, Locales: files,
		Permissions: []access.Permission{ReadOutgoing},
		Tables:      []module.Tabled{messages},
		Keys:        slices.Concat(filterForm.Keys(), mailboxTable.Keys(), outgoingTable.Keys()),
		Routes:      s.Routes,
		Menu:        []module.Entry{{Order: 90, Href: "/mailbox", Icon: "mail", Label: "mail.mailbox.title", Perm: Read}},
		Jobs: []jobs.Kind{deliver.On(func(ctx context.Context, in delivery) error {
			return s.Deliver(ctx, in.ID)
		})},
	}
}
