package agenda

import "bastida/internal/platform/access"

// OwnFeed is to have an address of one's own calendar.
var OwnFeed = access.SignedIn
