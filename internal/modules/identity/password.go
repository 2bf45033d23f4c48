package identity

import (
	"unicode/utf8"

	"bastida/internal/kernel/fault"
)

const shortestPassword = 12 // NIST SP 800-63B-4 asks at least 8, and 15 where there is no second factor

func checkPassword(password string) error {
	if utf8.RuneCountInString(password) < shortestPassword {
		var wrong fault.Fields
		wrong.Add("password", "identity.password_short", "min", shortestPassword)
		return wrong.Err()
	}
	return nil
}
