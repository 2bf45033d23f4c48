package schedule

import (
	"context"

	"bastida/internal/modules/supervision"
	"bastida/internal/platform/ui"
)

func (s *Service) tab(ctx context.Context, p supervision.Programme) []ui.Link { return nil }
