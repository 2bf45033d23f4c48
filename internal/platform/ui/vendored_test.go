package ui_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestVendoredFilesAreTheirMakers compares the files that others made with the
// sums written down when they were taken.
func TestVendoredFilesAreTheirMakers(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..", "..")
	list, err := os.ReadFile(filepath.Join(root, "third_party", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("`(internal/[^`]+)`.*`([0-9a-f]{64})`").FindAllStringSubmatch(string(list), -1)
	if len(rows) == 0 {
		t.Fatal("third_party/README.md lists no file")
	}
	for _, row := range rows {
		raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(row[1])))
		if err != nil {
			t.Error(err)
			continue
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != row[2] {
			t.Errorf("%s is not the file that third_party/README.md describes", row[1])
		}
	}
}
