// Package packs embeds the regional configuration of Bastida: bodies, maps,
// holidays, parameters, catalogue resources, calls, instruments and the data
// of the demonstration. It is data only; README.md explains every file and
// its origin, and internal/platform/pack reads it.
package packs

import "embed"

// FS holds one folder per pack and the folder shared, each with the paths
// described in README.md.
//
//go:embed all:barcelona all:diba all:imas all:mugello all:shared all:treviso
var FS embed.FS
