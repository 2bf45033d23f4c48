package reflection

import (
	"slices"
	"strconv"
	"strings"

	"bastida/engine/identifiers"
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
)

// Record is what a group wrote of one session, locked.
type Record struct {
	record.Row
	ProgrammeID record.ID `db:"programme_id"`
	GroupID     record.ID `db:"group_id"`
	SessionID   record.ID `db:"session_id"`
	Content     string    `db:"content,secret"` // sealed; empty once the key was destroyed
	EditedBy    string    `db:"edited_by"`
}

// Typed is what somebody typed of a record and has not saved, locked.
type Typed struct {
	record.Row
	GroupID   record.ID `db:"group_id"`
	SessionID record.ID `db:"session_id"`
	UserID    record.ID `db:"user_id"`
	Tab       string    `db:"tab"`  // tells the windows of a person apart
	Seen      int       `db:"seen"` // version of the record that it was written upon; 0 when there was none
	Fields    string    `db:"fields,secret"`
}

// Content is what is written of a session.
type Content struct {
	Worked    string     `json:"worked"`
	Themes    []string   `json:"themes"`
	Goals     []string   `json:"goals"` // of the group's, as they were worded
	Actions   []Action   `json:"actions"`
	Obstacles []Obstacle `json:"obstacles"`
	Next      civil.Date `json:"next"`
	Allowed   []string   `json:"allowed"` // what reads like a name and is nobody's, as the writer says
}

// Action is what somebody of the group will do until the next time. It is not
// about a case.
type Action struct {
	What string     `json:"what"`
	Who  string     `json:"who"`
	By   civil.Date `json:"by"`
}

// Obstacle is something administrative that stands in the way of the work.
type Obstacle struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// said are the free texts of a content, by the name of their field.
func (c Content) said() map[string]string {
	texts := map[string]string{"worked": c.Worked}
	for n, a := range c.Actions {
		texts["actions."+strconv.Itoa(n)+".what"] = a.What
	}
	for n, o := range c.Obstacles {
		texts["obstacles."+strconv.Itoa(n)+".text"] = o.Text
	}
	return texts
}

// Found are the finds of a content: the hard ones by field, marked, and what
// reads like a name or a document, once each.
type Found struct {
	Hard     map[string][]string
	Doubtful []string
}

// find looks for identifiers in every free text.
func (c Content) find(around identifiers.Surroundings) (f Found) {
	f.Hard = map[string][]string{}
	for field, text := range c.said() {
		for _, one := range identifiers.Scan(text, around) {
			switch {
			case one.Hard():
				f.Hard[field] = append(f.Hard[field], one.Excerpt(text))
			case !slices.Contains(f.Doubtful, one.Text):
				f.Doubtful = append(f.Doubtful, one.Text)
			}
		}
	}
	slices.Sort(f.Doubtful)
	return f
}

// Open are the doubtful finds that the writer has not allowed.
func (f Found) Open(allowed []string) (open []string) {
	for _, one := range f.Doubtful {
		if !slices.Contains(allowed, one) {
			open = append(open, one)
		}
	}
	return open
}

// complain says what has to be taken out or confirmed before saving.
func (f Found) complain(allowed []string, wrong *fault.Fields) {
	for field, marked := range f.Hard {
		wrong.Add(field, "reflection.take_out", "found", strings.Join(marked, " · "))
	}
	if open := f.Open(allowed); len(open) > 0 {
		wrong.Add("allowed", "reflection.confirm_names", "found", strings.Join(open, ", "))
	}
}

// allowOnly forgets what was allowed and is no longer there.
func (c *Content) allowOnly(f Found) {
	c.Allowed = slices.DeleteFunc(c.Allowed, func(one string) bool { return !slices.Contains(f.Doubtful, one) })
}

// Sitting is a session as its record knows it.
type Sitting struct {
	ID        record.ID
	Number    int
	Day       civil.Date
	Cancelled bool
}
