// Package profession names the professions of social services. Which of them
// somebody has decides who may supervise whom, and which credit a session
// gives.
package profession

// Profession is what somebody is trained for and employed as.
type Profession string

// The professions. Pedagogist is the Italian pedagogista, who works beside
// educators in territorial services.
const (
	SocialWorker   Profession = "social_worker"
	SocialEducator Profession = "social_educator"
	Psychologist   Profession = "psychologist"
	Pedagogist     Profession = "pedagogist"
	Lawyer         Profession = "lawyer"
	FamilyWorker   Profession = "family_worker"
	Administrative Profession = "administrative"
	Other          Profession = "other"
)

// All lists them in the order of every list on screen. The message key of each
// is Key.
var All = []Profession{
	SocialWorker, SocialEducator, Psychologist, Pedagogist, Lawyer, FamilyWorker, Administrative, Other,
}

// Key is the message key of the profession's name.
func (p Profession) Key() string { return "profession." + string(p) }
