package web

import "embed"

// Locales are the messages of the mechanisms: faults that any module may
// answer with, forms, access and error pages.
//
//go:embed locales
var Locales embed.FS
