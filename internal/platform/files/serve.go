package files

import (
	"mime"
	"net/http"
)

// Serve sends an attachment to be saved, never to be shown: whatever it holds,
// no browser runs it in this site. The caller has checked the permission.
func (s *Store) Serve(w http.ResponseWriter, r *http.Request, f File) error {
	content, err := s.Open(f)
	if err != nil {
		return err
	}
	defer content.Close() //nolint:errcheck // only read
	h := w.Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "", f.CreatedAt.Time, content)
	return nil
}
