package text_test

import (
	"testing"

	"bastida/internal/kernel/text"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Sant Hipòlit de Voltregà":  "sant hipolit de voltrega",
		"L'Hospitalet de Llobregat": "l hospitalet de llobregat",
		"l’Estany":                  "l estany",
		"Castellbell i el Vilar":    "castellbell i el vilar",
		"Sant Marcel·lí":            "sant marcelli",
		"Sant Marceŀlí":             "sant marcelli",
		"  Núñez   Peña ":           "nunez pena",
		"Zoë Çelik-Ünal":            "zoe celik unal",
		"":                          "",
	} {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
		if again := text.Fold(text.Fold(in)); again != text.Fold(in) {
			t.Errorf("folding %q twice gives %q", in, again)
		}
	}
}

func TestLocalizedFallsBack(t *testing.T) {
	t.Parallel()
	l := text.Localized{"ca": "supervisió", "it": "supervisione"}
	for _, c := range []struct {
		lang string
		then []string
		want string
	}{
		{"it", nil, "supervisione"},
		{"en", []string{"it"}, "supervisione"},
		{"en", nil, "supervisió"},
	} {
		if got := l.In(c.lang, c.then...); got != c.want {
			t.Errorf("In(%q, %v) = %q, want %q", c.lang, c.then, got, c.want)
		}
	}
	if got := text.Localized(nil).In("ca"); got != "" {
		t.Errorf("nothing says %q", got)
	}
}
