package ui

import "github.com/a-h/templ"

func galleryTabs() []Link {
	return []Link{
		{Href: "#summary", Label: "Summary", Icon: "layout-grid", Current: true},
		{Href: "#groups", Label: "Groups", Icon: "users", Count: 7},
		{Href: "#sessions", Label: "Sessions", Icon: "calendar"},
	}
}

func galleryActions() templ.Component {
	return templ.Join(
		LinkButton(Link{Href: "#report", Label: "Report", Icon: "printer"}),
		ActionButton(Action{Href: "#publish", Label: "Publish", Icon: "send", Primary: true}),
	)
}

func galleryFigures() []Figure {
	return []Figure{
		{Label: "Municipalities under way", Value: "46", Of: "58", Share: 79, Mark: -1, Note: "12 without a group", Href: "#figure"},
		{Label: "Professionals in groups", Value: "77", Of: "83", Share: 93, Mark: -1, Tone: Warn, Note: "6 in a group too small"},
		{Label: "Hours done", Value: "75", Of: "126", Share: 60, Mark: 90, Tone: Brand, Note: "60 % done, 90 % of the year gone"},
		{Label: "Ratings of 7 or more", Value: "72", Of: "75", Share: 96, Mark: -1, Tone: Crit, Note: "3 are missing"},
		{Label: "Solved in time", Value: "7", Of: "7", Share: 100, Mark: -1, Tone: OK, Note: "Slowest: 4 months"},
		{Label: "Waiting", Value: "12", Share: -1, Mark: -1, Tone: Info, Note: "None for more than a week"},
		{Label: "Drafts", Value: "3", Share: -1, Mark: -1},
	}
}

func gallerySteps() []Step {
	return []Step{
		{Label: "Draft", Note: "3 March", Done: true},
		{Label: "Open", Note: "until 30 April", Current: true},
		{Label: "Review"},
		{Label: "Resolved"},
	}
}

func galleryNotices() []Notice {
	return []Notice{
		{Text: "Nothing in particular."},
		{Tone: Brand, Text: "This is how things are done here."},
		{Tone: Info, Text: "The census was read on 24 November."},
		{Tone: OK, Text: "The call was published."},
		{Tone: Warn, Text: "Two sessions have no date.", Action: &Link{Href: "#dates", Label: "Set the dates"}},
		{Tone: Crit, Text: "Three ratings are below 7."},
	}
}

func galleryTags() []Tag {
	return []Tag{
		{Text: "Draft"},
		{Tone: Brand, Text: "Active plan"},
		{Tone: Info, Text: "New"},
		{Tone: OK, Text: "Done"},
		{Tone: Warn, Text: "6 of 8"},
		{Tone: Crit, Text: "Overdue"},
		{Text: "Reserved", Icon: "lock"},
	}
}

func galleryButtons() []Action {
	return []Action{
		{Href: "#save", Label: "Save", Icon: "check", Primary: true},
		{Href: "#note", Label: "Add a note", Hidden: map[string]string{"kind": "note", "about": "group"}},
		{Href: "#drop", Label: "Delete", Icon: "trash-2", Danger: true, Confirm: "Delete the group? This cannot be undone."},
		{Href: "#award", Label: "Award", Disabled: "Two applications have no score yet."},
	}
}

func galleryTable() Table {
	return Table{
		Caption: "Groups",
		Columns: []Column{
			{Name: "group", Label: "Group", SortHref: "?sort=-group", Sorted: "ascending", Wide: true},
			{Name: "people", Label: "People", Numeric: true, SortHref: "?sort=people"},
			{Name: "hours", Label: "Hours", Numeric: true, SortHref: "?sort=hours", Sorted: "descending"},
			{Name: "state", Label: "State"},
			{Name: "next", Label: "Next", Wide: true},
		},
		Rows: []Row{
			galleryRow("1", "Ter i Cabrerès", 13, "10.5", Tag{Tone: Crit, Text: "Under way"}, "27 Nov. 9:00, Manlleu",
				&Notice{Tone: Crit, Text: "Three ratings below 7: the causes are due on 4 December.", Action: &Link{Href: "#causes", Label: "Open the analysis"}}),
			galleryRow("2", "Lluçanès", 6, "0", Tag{Tone: Warn, Text: "Forming"}, "2 people missing",
				&Notice{Tone: Warn, Text: "With Sant Bartomeu and Sant Boi there would be 8, 25 minutes away."}),
			galleryRow("3", "Vic", 22, "18", Tag{Tone: OK, Text: "Rated"}, "Final report, 4 Dec.", nil),
			{ID: "4", On: true, Cells: []templ.Component{Text("Plana Sud"), Num(14), Bar("13.5 / 18 h", 75, -1, Plain), StatusTag(Tag{Text: "Under way"}), nil}},
		},
		Filters: &Form{ID: "filters", Action: "#", Fields: []Field{
			{Name: "q", Kind: FieldText, Label: "Name"},
			{Name: "state", Kind: FieldSelect, Label: "State", Value: "open", Options: []Option{{Value: "open", Label: "Under way"}, {Value: "done", Label: "Done"}}},
		}},
		Chips:  []Link{{Href: "?", Label: "State: under way"}},
		Pager:  Pager{First: "?p=1", Previous: "?p=1", Next: "?p=3", From: 21, To: 24, Total: 1250},
		Bulk:   []Action{{Href: "#summon", Label: "Summon", Icon: "mail", Primary: true}, {Href: "#close", Label: "Close", Danger: true, Confirm: "Close the ticked groups?"}},
		Export: "#csv",
	}
}

func galleryRow(id, name string, people int, hours string, state Tag, next string, issue *Notice) Row {
	return Row{
		ID:    id,
		Href:  "#group-" + id,
		Cells: []templ.Component{Named(name, "9 municipalities"), Num(people), Text(hours), StatusTag(state), Text(next)},
		Issue: issue,
	}
}

func galleryForm() Form {
	kinds := []Option{{Value: "cases", Label: "Cases", Help: "One case a session"}, {Value: "teams", Label: "Teams"}}
	topics := []Option{{Value: "load", Label: "Workload"}, {Value: "housing", Label: "Housing"}, {Value: "minors", Label: "Minors"}}
	return Form{
		ID: "sample-form", Action: "#save", Version: 3, Cancel: "#back", Multipart: true,
		DraftHref: "#draft", DraftSavedAt: "10:24", RefreshHref: "#refresh", More: true,
		Fields: []Field{
			{Name: "call", Kind: FieldHidden, Value: "2026"},
			{Name: "title", Kind: FieldText, Label: "Title", Help: "As people will read it.", Required: true, Length: 80, Value: "Team supervision"},
			{Name: "story", Kind: FieldArea, Label: "What happened", Help: "Write as you speak.", Length: 500},
			{Name: "hours", Kind: FieldNumber, Label: "Length", Unit: "hours", Narrow: true, Value: "1,5"},
			{Name: "day", Kind: FieldDate, Label: "Day", Group: "When", Narrow: true, Min: "2026-01-01", Max: "2026-12-31"},
			{Name: "starts", Kind: FieldDateTime, Label: "Starts", Group: "When", Narrow: true},
			{Name: "mail", Kind: FieldEmail, Label: "Mail", Group: "Who", Autocomplete: "email"},
			{Name: "secret", Kind: FieldPassword, Label: "Password", Group: "Who", Autocomplete: "current-password"},
			{Name: "team", Kind: FieldSelect, Label: "Team", Group: "Who", Options: []Option{{Value: "n", Label: "North"}, {Value: "s", Label: "South"}}},
			{Name: "kind", Kind: FieldRadio, Label: "Kind of group", Group: "How", Value: "cases", Refresh: true, Options: kinds},
			{Name: "topics", Kind: FieldChecks, Label: "Topics", Group: "How", Values: []string{"load"}, Options: topics},
			{Name: "mood", Kind: FieldScale, Label: "How useful was it?", Help: "0 is nothing, 10 is very much.", Group: "How", Min: "0", Max: "10", Value: "8"},
			{Name: "agree", Kind: FieldCheck, Label: "The minutes may be shared with the team", Group: "How", Value: "true"},
			{Name: "minutes", Kind: FieldFile, Label: "Minutes", Help: "A PDF of 10 MB at most.", Group: "How", Accept: "application/pdf"},
			{Name: "about_ca", Kind: FieldArea, Label: "About (Catalan)", Group: "In several languages", Value: "Casos difícils.", Required: true, Others: []Field{
				{Name: "about_es", Kind: FieldArea, Label: "About (Spanish)", Value: "Casos difíciles."},
				{Name: "about_it", Kind: FieldArea, Label: "About (Italian)"},
			}},
			{Name: "teachers", Kind: FieldRows, Label: "Teachers", Help: "In the order of the sessions.", Group: "In several languages", Rows: [][]Field{
				galleryTeacher("teachers.0.", "Núria Serra", "6"), galleryTeacher("teachers.1.", "", ""),
			}},
		},
	}
}

func galleryTeacher(at, name, hours string) []Field {
	return []Field{
		{Name: at + "name", Kind: FieldText, Label: "Name", Value: name},
		{Name: at + "hours", Kind: FieldNumber, Label: "Hours", Narrow: true, Value: hours},
	}
}

// refused is the form as it comes back when nothing in it was right.
func refused(f Form) Form {
	f.ID, f.DraftHref, f.RefreshHref = "refused-form", "", ""
	f.Fields = complained(f.Fields)
	return f
}

func complained(fields []Field) []Field {
	for i := range fields {
		f := &fields[i]
		f.Name = "refused-" + f.Name
		if f.Kind != FieldHidden {
			f.Error = "Say it another way."
		}
		complained(f.Others)
		for _, row := range f.Rows {
			complained(row)
		}
	}
	return fields
}

// long is the form of a page of its own.
func long(f Form) Form {
	f.ID, f.DraftHref, f.RefreshHref, f.Fields = "long-form", "", "", []Field{
		{Name: "long-name", Kind: FieldText, Label: "Name", Group: "What it is"},
		{Name: "long-day", Kind: FieldDate, Label: "Day", Group: "When"},
	}
	return f
}

func galleryDifferences() []Difference {
	return []Difference{
		{Label: "Title", Before: "Team supervision", After: "Supervision of teams"},
		{Label: "Hours", After: "18"},
	}
}

func galleryEvents() []Event {
	return []Event{
		{Icon: "zap", Tone: Crit, Title: "Power cut announced", Who: "the supplier", When: "24 Nov. 8:12", Text: "Planned for 2 December, over a debt of 213.40 €."},
		{Icon: "phone", Tone: Brand, Title: "Call", Who: "Marta Roca", When: "17 Nov. 12:40", Text: "Asked for more working hours."},
		{Tone: OK, Title: "School meals granted", Who: "the county", When: "3 Nov."},
		{Tone: Warn, Title: "Absent", When: "1 Nov."},
		{Icon: "lock", Title: "Reserved entry", Who: "Pau Vidal", When: "30 Oct."},
	}
}

func galleryFacts() []Fact {
	return []Fact{
		{Label: "Address", Value: Text("C. del Pont 14, Manlleu"), Note: "register, 24 Nov."},
		{Label: "People", Value: Num(1250)},
		{Label: "Telephone"},
	}
}

func galleryItems() []Item {
	return []Item{
		{Icon: "phone", Title: "Rosa Camps", Href: "#rosa", Text: "Did not say why. Second attempt.", Tag: &Tag{Tone: Crit, Text: "1 day ago"}, Action: LinkButton(Link{Href: "#call", Label: "Call", Icon: "phone"})},
		{Title: "Lunch with the team"},
	}
}

func galleryHits() []Hits {
	return []Hits{
		{Label: "People", Hits: []Hit{{Href: "#1", Label: "Marta Roca", Icon: "user", Note: "social worker"}}},
		{Label: "Actions", Hits: []Hit{{Href: "#2", Label: "Record a contact"}}},
	}
}
