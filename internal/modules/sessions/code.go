package sessions

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"bastida/internal/kernel/record"
)

// newSignKey returns the end of the address at which people sign a session: 60
// bits, easy to type.
func newSignKey() string { return strings.ToLower(rand.Text()[:12]) }

// PersonalCode is what a participant types to sign a session without an
// account: six figures that hold for this session and nobody else. It is
// computed, not stored, so that every invitation can say it again.
//
// Safety: it proves little by itself. It is good for one person at one address
// for the time of a session, which the supervisor sees.
func (s Session) PersonalCode(participant record.ID) string {
	mac := hmac.New(sha256.New, []byte(s.SignKey))
	mac.Write([]byte(participant))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(mac.Sum(nil))%1_000_000)
}

// holder finds whose code it is among those expected.
func (s Session) holder(code string, expected []Attendance) (Attendance, bool) {
	code = strings.Join(strings.Fields(code), "")
	for _, a := range expected {
		if subtle.ConstantTimeCompare([]byte(code), []byte(s.PersonalCode(a.ParticipantID))) == 1 {
			return a, true
		}
	}
	return Attendance{}, false
}

// People sign from shortly before a session begins until shortly after it ends.
const (
	signsBefore = 30 * time.Minute
	signsAfter  = 60 * time.Minute
)

// signing reports whether people may sign now.
func (s Session) signing(now record.Time, zone *time.Location) bool {
	return s.State == Planned && !now.Before(s.Begins(zone).Add(-signsBefore)) && !now.After(s.Ends(zone).Add(signsAfter))
}

// lateBy is how many minutes after the beginning an instant is; zero outside
// the session.
func (s Session) lateBy(now record.Time, zone *time.Location) int {
	late := int(now.Sub(s.Begins(zone)).Minutes())
	if late < 0 || late >= s.Minutes {
		return 0
	}
	return late
}
