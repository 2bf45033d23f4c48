package secret_test

import (
	"strings"
	"testing"

	"bastida/internal/platform/secret"
)

func TestAPasswordMatchesItsOwnHashOnly(t *testing.T) {
	t.Parallel()
	stored := secret.Hash("vuit ametllers florits")
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=65536,t=3,p=2$") || strings.Contains(stored, "ametllers") {
		t.Errorf("stored as %s", stored)
	}
	if !secret.Matches(stored, "vuit ametllers florits") || secret.Matches(stored, "vuit ametllers") {
		t.Error("the wrong one matches, or the right one does not")
	}
	if again := secret.Hash("vuit ametllers florits"); again == stored {
		t.Error("two hashes of one password are alike: no salt")
	}
	for _, broken := range []string{"", "$argon2id$", "$argon2id$v=19$m=65536,t=3,p=2$!!$!!", "$argon2id$v=19$m=65536,t=3,p=2$$"} {
		if secret.Matches(broken, "") {
			t.Errorf("%q matches", broken)
		}
	}
}

func TestKeysAreNeverAlike(t *testing.T) {
	t.Parallel()
	one, other := secret.New(), secret.New()
	if one == other || len(one) < 43 || secret.Fingerprint(one) == secret.Fingerprint(other) {
		t.Error("two keys are alike, or one is short")
	}
}
