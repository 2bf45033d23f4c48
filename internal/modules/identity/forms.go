package identity

import "bastida/internal/platform/form"

type signIn struct{ Email, Password, Back string }

var signInForm = form.New("identity.sign_in",
	form.Text("email", func(in *signIn) *string { return &in.Email }).Required().Limit(254),
	form.Password("password", "current-password", func(in *signIn) *string { return &in.Password }).Required(),
	form.Hidden("back", func(in *signIn) *string { return &in.Back }),
)

var tokenForm = form.New("identity.token",
	form.Text("name", func(in *TokenInput) *string { return &in.Name }).Required().Limit(80),
	form.Int("days", 1, 366, func(in *TokenInput) *int { return &in.Days }).Unit("identity.token.days.unit"),
	form.Checks("scopes", func(in *TokenInput) *[]string { return &in.Scopes }).Required(),
)
