package identifiers_test

import (
	"strings"
	"testing"

	"bastida/engine/identifiers"
)

var around = identifiers.Surroundings{
	Year: 2020,
	Safe: []string{"Anna Vila Serra", "Jordi Puigdemont", "Sant Cugat del Vallès", "Manlleu", "Ajuntament de Vic", "Vic", "l’Hospitalet de Llobregat", "San Donà di Piave"},
}

func TestIdentifiersAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said, found string
		kind        identifiers.FindKind
	}{
		{"amb DNI 12345678Z, diu", "12345678Z", identifiers.Document},
		{"amb DNI 1234567", "DNI 1234567", identifiers.Document},
		{"el 12345678Z ha vingut", "12345678Z", identifiers.Document},
		{"el 12345678z ha vingut", "12345678z", identifiers.Document},
		{"(12.345.678-Z)", "12.345.678-Z", identifiers.Document},
		{"12345678 Z", "12345678 Z", identifiers.Document},
		{"12345678A", "12345678A", identifiers.Doubtful},
		{"té el X1234567L.", "X1234567L", identifiers.Document},
		{"Y-1234567-X", "Y-1234567-X", identifiers.Document},
		{"X1234567A", "X1234567A", identifiers.Doubtful},
		{"document NIE: 1234567", "NIE: 1234567", identifiers.Document},
		{"passaport núm. AB1234567", "passaport núm. AB1234567", identifiers.Document},
		{"il cf RSSMRA85T10A562S.", "RSSMRA85T10A562S", identifiers.Document},
		{"il cf rssmra85t10a562s", "rssmra85t10a562s", identifiers.Document},
		{"RSSMRA 85T10 A562 S", "RSSMRA 85T10 A562 S", identifiers.Document},
		{"RSSMRA85T10A562T", "RSSMRA85T10A562T", identifiers.Doubtful},
		{"NSS 08/12345678/40", "", ""},
		{"NSS 281234567840", "281234567840", identifiers.Document},
		{"NSS 28 12345678 40", "28 12345678 40", identifiers.Document},
		{"CIP VILA1850512003", "VILA1850512003", identifiers.HealthCard},
		{"CIP VILA 1 850512 00 3", "VILA 1 850512 00 3", identifiers.HealthCard},
		{"tessera 80380001200123456789", "80380001200123456789", identifiers.HealthCard},
		{"truqueu al 612 345 678", "612 345 678", identifiers.Phone},
		{"truqueu al 612345678!", "612345678", identifiers.Phone},
		{"93 123 45 67", "93 123 45 67", identifiers.Phone},
		{"612.34.56.78", "612.34.56.78", identifiers.Phone},
		{"+34 612 345 678", "+34 612 345 678", identifiers.Phone},
		{"chiama 347 1234567", "347 1234567", identifiers.Phone},
		{"chiama +39 0422 123456", "+39 0422 123456", identifiers.Phone},
		{"0422 123456", "0422 123456", identifiers.Phone},
		{"escriu a m.puig@exemple.example avui", "m.puig@exemple.example", identifiers.Email},
		{"nascut el 12/05/1985", "12/05/1985", identifiers.Birth},
		{"nascuda a Vic, el 3 de maig de 2012", "3 de maig de 2012", identifiers.Birth},
		{"data di nascita: 3 maggio 2012", "3 maggio 2012", identifiers.Birth},
		{"born on 3 May 2012", "3 May 2012", identifiers.Birth},
		{"des del 12/05/1985", "12/05/1985", identifiers.Doubtful},
		{"hem parlat de Fatoumata Diallo i", "Fatoumata Diallo", identifiers.Person},
		{"Amb la Maria Puig.", "Maria Puig", identifiers.Person},
		{"La Maria Puig va venir", "Maria Puig", identifiers.Person},
		{"Maria Puig va venir", "Maria Puig", identifiers.Person},
		{"la Maria de la Serra", "Maria de la Serra", identifiers.Person},
		{"la senyora Núñez no ve", "Núñez", identifiers.Person},
		{"la famiglia Bianchi", "Bianchi", identifiers.Person},
		{"el sr. López", "López", identifiers.Person},
	} {
		found := identifiers.Scan(c.said, around)
		switch {
		case c.found == "" && len(found) == 0:
		case len(found) != 1 || found[0].Text != c.found || found[0].Kind != c.kind:
			t.Errorf("%q: found %+v, want %s %q", c.said, found, c.kind, c.found)
		case c.said[found[0].From:found[0].To] != c.found:
			t.Errorf("%q: found at %d to %d", c.said, found[0].From, found[0].To)
		}
	}
}

func TestOrdinaryTextRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Ens trobem a les 9.30 i acabem a les 11.30.", "de 09:30-11:00 o de 9.30-11.00", "dalle 14,30 alle 16,30", "sessions 1-9, la 12 i la 13",
		"Sessió 6 de 12: 18 hores, 14 persones", "1.234.567 €", "612.345.678 euros", "350.000,00 EUR", "un 80 % dels casos", "3.500 hores l’any",
		"el 12/05/2019 i el 3 de maig de 2020", "12-05-2019", "01-02-2020", "entre 2019 i 2020", "2019-2020", "art. 45 de la Llei 12/2007", "expedient 2019/0045",
		"A Sant Cugat del Vallès i a Manlleu", "L’Hospitalet de Llobregat", "a San Donà di Piave", "l’Ajuntament de Vic i la Diputació de Barcelona",
		"els Serveis Socials Bàsics", "Ha dit l’Anna Vila que sí", "Jordi Puigdemont proposa", "A Manlleu i Vic", "els Mossos d’Esquadra", "la Creu Roja",
		"dilluns 3 de febrer", "Setmana Santa", "", "█████", "n. 12345678", "20200120 a", "Renda Garantida", "il Reddito di Cittadinanza",
		"La Llei diu", "Avui Barcelona", "15.000 habitants, 3 treballadores socials i 2 educadores",
	} {
		if found := identifiers.Scan(said, around); len(found) != 0 {
			t.Errorf("%q: %+v", said, found)
		}
	}
}

func TestNamesThatTheTenantKnowsAreFoundAlone(t *testing.T) {
	t.Parallel()
	with := around
	with.People = []string{"Fatoumata", "Puigdemont"}
	found := identifiers.Scan("la fatoumata i en Puigdemont", with)
	if len(found) != 1 || found[0].Text != "fatoumata" || found[0].Hard() {
		t.Errorf("%+v", found)
	}
	if words := identifiers.Words("Ahir la Fatoumata, avui la Fatoumata."); strings.Join(words, " ") != "Ahir Fatoumata" {
		t.Error(words)
	}
}

func TestADraftKeepsEverythingButTheIdentifiers(t *testing.T) {
	t.Parallel()
	said := "La Maria Puig, 12345678Z i 612 345 678, té por."
	found := identifiers.Scan(said, around)
	if got := identifiers.Blackened(said, found); got != "La Maria Puig, █████ i █████, té por." {
		t.Error(got)
	}
	if got := found[len(found)-1].Excerpt(said); got != "Maria Puig, 12345678Z i [612 345 678] , té por." {
		t.Error(got)
	}
}

func FuzzScan(f *testing.F) {
	f.Add("amb DNI 12345678Z i Maria Puig 612 345 678 nascut el 1/1/1980 €")
	f.Add("\xff\xfe12345678Z\xf0 281234567840-")
	f.Fuzz(func(t *testing.T, said string) {
		last := 0
		found := identifiers.Scan(said, around)
		for _, one := range found {
			if one.From < last || one.To <= one.From || said[one.From:one.To] != one.Text {
				t.Fatalf("%q: %+v", said, found)
			}
			last = one.To
			_ = one.Excerpt(said)
		}
		_ = identifiers.Blackened(said, found)
	})
}
