// Package identifiers finds in a text what would give a person away: documents,
// health cards, telephone numbers, addresses, dates of birth and names.
//
//	for _, f := range identifiers.Scan(text, identifiers.Surroundings{Year: 2020, Safe: group}) {
//		fmt.Println(f.Kind, f.Excerpt(text))
//	}
//
// It knows the documents of Spain and Italy with their check characters, and
// the names of institutions in Catalan, Spanish, Italian and English. Times,
// amounts, numbers of sessions and days that were lately are not finds.
//
// A find is hard when it is what it looks like. The others, names above all, may
// be nothing: somebody has to look. No find is no promise: a nickname, a street
// or a story that everybody knows gives a person away as well.
package identifiers

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FindKind says what a piece of text gives away of somebody.
type FindKind string

// What is looked for. The last two may be nothing of the kind: people confirm
// them or take them out; the others are always taken out.
const (
	Document   FindKind = "document"    // DNI, NIE, codice fiscale, social security: the check characters fit
	HealthCard FindKind = "health_card" // CIP of a Spanish health service, TEAM card
	Phone      FindKind = "phone"
	Email      FindKind = "email"
	Birth      FindKind = "birth"    // a date that the text calls a birth
	Doubtful   FindKind = "doubtful" // a document whose check character does not fit, a day long ago
	Person     FindKind = "person"   // it reads like the name of a person
)

// Find is one piece of a text that may give somebody away.
type Find struct {
	Kind     FindKind
	Text     string
	From, To int // bytes of the text
}

// Hard reports whether the piece has to go, whatever the writer says.
func (f Find) Hard() bool { return f.Kind != Doubtful && f.Kind != Person }

// Surroundings are what a text is read with.
type Surroundings struct {
	Year   int      // of today: a day many years before it may be a birth
	Safe   []string // names that may stand: the group's own people, bodies and places
	People []string // words that are known to be names of people
}

// detector finds one kind. fits looks closer at a match and may change its kind;
// nothing is no find.
type detector struct {
	kind    FindKind
	pattern *regexp.Regexp
	fits    func(match, before, after string, kind FindKind) FindKind
}

var detectors = []detector{
	{Email, regexp.MustCompile(`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`), always},
	{Document, regexp.MustCompile(`(?i)[a-z]{6} ?[0-9lmnpqrstuv]{2}[abcdehlmprst][0-9lmnpqrstuv]{2} ?[a-z][0-9lmnpqrstuv]{3} ?[a-z]`), checked(codiceFiscaleFits)},
	{Document, regexp.MustCompile(`(?i)[xyz][ -]?(?:[0-9]{7}|[0-9]\.[0-9]{3}\.[0-9]{3})[ -]?[a-z]`), checked(dniFits)},
	{Document, regexp.MustCompile(`(?:[0-9]{8}|[0-9]{1,2}\.[0-9]{3}\.[0-9]{3})(?:-?[A-Za-z]| [A-Z])`), checked(dniFits)},
	{Document, regexp.MustCompile(`(?i)(?:dni|nif|nie|passaport|pasaporte|passaporto|passport)[^\p{L}\p{N}]{0,4}(?:n[úu]m(?:ero)?|n|nº)?[^\p{L}\p{N}]{0,4}[a-z]{0,3}[0-9][0-9.]{5,10}`), always},
	{Document, regexp.MustCompile(`[0-9]{2}[ /-]?[0-9]{8}[ /-]?[0-9]{2}`), socialSecurity},
	{HealthCard, regexp.MustCompile(`(?i)[a-z]{4}[ -]?[01][ -]?[0-9]{6}[ -]?[0-9]{2}[ -]?[0-9]`), always},
	{HealthCard, regexp.MustCompile(`(?i)[a-z]{4}[0-9]{12}`), always},
	{HealthCard, regexp.MustCompile(`80380[0-9]{15}`), always},
	{Birth, regexp.MustCompile(someDay), birth},
	{Phone, regexp.MustCompile(`(?:\+|00)[0-9]{2,3}(?:[ .-]?[0-9]){7,12}`), phone},
	{Phone, regexp.MustCompile(`[6789][0-9]{8}|[6789][0-9]{2}[ .-][0-9]{3}[ .-]?[0-9]{3}|[6789][0-9]{2}(?:[ .-][0-9]{2}){3}|[6789][0-9](?:[ .-][0-9]{3}){2}[ .-]?[0-9]|[89][0-9][ .-][0-9]{3}[ .-][0-9]{2}[ .-][0-9]{2}|[6789][0-9][ .-][0-9]{3}[ .-][0-9]{4}`), phone},
	{Phone, regexp.MustCompile(`3[0-9]{2}[ .-]?[0-9]{3}[ .-]?[0-9]{3,4}|3[0-9]{2}[ .-][0-9]{2}[ .-][0-9]{2}[ .-][0-9]{2,3}|0[0-9]{1,3}[ /.-][0-9]{5,8}|0[0-9]{8,10}`), phone},
}

// someDay is a date in figures or in words of the four languages.
const someDay = `(?i)[0-3]?[0-9][/.-][01]?[0-9][/.-](?:[12][0-9])?[0-9]{2}|[12][0-9]{3}-[01][0-9]-[0-3][0-9]|` +
	`[0-3]?[0-9]º? (?:de |d’|d')?(?:gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre|` +
	`enero|febrero|marzo|mayo|junio|julio|agosto|septiembre|noviembre|diciembre|` +
	`gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|` +
	`january|february|march|april|may|june|july|august|september|october|november|december)(?: del?)?,? [12][0-9]{3}`

func always(_, _, _ string, kind FindKind) FindKind { return kind }

// checked tells a document whose check character fits from one that does not.
func checked(fits func(string) bool) func(match, before, after string, kind FindKind) FindKind {
	return func(match, _, _ string, kind FindKind) FindKind {
		if fits(strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(match))) {
			return kind
		}
		return Doubtful
	}
}

// dniFits checks the letter of a Spanish DNI or NIE.
func dniFits(code string) bool {
	const letters = "TRWAGMYFPDXBNJZSQVHLCKE"
	digits := strings.NewReplacer("X", "0", "Y", "1", "Z", "2").Replace(code[:1]) + code[1:len(code)-1]
	n, err := strconv.Atoi(digits)
	return err == nil && letters[n%len(letters)] == code[len(code)-1]
}

// oddValues are what the characters of a codice fiscale in odd places count: the
// digits, and then the letters.
var (
	oddDigits  = [10]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21}
	oddLetters = [26]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
)

// codiceFiscaleFits checks the last letter of an Italian codice fiscale.
func codiceFiscaleFits(code string) bool {
	const signs = 16
	if len(code) != signs {
		return false
	}
	sum := 0
	for i, c := range []byte(code[:signs-1]) {
		digit := c >= '0' && c <= '9'
		switch {
		case i%2 == 0 && digit:
			sum += oddDigits[c-'0']
		case i%2 == 0:
			sum += oddLetters[c-'A']
		case digit:
			sum += int(c - '0')
		default:
			sum += int(c - 'A')
		}
	}
	return code[signs-1] == byte('A'+sum%26)
}

// socialSecurity checks the number of the Spanish social security. One that
// does not fit is some other number.
func socialSecurity(match, _, _ string, kind FindKind) FindKind {
	digits := onlyDigits(match)
	n, errNumber := strconv.Atoi(digits[:10])
	check, errCheck := strconv.Atoi(digits[10:])
	if short, err := strconv.Atoi(digits[:2] + digits[3:10]); digits[2] == '0' && err == nil {
		n = short
	}
	const modulus = 97
	if errNumber != nil || errCheck != nil || n%modulus != check {
		return ""
	}
	return kind
}

var (
	money    = regexp.MustCompile(`(?i)^[ \x{00a0}]?(?:€|eur|euros?|%|m€)`)
	priced   = regexp.MustCompile(`(?i)(?:€|eur|euros?)[ \x{00a0}]?$`)
	someDate = regexp.MustCompile(`^(?:` + someDay + `)$`)
)

// phone leaves out what only looks like one: amounts and dates.
func phone(match, before, after string, kind FindKind) FindKind {
	if money.MatchString(after) || priced.MatchString(before) || someDate.MatchString(match) {
		return ""
	}
	return kind
}

var bornWords = regexp.MustCompile(`(?i)(?:nascu(?:t|da)|naixement|nacid[oa]|nacimiento|nat[oa]|nascita|born|birth|d\.?o\.?b\.?)[^\p{N}.;!?]{0,25}$`)

// recentYears is how long ago a day may be without being asked about: what a
// group speaks of happened lately.
const recentYears = 8

func birth(match, before, _ string, kind FindKind) FindKind {
	if bornWords.MatchString(before) {
		return kind
	}
	return Doubtful
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// Scan finds what may give somebody away in a text, in its order.
func Scan(text string, around Surroundings) []Find {
	var found []Find
	for _, d := range detectors {
		for _, at := range d.pattern.FindAllStringIndex(text, -1) {
			if f, ok := d.look(text, at[0], at[1], around.Year); ok {
				found = append(found, f)
			}
		}
	}
	return apart(append(found, names(text, around)...))
}

func (d detector) look(text string, from, to, year int) (Find, bool) {
	f := Find{Text: text[from:to], From: from, To: to}
	if !alone(text, from, to) {
		return f, false
	}
	f.Kind = d.fits(f.Text, text[:from], text[to:], d.kind)
	if d.kind == Birth && f.Kind == Doubtful && !longAgo(f.Text, year) {
		return f, false
	}
	return f, f.Kind != ""
}

var fullYear = regexp.MustCompile(`[12][0-9]{3}`)

func longAgo(day string, year int) bool {
	n, err := strconv.Atoi(fullYear.FindString(day))
	return err == nil && n < year-recentYears
}

// alone reports whether a piece is not the middle of a longer word or number.
func alone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, size := utf8.DecodeRuneInString(text[to:])
	if inWord(before) || inWord(after) {
		return false
	}
	beyond, _ := utf8.DecodeRuneInString(text[to+size:])
	if strings.ContainsRune(".,:/-", after) && unicode.IsDigit(beyond) {
		return false
	}
	if !strings.ContainsRune(".,:/-", before) {
		return true
	}
	earlier, _ := utf8.DecodeLastRuneInString(text[:from-utf8.RuneLen(before)])
	return !unicode.IsDigit(earlier)
}

func inWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// apart keeps one find where several overlap: the hard one, or the longest.
func apart(found []Find) (kept []Find) {
	slices.SortStableFunc(found, func(a, b Find) int {
		return cmp.Or(-cmp.Compare(rank(a), rank(b)), -cmp.Compare(a.To-a.From, b.To-b.From), cmp.Compare(a.From, b.From))
	})
	for _, f := range found {
		if !slices.ContainsFunc(kept, func(k Find) bool { return f.From < k.To && k.From < f.To }) {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b Find) int { return cmp.Compare(a.From, b.From) })
	return kept
}

func rank(f Find) int {
	if f.Hard() {
		return 1
	}
	return 0
}

// Blackened is a text without its hard finds: what may lie in a draft.
func Blackened(text string, found []Find) string {
	var b strings.Builder
	at := 0
	for _, f := range found {
		if f.Hard() {
			b.WriteString(text[at:f.From] + "█████")
			at = f.To
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

// Excerpt is a find with a few words around it, marked, to be found again in a
// long text.
func (f Find) Excerpt(text string) string {
	const around = 24
	before, after := []rune(text[:f.From]), []rune(text[f.To:])
	cut := func(r []rune) string { return strings.Join(strings.Fields(string(r)), " ") }
	left, right := cut(before[max(0, len(before)-around):]), cut(after[:min(around, len(after))])
	return strings.TrimSpace(left + " [" + f.Text + "] " + right)
}
