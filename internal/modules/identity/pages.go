package identity

import "bastida/internal/platform/web"

// none is for twins that are not promised.
type none struct{}

// Routes mounts the pages of this module: the door. The pages about people and
// bodies are in directory.
func (s *Service) Routes(r *web.Router) { s.sessionRoutes(r) }
