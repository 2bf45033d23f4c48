package identity

import "time"

// TokenShape is the JSON of a personal token, without its secret.
type TokenShape struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Scopes  []string  `json:"scopes"`
	Expires time.Time `json:"expires"`
	Revoked bool      `json:"revoked"`
}

func shapeToken(t Token) TokenShape {
	return TokenShape{t.ID.String(), t.Name, t.Scopes.V, t.Expires.Time, t.Revoked}
}

func shapeTokens(all []Token) []TokenShape {
	shapes := make([]TokenShape, len(all))
	for i, t := range all {
		shapes[i] = shapeToken(t)
	}
	return shapes
}
