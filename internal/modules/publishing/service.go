package publishing

import "bastida/internal/modules/catalogue"

// Service draws the pages; the verbs are those of the catalogue.
type Service struct{ catalogue *catalogue.Service }

// New returns the service.
func New(resources *catalogue.Service) *Service { return &Service{resources} }
