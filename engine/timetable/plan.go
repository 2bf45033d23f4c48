package timetable

// Plan is what Solve found.
type Plan struct {
	Sessions []Session  `json:"sessions"` // by day, hour and group
	Unplaced []Unplaced `json:"unplaced"`

	// Cost is the cost of the plan in kilometres. No plan that leaves out as
	// few sessions costs less than LowerBound; it is 0 while it is not proven
	// that no plan leaves out fewer.
	Cost       float64 `json:"cost"`
	Costs      Costs   `json:"costs"`
	LowerBound float64 `json:"lower_bound"`

	// FewestUnplaced is proven: no plan leaves out fewer sessions.
	FewestUnplaced int `json:"fewest_unplaced"`
	Rounds         int `json:"rounds"`
}

// Gap is the largest part of the cost that a better plan could save.
func (p Plan) Gap() float64 {
	if p.Cost <= p.LowerBound {
		return 0
	}
	return (p.Cost - p.LowerBound) / p.Cost
}

// Optimal reports whether the plan is proven best.
func (p Plan) Optimal() bool { return p.Gap() == 0 && p.FewestUnplaced == len(p.Unplaced) }

// Costs is what the cost is made of, in the units of each.
type Costs struct {
	Kilometres      float64 `json:"kilometres"`
	HoursAboveShare float64 `json:"hours_above_share"`
	OtherDays       int     `json:"other_days"`
	OtherPlaces     int     `json:"other_places"`
	Handovers       int     `json:"handovers"`
}

// Session is a session that has its place in the season.
type Session struct {
	Group      string `json:"group"`
	Index      int    `json:"index"` // from 1
	Supervisor string `json:"supervisor"`
	Day        Day    `json:"day"`
	Start      Clock  `json:"start"`
	Minutes    int    `json:"minutes"`
	Place      string `json:"place"`
	Fixed      bool   `json:"fixed,omitempty"`
}

// Unplaced is a session that has no place in the season.
type Unplaced struct {
	Group   string   `json:"group"`
	Index   int      `json:"index"`
	Reasons []Reason `json:"reasons"`
	Remedy  *Remedy  `json:"remedy"` // nil if no single change was found
}

// Reason is a rule that rules something out.
type Reason struct {
	Code ReasonCode `json:"code"`

	// Supervisors are those whom the rule excludes altogether, or some of
	// whose possibilities it excludes.
	Supervisors []string `json:"supervisors,omitempty"`

	// Options counts the possibilities (supervisor, day, hour and place) that
	// the rule excludes, each counted under the first rule that excludes it,
	// of Of possibilities.
	Options int `json:"options,omitempty"`
	Of      int `json:"of,omitempty"`
}

// ReasonCode names a rule.
type ReasonCode string

// The rules, in the order in which possibilities are tried.
const (
	ReasonGranted       ReasonCode = "granted"        // the hours of the group are used up
	ReasonSupervisor    ReasonCode = "supervisor"     // another supervisor was decided
	ReasonProfession    ReasonCode = "profession"     // none of the professions that the group asks for
	ReasonLanguage      ReasonCode = "language"       // does not speak the group's language
	ReasonBody          ReasonCode = "body"           // incompatible with a body of the group
	ReasonGroup         ReasonCode = "group"          // incompatible with the group
	ReasonSeason        ReasonCode = "season"         // the group has no day and hour in the season
	ReasonGroupAway     ReasonCode = "group_away"     // the group cannot
	ReasonClosed        ReasonCode = "closed"         // the place is closed
	ReasonOneSupervisor ReasonCode = "one_supervisor" // the group would have two supervisors
	ReasonAway          ReasonCode = "away"           // the supervisor is away
	ReasonHours         ReasonCode = "hours"          // the supervisor does not work at that hour
	ReasonSeasonLimit   ReasonCode = "season_limit"   // the supervisor has as much as may be in the season
	ReasonWeekLimit     ReasonCode = "week_limit"     // the supervisor has as much as may be in the week
	ReasonBusy          ReasonCode = "busy"           // the supervisor leads another session, or is on the way
	ReasonRoom          ReasonCode = "room"           // no room is left
	ReasonMember        ReasonCode = "member"         // somebody is at another session
	ReasonSpacing       ReasonCode = "spacing"        // too near to, or far from, the group's other sessions
	ReasonCombination   ReasonCode = "combination"    // possible by itself, but not together with the rest
)

// Remedy is a small change of the season that would place the session.
type Remedy struct {
	Code       RemedyCode `json:"code"`
	Supervisor string     `json:"supervisor,omitempty"`
	Place      string     `json:"place,omitempty"`
	Day        Day        `json:"day,omitempty"`
	Profession string     `json:"profession,omitempty"`
	Language   string     `json:"language,omitempty"`
	Member     string     `json:"member,omitempty"`
	Amount     int        `json:"amount,omitempty"` // the new limit

	// Gains is how many more sessions of the group find a place.
	Gains int `json:"gains"`
}

// RemedyCode names a kind of change.
type RemedyCode string

// The changes that are tried, from the smallest.
const (
	RemedyWeekSessions   RemedyCode = "week_sessions"   // Supervisor may lead Amount sessions in a week
	RemedyWeekMinutes    RemedyCode = "week_minutes"    // Supervisor may lead Amount minutes in a week
	RemedyAvailable      RemedyCode = "available"       // Supervisor is there on Day
	RemedyOpen           RemedyCode = "open"            // Place is open on Day
	RemedyGroupAvailable RemedyCode = "group_available" // the group can on Day
	RemedyRoom           RemedyCode = "room"            // Place has room for Amount sessions at once
	RemedyMaxDays        RemedyCode = "max_days"        // up to Amount days between two sessions
	RemedyMinDays        RemedyCode = "min_days"        // as few as Amount days between two sessions
	RemedyMember         RemedyCode = "member"          // Member is excused from one group
	RemedySeasonSessions RemedyCode = "season_sessions" // Supervisor may lead Amount sessions in the season
	RemedySeasonMinutes  RemedyCode = "season_minutes"  // Supervisor may lead Amount minutes in the season
	RemedyGranted        RemedyCode = "granted"         // the group is granted Amount minutes
	RemedySeason         RemedyCode = "season"          // the season goes on until Day
	RemedyOther          RemedyCode = "supervisor"      // Supervisor instead of the decided one
	RemedyLanguage       RemedyCode = "language"        // Supervisor, or somebody like them, speaks Language
	RemedyProfession     RemedyCode = "profession"      // Supervisor, or somebody like them, has Profession
	RemedyNewSupervisor  RemedyCode = "new_supervisor"  // one more supervisor, with Profession and Language
)
