package myseason

import (
	"embed"

	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what myseason plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "myseason", Locales: files, Permissions: permissions, Routes: s.Routes, Keys: append(teamTable.Keys(), lineTable.Keys()...),
		Menu: []module.Entry{
			{Order: 12, Href: dayPage, Icon: "sun", Label: "myseason.day", Perm: Lead},
			{Order: 12, Href: minePage, Icon: "handshake", Label: "myseason.mine", Perm: Take},
			{Order: 41, Href: teamsPage, Icon: "users", Label: "myseason.teams", Perm: Direct},
		},
	}
}
