package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
)

// Locales holds the texts of the components.
//
//go:embed locales/*.json
var Locales embed.FS

//go:embed static
var static embed.FS

// mediaTypes are the kinds of file served, by extension.
var mediaTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// Asset returns the address of a static file. The address changes with the
// content, so browsers may keep the file for ever.
func Asset(name string) string {
	return "/static/" + assets().hashed[name]
}

// Static serves the static files below /static/.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets().byPath[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		header := w.Header()
		header.Set("Content-Type", a.mediaType)
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
		header.Set("Vary", "Accept-Encoding")
		header.Set("X-Content-Type-Options", "nosniff")
		body := a.raw
		if a.gzipped != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			body = a.gzipped
		}
		_, _ = w.Write(body) // The reader has gone: nothing is left to do.
	})
}

// asset is one static file, ready to send.
type asset struct {
	mediaType    string
	raw, gzipped []byte // gzipped is nil for what is compressed already
}

// library is every static file, by its name and by its address.
type library struct {
	hashed map[string]string
	byPath map[string]asset
}

// assets builds the library once: compressing takes a moment.
var assets = sync.OnceValue(func() library {
	l := library{hashed: map[string]string{}, byPath: map[string]asset{}}
	for _, name := range []string{"inter.woff2", "inter-ext.woff2", "icons.svg", "mark.svg", "htmx.min.js", "app.js"} {
		l.add(name, read(name))
	}
	l.add("ui.css", l.link(append(read("tokens.css"), read("ui.css")...)))
	return l
})

func (l library) add(name string, raw []byte) {
	sum := sha256.Sum256(raw)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a := asset{mediaType: mediaTypes[ext], raw: raw}
	if ext != ".woff2" {
		a.gzipped = compress(raw)
	}
	l.hashed[name] = hashed
	l.byPath["/static/"+hashed] = a
}

// link points the style sheet at the addresses of the files it uses.
func (l library) link(css []byte) []byte {
	for name, hashed := range l.hashed {
		css = bytes.ReplaceAll(css, []byte("url("+name+")"), []byte("url("+hashed+")"))
	}
	return css
}

func compress(raw []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // The level is a constant.
	}
	_, _ = w.Write(raw) // Writing to memory does not fail.
	_ = w.Close()
	return out.Bytes()
}

// read returns an embedded file; a missing one is a mistake in this package.
func read(name string) []byte {
	raw, err := static.ReadFile("static/" + name)
	if err != nil {
		panic(err)
	}
	return raw
}
