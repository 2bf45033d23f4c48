package identity

import "bastida/internal/platform/form"

type signIn struct{ Email, Password, Back string }

var signInForm = form.New("identity.sign_in",
	form.Text("email", func(in *signIn) *string { return &in.Email }).Required().Limit(254),
	form.Password("password", "current-password", func(in *signIn) *string { return &in.Password }).Required(),
	form.Hidden("back", func(in *signIn) *string { return &in.Back }),
)
