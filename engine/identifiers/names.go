package identifiers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	capital   = `\p{Lu}[\p{Ll}’'·-]+(?:\p{Lu}?\p{Ll}+)*`
	connector = `(?:(?:de la|de las|de los|del|dels|de|di|da|della|i|y|e|van|ben|el|al|la) |d[’'])`
)

var (
	// capitals are two or more words that begin with a capital, with what names
	// have between them.
	capitals = regexp.MustCompile(capital + `(?: ` + connector + `?` + capital + `)+`)
	// titled is a capital word after what one calls people by.
	titled = regexp.MustCompile(`(?i:sr|sra|senyor|senyora|señor|señora|sig|sig\.ra|signor|signora|don|donya|doña|mr|mrs|ms|família|familia|famiglia|family|usuari|usuària|usuario|usuaria|utente|menor|minore)\.? (` + capital + `)`)
	and    = regexp.MustCompile(` (?:i|y|e) `)
	word   = regexp.MustCompile(`\p{L}[\p{L}’'·-]*`)
)

// offices are words that make a name the name of an institution, a day or a
// thing. They are of the four languages, folded.
//
//nolint:misspell // they are not English
var offices = strings.Fields(`
	serveis serveis servicios servizi services social socials sociales sociali basics basicos ajuntament ayuntamiento comune comuni diputacio diputacion
	consell consejo consiglio comarcal institut instituto istituto generalitat govern gobierno govern regione region regio provincia area arees areas unitat unidad
	unita centre centro centri centres centros casa llar hogar escola escuela scuola hospital ospedale cap fundacio fundacion fondazione creu cruz croce roja rossa
	caritas mossos esquadra policia polizia guardia urbana jutjat juzgado tribunale tribunal fiscalia procura departament departamento dipartimento direccio direccion
	direzione ministeri ministerio ministero llei ley legge decret decreto pla plan piano programa programma projecte proyecto progetto equip equipo equipe oficina
	ufficio sala plaça plaza piazza carrer calle via avinguda avenida biblioteca univers universitat universidad universita col legi colegio collegio ordre orden ordine
	treball trabajo lavoro salut salud salute benestar bienestar welfare infancia infanzia joventut juventud gent gran dona donne mujer supervisio supervision
	supervisione sessio sesion sessione session grup grupo gruppo group team dilluns dimarts dimecres dijous divendres dissabte diumenge lunes martes miercoles jueves
	viernes sabado domingo lunedi martedi mercoledi giovedi venerdi sabato domenica monday tuesday wednesday thursday friday saturday sunday gener febrer març abril
	maig juny juliol agost setembre octubre novembre desembre enero febrero marzo mayo junio julio agosto septiembre noviembre diciembre gennaio febbraio aprile
	maggio giugno luglio settembre ottobre novembre dicembre january february march april may june july august september october november december nadal navidad
	natale setmana semana settimana santa setmana estat estado stato europa europea union unio unione espanya españa italia catalunya cataluña mallorca ambit ambito
	distretto districte distrito azienda empresa cooperativa associacio asociacion associazione renda renta reddito garantida minima cittadinanza assegno`)

var officeSet = func() map[string]bool {
	set := map[string]bool{}
	for _, o := range offices {
		set[fold(o)] = true
	}
	return set
}()

// names finds what reads like a name of a person: words known to be one, two
// capitals in a row, a capital after "senyora" or "famiglia".
func names(said string, around Surroundings) (found []Find) {
	safe := foldedAll(around.Safe)
	for _, at := range capitals.FindAllStringIndex(said, -1) {
		from := at[0] + opening(said[at[0]:at[1]])
		if phrase := said[from:at[1]]; strings.Contains(phrase, " ") && !harmless(phrase, safe) {
			found = append(found, Find{Person, phrase, from, at[1]})
		}
	}
	for _, at := range titled.FindAllStringSubmatchIndex(said, -1) {
		if startsWord(said, at[0]) && !within(fold(said[at[2]:at[3]]), safe) && !officeSet[fold(said[at[2]:at[3]])] {
			found = append(found, Find{Person, said[at[2]:at[3]], at[2], at[3]})
		}
	}
	known := foldedAll(around.People)
	for _, at := range word.FindAllStringIndex(said, -1) {
		one := said[at[0]:at[1]]
		if slices.Contains(known, fold(one)) && !within(fold(one), safe) {
			found = append(found, Find{Person, one, at[0], at[1]})
		}
	}
	return found
}

// harmless reports whether capitals in a row are no name of a person, or that
// of somebody or something that may be named.
func harmless(phrase string, safe []string) bool {
	if within(fold(phrase), safe) || allWithin(and.Split(phrase, -1), safe) {
		return true
	}
	var left []string
	for _, w := range word.FindAllString(phrase, -1) {
		folded := strings.TrimPrefix(strings.TrimPrefix(fold(w), "l "), "d ")
		if first := []rune(w)[0]; unicode.IsUpper(first) && !officeSet[folded] {
			left = append(left, folded)
		}
	}
	if len(left) < len(word.FindAllString(phrase, -1)) && len(left) <= 1 {
		return true // an office with one word of its own: Ajuntament de Vic
	}
	return within(strings.Join(left, " "), safe)
}

// openers begin sentences and are capitals only because of it.
var openers = strings.Fields("a al als ahir avui el els la les l en amb per des de del hem cal vam ayer hoy los las un una con por para desde ieri oggi il lo gli le nel a con da per the at in on with from today yesterday we un uno i y e")

// opening is how many bytes of a phrase come before a name: what begins the
// sentence, an article.
func opening(phrase string) (skipped int) {
	for {
		first, _, more := strings.Cut(phrase[skipped:], " ")
		starts, _ := utf8.DecodeRuneInString(first)
		if !more || unicode.IsUpper(starts) && !slices.Contains(openers, fold(first)) {
			return skipped
		}
		skipped += len(first) + 1
	}
}

// within reports whether a phrase is part of one of the names.
func within(phrase string, all []string) bool {
	return phrase != "" && slices.ContainsFunc(all, func(name string) bool { return strings.Contains(" "+name+" ", " "+phrase+" ") })
}

func allWithin(phrases, all []string) bool {
	return !slices.ContainsFunc(phrases, func(one string) bool { return !within(fold(one), all) })
}

func startsWord(said string, from int) bool {
	before, _ := utf8.DecodeLastRuneInString(said[:from])
	return !inWord(before)
}

func foldedAll(all []string) []string {
	folded := make([]string, len(all))
	for i, one := range all {
		folded[i] = fold(one)
	}
	return folded
}

// Words are the capital words of a text: what may be a name, to ask whoever
// knows the names of the people attended.
func Words(said string) (found []string) {
	for _, w := range word.FindAllString(said, -1) {
		if unicode.IsUpper([]rune(w)[0]) && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}

// accents maps the accented letters of the four languages to plain ones.
var accents = strings.NewReplacer(
	"à", "a", "á", "a", "â", "a", "ä", "a", "ã", "a", "è", "e", "é", "e", "ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i",
	"ò", "o", "ó", "o", "ô", "o", "ö", "o", "õ", "o", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ç", "c", "ñ", "n",
	"l·l", "ll", "ŀl", "ll", "·", "", "’", " ", "'", " ", "-", " ",
)

// fold is a text as names are compared: lower case, without accents.
func fold(s string) string {
	return strings.Join(strings.Fields(accents.Replace(strings.ToLower(s))), " ")
}
