package register

import (
	"bastida/internal/modules/identity"
	"bastida/internal/modules/supervisors"
	"bastida/internal/modules/territory"
	"bastida/internal/platform/files"
)

// Deps is what the pages stand on.
type Deps struct {
	Supervisors *supervisors.Service
	Identity    *identity.Service
	Territory   *territory.Service
	Files       *files.Store
}

// Service is the pages of this module.
type Service struct {
	register  *supervisors.Service
	identity  *identity.Service
	territory *territory.Service
	files     *files.Store
}

// New returns the service.
func New(d Deps) *Service { return &Service{d.Supervisors, d.Identity, d.Territory, d.Files} }
