package identity

import "testing"

func TestAnAddressThatTriesTooOftenWaits(t *testing.T) {
	t.Parallel()
	l := newLimiter()
	for range 10 {
		if !l.allow("192.0.2.1") {
			t.Fatal("one of the first ten tries is refused")
		}
	}
	if l.allow("192.0.2.1") {
		t.Error("the eleventh try in a row is allowed")
	}
	if !l.allow("198.51.100.7") {
		t.Error("another address pays for it")
	}
}
