package reflection

import (
	"bastida/internal/kernel/civil"
	"bastida/internal/platform/form"
)

var contentForm = form.New("reflection.record",
	form.Area("worked", func(c *Content) *string { return &c.Worked }).Required().Group("worked"),
	form.Section("worked", form.Checks("themes", func(c *Content) *[]string { return &c.Themes }))[0],
	form.Section("worked", form.Checks("goals", func(c *Content) *[]string { return &c.Goals }))[0],
	form.Rows("actions", func(c *Content) *[]Action { return &c.Actions },
		form.Text("what", func(a *Action) *string { return &a.What }).Required().Limit(500),
		form.Pick("who", func(a *Action) *string { return &a.Who }),
		form.Date("by", func(a *Action) *civil.Date { return &a.By }),
	).Group("agreed"),
	form.Rows("obstacles", func(c *Content) *[]Obstacle { return &c.Obstacles },
		form.Pick("kind", func(o *Obstacle) *string { return &o.Kind }).Required(),
		form.Text("text", func(o *Obstacle) *string { return &o.Text }).Required().Limit(500),
	).Group("agreed"),
	form.Date("next", func(c *Content) *civil.Date { return &c.Next }).Group("agreed"),
	form.Section("names", form.Checks("allowed", func(c *Content) *[]string { return &c.Allowed }))[0],
)
