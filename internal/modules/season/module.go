package season

import (
	"embed"

	"bastida/internal/modules/profiles"
	"bastida/internal/platform/module"
)

//go:embed locales
var files embed.FS

// Module is what season plugs in.
func (s *Service) Module() module.Descriptor {
	return module.Descriptor{
		Name: "season", Locales: files, Permissions: permissions, Routes: s.Routes, Keys: append(wordKeys(), rowTable.Keys()...),
		Menu: []module.Entry{{Order: 40, Href: root, Icon: "handshake", Label: "season.menu", Perm: Read, Count: s.count}},
	}
}

// wordKeys are the message keys of what is coded.
func wordKeys() (keys []string) {
	for _, stage := range Stages {
		keys = append(keys, stage.Label(), "season.lane."+string(stage))
	}
	for _, kind := range NeedKinds {
		keys = append(keys, "season.do."+string(kind))
	}
	for _, kind := range profiles.Kinds {
		keys = append(keys, "season.kind."+string(kind))
	}
	for _, key := range legendKeys {
		keys = append(keys, key.Text)
	}
	return keys
}
