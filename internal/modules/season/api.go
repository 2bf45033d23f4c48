package season

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
	"bastida/internal/modules/hours"
	"bastida/internal/modules/sessions"
)

// SeasonShape is a programme on its board.
type SeasonShape struct {
	Programme record.ID          `json:"programme"`
	Title     string             `json:"title"`
	Today     civil.Date         `json:"today"`
	Figures   SeasonFiguresShape `json:"figures"`
	Groups    []SeasonGroupShape `json:"groups" doc:"Those with a need first"`
}

// SeasonFiguresShape is how a programme goes.
type SeasonFiguresShape struct {
	Bodies         int     `json:"bodies" doc:"Of the areas of the programme"`
	BodiesActive   int     `json:"bodies_active"`
	People         int     `json:"people"`
	PeopleProper   int     `json:"people_in_large_enough_groups"`
	HoursGranted   float64 `json:"hours_granted"`
	HoursHeld      float64 `json:"hours_held"`
	Elapsed        int     `json:"elapsed" doc:"Of the time of the programme, in per cent"`
	Ratings        int     `json:"ratings" doc:"Expected"`
	RatingsGiven   int     `json:"ratings_given"`
	RatingsMissing int     `json:"ratings_missing"`
	RatingsBelow   int     `json:"ratings_below"`
	Commitment     string  `json:"commitment"`
	SessionsOver   int     `json:"sessions_over"`
	SessionsClosed int     `json:"sessions_closed"`
}

// SeasonGroupShape is a group on the board.
type SeasonGroupShape struct {
	ID           record.ID         `json:"id"`
	Name         string            `json:"name"`
	Stage        Stage             `json:"stage"`
	People       int               `json:"people"`
	HoursGranted float64           `json:"hours_granted"`
	HoursHeld    float64           `json:"hours_held"`
	HoursPlanned float64           `json:"hours_planned"`
	Rating       *float64          `json:"rating" doc:"Mean of the given, cut; null without any"`
	Ratings      int               `json:"ratings" doc:"Expected"`
	RatingsGiven int               `json:"ratings_given"`
	RatingsBelow int               `json:"ratings_below"`
	Next         *SeasonNextShape  `json:"next"`
	Needs        []SeasonNeedShape `json:"needs" doc:"The gravest first"`
}

// SeasonNextShape is the next session of a group.
type SeasonNextShape struct {
	ID    record.ID  `json:"id"`
	Day   civil.Date `json:"day"`
	At    string     `json:"at"`
	Place string     `json:"place"`
}

// SeasonNeedShape is something to do about a group.
type SeasonNeedShape struct {
	Kind    NeedKind     `json:"kind"`
	Count   int          `json:"count"`
	Due     civil.Date   `json:"due"`
	Hours   float64      `json:"hours" doc:"Unspent"`
	Days    []civil.Date `json:"days" doc:"On which the supervisor is free"`
	Bodies  []string     `json:"bodies" doc:"That would make the group large enough"`
	Size    int          `json:"size" doc:"With them; 0 when not known"`
	Minutes int          `json:"minutes" doc:"The longest way"`
	Href    string       `json:"href"`
}

func shapeBoard(b Board) SeasonShape {
	n := b.Figures
	shape := SeasonShape{
		Programme: b.Programme.ID, Title: b.Programme.Title, Today: b.Today, Groups: []SeasonGroupShape{},
		Figures: SeasonFiguresShape{
			n.Bodies, n.Active, n.People, n.Proper, hours.Hours(n.Granted), hours.Hours(n.Held), n.Elapsed, n.Ratings.Expected, n.Ratings.Given,
			n.Ratings.Missing + n.Ratings.NotAnswered, n.Ratings.Below, string(n.Commitment), n.Over, n.Closed,
		},
	}
	for _, r := range b.Rows {
		shape.Groups = append(shape.Groups, shapeRow(r))
	}
	return shape
}

func shapeRow(r Row) SeasonGroupShape {
	shape := SeasonGroupShape{
		ID: r.Group.ID, Name: r.Group.Name, Stage: r.Stage, People: r.Group.Size(), HoursGranted: hours.Hours(r.Granted()), HoursHeld: hours.Hours(r.Held),
		HoursPlanned: hours.Hours(r.Planned), Ratings: r.Rating.Expected, RatingsGiven: r.Rating.Given, RatingsBelow: r.Rating.Below, Needs: []SeasonNeedShape{},
	}
	if mean := r.Rating.Mean(); r.Rating.Given > 0 {
		shape.Rating = &mean
	}
	if r.Next != nil {
		shape.Next = &SeasonNextShape{r.Next.ID, r.Next.Day, sessions.Clock(r.Next.Start), r.Next.Where()}
	}
	for _, n := range r.Needs {
		shape.Needs = append(shape.Needs, SeasonNeedShape{
			n.Kind, n.Count, n.Due, hours.Hours(n.Minutes), n.Days, n.Company.Bodies, n.Company.Size, n.Company.Minutes, n.Href,
		})
	}
	return shape
}
