package ui

import (
	"github.com/a-h/templ"

	"bastida/internal/kernel/civil"
)

// Frame is what surrounds every page. The web layer makes it once a request,
// so that no handler repeats it; components read it with FrameOf.
type Frame struct {
	Lang      string     // language of the page: ca, es, it or en
	Languages []string   // languages the reader may choose
	Path      string     // path and query of this page, to come back after a change of language or sign-in
	Theme     string     // "", "light" or "dark"
	Tenant    Tenant     // the body in whose name the reader acts, or the installation's own face
	Menu      []Link     // main navigation, already filtered by permission
	User      *User      // nil when nobody is signed in
	Flash     *Notice    // said once, after an action
	Demo      bool       // shows the demo banner and the demo clock
	Today     civil.Date // day of the demo clock, which the demo banner lets everybody move
	Query     string     // what is typed in the search box
}

// Tenant is the face of a body: its mark and its two colour numbers. Lightness
// is fixed by the style sheet, so contrast holds for every tenant.
type Tenant struct {
	Code, Name, Unit, Mark string
	StyleHref              string // style sheet with the body's hue and chroma
}

// User is the signed-in person as the page shows them.
type User struct {
	Name, Initials, Role string
	Memberships          []Link // bodies and roles to act in: Href is the id to post, Current marks the one in use
}

// Link is one place to go.
type Link struct {
	Href, Label, Icon string
	Count             int  // a badge, shown when above zero: only where someone must act
	Current           bool // the page being shown
}

// Tone is how loudly something speaks. Colour never speaks alone: every tone
// is drawn with an icon or a word.
type Tone string

// The tones, from silent to loudest.
const (
	Plain Tone = ""
	Brand Tone = "brand"
	Info  Tone = "info"
	OK    Tone = "ok"
	Warn  Tone = "warn"
	Crit  Tone = "crit"
)

// Notice is a message to the reader, with an optional way to act on it.
type Notice struct {
	Tone   Tone
	Text   string
	Action *Link
}

// Action is a button that posts, such as a step of a workflow.
type Action struct {
	Href, Label, Icon string
	Primary, Danger   bool
	Disabled          string            // why it cannot be done now; empty when it can
	Confirm           string            // a question asked first, on a page of its own without scripts
	Hidden            map[string]string // values posted along
}

// Form is a form as drawn: its values are texts, its labels are translated.
type Form struct {
	ID, Action   string
	Submit       string // label of the button
	Cancel       string // where the way back leads; empty hides it
	Version      int    // version of the record being edited; zero when it is new
	Problem      string // what is wrong with the form as a whole
	Fields       []Field
	DraftHref    string        // where to save while typing; empty switches drafts off
	DraftSavedAt string        // formatted instant of the draft being shown
	Multipart    bool          // the form carries files
	RefreshHref  string        // where to post when an answer changes which questions apply
	Suggest      []Suggestions // that texts of the form may be taken from
	More         bool          // lists offer to save and to come back for one row more, posted as "more"
}

// FieldKind says how a field is drawn.
type FieldKind string

// The kinds of field.
const (
	FieldText     FieldKind = "text"
	FieldArea     FieldKind = "area"
	FieldNumber   FieldKind = "number"
	FieldDate     FieldKind = "date"
	FieldDateTime FieldKind = "datetime"
	FieldEmail    FieldKind = "email"
	FieldPassword FieldKind = "password"
	FieldSelect   FieldKind = "select"
	FieldRadio    FieldKind = "radio"
	FieldCheck    FieldKind = "check"  // one box, yes or no
	FieldChecks   FieldKind = "checks" // any of several
	FieldScale    FieldKind = "scale"  // one of a row of numbers
	FieldFile     FieldKind = "file"
	FieldRows     FieldKind = "rows" // a list of things of a kind
	FieldHidden   FieldKind = "hidden"
)

// Field is one question, with what was typed and what is wrong with it.
type Field struct {
	Name         string
	Kind         FieldKind
	Label, Help  string
	Group        string // heading drawn above the first field of a group
	Value        string
	Values       []string // chosen options of a FieldChecks
	Error        string
	Options      []Option
	Required     bool
	Min, Max     string // limits of a number or a date
	Blank        string // what choosing nothing is called; "Choose…" when empty
	Length       int    // most characters of a text; zero is no limit
	Unit         string // said after the box: hours, people
	Autocomplete string
	Accept       string // media types of a file
	List         string // of a text: the Suggestions of the form that it may be taken from
	Narrow       bool   // a short answer: a number, a date, a code
	Refresh      bool   // the answer changes which questions apply

	Others []Field   // the same text in the other languages, folded below this one
	Rows   [][]Field // of a FieldRows; the last row is empty, to be filled in
	Open   bool      // of a FieldRows: the empty row is wanted now
}

// Suggestions are what texts that name this list may be. They stand once in the
// form, however many texts take from them.
type Suggestions struct {
	List  string
	Words []string
}

// Option is one answer of a choice.
type Option struct {
	Value, Label, Help string
}

// Table is a list as drawn.
type Table struct {
	Caption string // read out; not drawn when a heading says the same
	Columns []Column
	Rows    []Row
	Empty   templ.Component // what to say and do when there is nothing
	Filters *Form           // drawn above, sent with GET
	Chips   []Link          // filters in force, each a link that takes it away
	Pager   Pager
	Bulk    []Action // what can be done to the ticked rows, posted as "id"; Hidden and Disabled do not apply
	Export  string   // address of the same list as CSV; empty hides it
}

// Column is one heading of a table.
type Column struct {
	Name, Label string
	Numeric     bool
	SortHref    string // empty when the column does not sort
	Sorted      string // "", "ascending" or "descending"
	Wide        bool   // takes the whole line on a phone
}

// Row is one line of a table; its cells follow the columns.
type Row struct {
	ID    string // value of its tick box, when the table has bulk actions
	Href  string // where the first cell leads
	Cells []templ.Component
	Issue *Notice // what needs acting on, drawn below the row
	On    bool    // stands out: the row being looked at
}

// Pager moves through a long list.
type Pager struct {
	First, Previous, Next string // addresses; empty where there is no such page
	From, To, Total       int    // positions shown; Total is negative when it was not counted
}

// Figure is one number that matters, with its measure and what it means.
type Figure struct {
	Label, Value, Of string // Of is the whole: 58 is drawn as "of 58"
	Share            int    // of the meter, 0 to 100; negative hides it
	Mark             int    // a second position on the meter; negative hides it
	Tone             Tone
	Note             string
	Href             string // where the figure is explained
}

// Fact is one line of a description list.
type Fact struct {
	Label string
	Value templ.Component
	Note  string // source and date of the value
}

// Crumb is one step of the way back.
type Crumb struct{ Href, Label string }

// Head is the title of a page.
type Head struct {
	Title   string
	Sub     string
	Trail   []Crumb
	Tag     *Tag
	Tabs    []Link          // the record's other pages
	Actions templ.Component // drawn beside the title
	Wide    bool            // the page uses the whole width
	Public  bool            // drawn without the staff's navigation
}

// Tag is a state in a word.
type Tag struct {
	Tone Tone
	Text string
	Icon string
}

// Event is one entry of a history, newest first.
type Event struct {
	Icon  string
	Tone  Tone
	Title string
	Who   string
	When  string
	Text  string
}

// Item is one line of a short list, such as the calls to return.
type Item struct {
	Icon, Title, Href string
	Text              string
	Tag               *Tag
	Action            templ.Component // drawn at the end of the line
}

// Difference is one thing that two versions state differently. Nothing stated
// is an empty text.
type Difference struct {
	Label         string
	Before, After string
}

// Step is one state of a process, in order.
type Step struct {
	Label   string
	Note    string // a date, a count
	Done    bool
	Current bool
}

// Hits are the results of a search that are of one kind.
type Hits struct {
	Label string
	Hits  []Hit
}

// Hit is one result of a search.
type Hit struct {
	Href, Label, Icon string
	Note              string
}
