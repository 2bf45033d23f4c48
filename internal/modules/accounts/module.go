package accounts

import (
	"embed"
	"slices"

	"bastida/internal/modules/identity"
	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what accounts plug in.
func (s *Service) Module() module.Descriptor {
	keys := slices.Concat(
		invitationForm.Keys(), personForm.Keys(), roleForm.Keys(), passwordForm.Keys(), ownForm.Keys(), ownPasswordForm.Keys(),
		faceForm.Keys(), peopleForm.Keys(), bodiesForm.Keys(), tokenForm.Keys(), peopleTable.Keys(), bodiesTable.Keys(),
	)
	for _, k := range kinds {
		keys = append(keys, "accounts.kind."+string(k))
	}
	return module.Descriptor{
		Name: "accounts", Locales: files, Keys: keys, Routes: s.Routes,
		Menu: []module.Entry{
			{Order: 70, Href: "/bodies", Icon: "landmark", Label: "accounts.bodies.title", Perm: identity.ReadBodies},
			{Order: 80, Href: "/people", Icon: "users", Label: "accounts.people.title", Perm: identity.ReadUsers},
		},
	}
}
