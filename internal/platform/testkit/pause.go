package testkit

import "time"

// pause is the one wait of the test kit: for a server to come up.
func pause() { time.Sleep(25 * time.Millisecond) }
