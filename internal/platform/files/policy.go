package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bastida/internal/kernel/fault"
)

// MostBytes is how large an attachment may be.
const MostBytes = 20 << 20

// Accept is the list of admitted files as a file input wants it.
const Accept = ".pdf,.odt,.ods,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.csv"

// endings are the admitted kinds with the endings that a name may have.
var endings = map[string][]string{
	"application/pdf": {".pdf"},
	"image/png":       {".png"},
	"image/jpeg":      {".jpg", ".jpeg"},
	"text/plain":      {".txt"},
	"text/csv":        {".csv"},
	"application/vnd.oasis.opendocument.text":                                 {".odt"},
	"application/vnd.oasis.opendocument.spreadsheet":                          {".ods"},
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": {".docx"},
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       {".xlsx"},
}

// judge returns the media type of a content, or why the file is refused. The
// content decides; the name must agree with it.
func judge(name string, content *os.File, size int64) (string, error) {
	switch {
	case size == 0:
		return "", fault.New(fault.Invalid, "files.empty")
	case size > MostBytes:
		return "", fault.New(fault.Invalid, "files.too_large", "megabytes", MostBytes>>20)
	}
	ending := strings.ToLower(path.Ext(name))
	kind, err := sniff(ending, content, size)
	if err != nil {
		return "", err
	}
	if !slices.Contains(endings[kind], ending) {
		return "", fault.New(fault.Invalid, "files.mismatch", "ending", ending)
	}
	return kind, nil
}

func sniff(ending string, content *os.File, size int64) (string, error) {
	start := make([]byte, min(size, 512))
	if _, err := content.ReadAt(start, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	switch kind := http.DetectContentType(start); {
	case kind == "application/pdf" || kind == "image/png" || kind == "image/jpeg":
		return kind, nil
	case kind == "application/zip":
		return sniffPackage(content, size)
	case ending == ".txt" || ending == ".csv":
		return sniffText(ending, content, size)
	default:
		return "", fault.New(fault.Invalid, "files.type")
	}
}

// sniffPackage tells the office documents, which are all ZIP files, apart.
func sniffPackage(content *os.File, size int64) (string, error) {
	refused := fault.New(fault.Invalid, "files.type")
	parts, err := zip.NewReader(content, size)
	if err != nil {
		return "", refused
	}
	kind := ""
	for _, part := range parts.File {
		switch name := strings.ToLower(part.Name); {
		case strings.HasSuffix(name, "vbaproject.bin") || strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/"):
			return "", fault.New(fault.Invalid, "files.macros")
		case name == "word/document.xml":
			kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		case name == "xl/workbook.xml":
			kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		case name == "mimetype":
			kind = declared(part)
		}
	}
	if endings[kind] == nil {
		return "", refused
	}
	return kind, nil
}

// declared is what an OpenDocument file says of itself.
func declared(part *zip.File) string {
	r, err := part.Open()
	if err != nil {
		return ""
	}
	defer r.Close() //nolint:errcheck // it was read from a file of ours
	raw, err := io.ReadAll(io.LimitReader(r, 100))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

// sniffText takes UTF-8 and the Windows alphabet of Western Europe, and refuses
// anything with control characters, which no text has.
func sniffText(ending string, content *os.File, size int64) (string, error) {
	raw := make([]byte, size)
	if _, err := content.ReadAt(raw, 0); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if bytes.ContainsFunc(raw, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n\f", r) }) {
		return "", fault.New(fault.Invalid, "files.type")
	}
	if ending == ".csv" {
		return "text/csv", nil
	}
	return "text/plain", nil
}

const longestName = 200 // characters

// cleanName takes the folders and whatever cannot be seen out of the name that
// a browser sent, and keeps its ending when it is too long.
func cleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if long := []rune(name); len(long) > longestName {
		ending := []rune(path.Ext(name))
		keep := max(longestName-len(ending), 0)
		name = string(long[:keep]) + string(ending[:min(len(ending), longestName)])
	}
	return name
}
