package applications

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/calls"
)

// The section of an application that is not an annex.
const ownSection = "application"

func annexSection(code string) string { return "annex:" + code }

// Receipt proves what was filed and when. Its hash is that of its content.
type Receipt struct {
	record.Row
	ApplicationID record.ID   `db:"application_id"`
	Number        string      `db:"number"`
	FiledAt       record.Time `db:"filed_at"`
	FiledBy       string      `db:"filed_by"`
	Content       string      `db:"content,secret"` // canonical JSON
	Hash          string      `db:"hash"`           // SHA-256 of Content
}

// Valid reports whether the hash is that of the content.
func (r Receipt) Valid() bool { return hashOf(r.Content) == r.Hash }

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// filing is the content of a receipt: everything that the body has said. Its
// JSON is canonical: the fields come in this order and the keys of maps sorted.
type filing struct {
	Number      string                     `json:"number"`
	Call        string                     `json:"call"`
	Body        string                     `json:"body"`
	BodyName    string                     `json:"body_name"`
	FiledAt     record.Time                `json:"filed_at"`
	FiledBy     string                     `json:"filed_by"`
	Application calls.Content              `json:"application"`
	Annexes     map[string]json.RawMessage `json:"annexes"`
	Attachments []attached                 `json:"attachments"`
}

type attached struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// receipt writes the content down and seals it.
func (f filing) receipt(a calls.Application) (Receipt, error) {
	content, err := json.Marshal(f)
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{
		ApplicationID: a.ID, Number: f.Number, FiledAt: f.FiledAt, FiledBy: f.FiledBy, Content: string(content), Hash: hashOf(string(content)),
	}, nil
}
