package timetable

// Season is everything that there is to arrange. Records name each other by
// their codes. A limit of zero is no limit, unless it says otherwise.
type Season struct {
	From        Day          `json:"from"` // first day
	To          Day          `json:"to"`   // last day
	Places      []Place      `json:"places"`
	Journeys    []Journey    `json:"journeys,omitempty"`
	Supervisors []Supervisor `json:"supervisors"`
	Groups      []Group      `json:"groups"`

	// Detour is the kilometres by road for one in a straight line (default
	// 1.3), SpeedKMH how fast they are driven (default 60), where no journey
	// says better.
	Detour   float64 `json:"detour,omitempty"`
	SpeedKMH float64 `json:"speed_kmh,omitempty"`
	Weights  Weights `json:"weights,omitzero"` // default: DefaultWeights
}

// Place is where sessions are held and where supervisors start from.
type Place struct {
	Code   string  `json:"code"`
	Lat    float64 `json:"lat,omitempty"`
	Lon    float64 `json:"lon,omitempty"`
	Online bool    `json:"online,omitempty"` // at no distance from anywhere
	Rooms  int     `json:"rooms,omitempty"`  // sessions at once; 0: any number
	Closed []Span  `json:"closed,omitempty"` // holidays
}

// Journey corrects the distance between two places, both ways.
type Journey struct {
	From    string  `json:"from"`
	To      string  `json:"to"`
	KM      float64 `json:"km"`
	Minutes int     `json:"minutes"`
}

// Span is a time that is taken: from Start on the first day to End on the last
// day, each day between these hours. Without hours it is whole days.
type Span struct {
	From  Day   `json:"from"`
	To    Day   `json:"to,omitempty"` // default: From
	Start Clock `json:"start,omitempty"`
	End   Clock `json:"end,omitempty"` // default: end of the day
}

// Window is a time of the week.
type Window struct {
	Days []Weekday `json:"days"`
	From Clock     `json:"from"`
	To   Clock     `json:"to"`
}

// Supervisor leads sessions.
type Supervisor struct {
	Code          string   `json:"code"`
	Home          string   `json:"home"` // a place
	Professions   []string `json:"professions,omitempty"`
	Languages     []string `json:"languages,omitempty"`
	RefusesBodies []string `json:"refuses_bodies,omitempty"` // incompatible with them
	RefusesGroups []string `json:"refuses_groups,omitempty"`
	Away          []Span   `json:"away,omitempty"`
	Works         []Window `json:"works,omitempty"` // default: always

	WeekSessions   int `json:"week_sessions,omitempty"` // most in an ISO week
	WeekMinutes    int `json:"week_minutes,omitempty"`
	SeasonSessions int `json:"season_sessions,omitempty"`
	SeasonMinutes  int `json:"season_minutes,omitempty"`

	// Share is the minutes beyond which hours cost extra. Default: the
	// minutes of all groups, divided by all supervisors.
	Share int `json:"share,omitempty"`
}

// Group is supervised in sessions.
type Group struct {
	Code        string   `json:"code"`
	Bodies      []string `json:"bodies,omitempty"`
	Places      []string `json:"places"`                // where it can meet, the usual one first
	Members     []string `json:"members,omitempty"`     // people; some may be in other groups, too
	Professions []string `json:"professions,omitempty"` // the supervisor has one of them; default: any
	Language    string   `json:"language,omitempty"`

	Sessions int       `json:"sessions"`          // how many
	Minutes  int       `json:"minutes"`           // how long each
	Granted  int       `json:"granted,omitempty"` // most minutes of all sessions
	MinDays  int       `json:"min_days"`          // from one session to the next, at least 1
	MaxDays  int       `json:"max_days,omitempty"`
	Starts   []Starts  `json:"starts"`
	Away     []Span    `json:"away,omitempty"`
	Prefers  []Weekday `json:"prefers,omitempty"` // default: any day

	Supervisor  string  `json:"supervisor,omitempty"`  // decided already
	Substitutes bool    `json:"substitutes,omitempty"` // sessions may have different supervisors
	Fixed       []Fixed `json:"fixed,omitempty"`       // decided already, by index
}

// Starts are hours at which sessions may start: From, and every Step minutes
// after it up to Last. Without Step and Last it is From alone.
type Starts struct {
	Days []Weekday `json:"days"`
	From Clock     `json:"from"`
	Last Clock     `json:"last,omitempty"`
	Step int       `json:"step,omitempty"`
}

// Fixed is a session of the group that is decided already.
type Fixed struct {
	Index      int    `json:"index"` // from 1
	Supervisor string `json:"supervisor"`
	Day        Day    `json:"day"`
	Start      Clock  `json:"start"`
	Place      string `json:"place"`
}

// Weights say what is worth how many kilometres.
type Weights struct {
	Kilometre      float64 `json:"kilometre"`
	HourAboveShare float64 `json:"hour_above_share"`
	OtherDay       float64 `json:"other_day"`   // a session on a day that the group does not prefer
	OtherPlace     float64 `json:"other_place"` // a session away from the usual place
	Handover       float64 `json:"handover"`    // a group that leaves the supervisor of its last fixed session
}

// DefaultWeights is what applies when nothing is said.
var DefaultWeights = Weights{Kilometre: 1, HourAboveShare: 20, OtherDay: 15, OtherPlace: 25, Handover: 200}
