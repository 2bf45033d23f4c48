package deadline_test

import (
	"testing"

	"bastida/engine/deadline"
)

// on reads a date that the test's author knows to be right.
func on(text string) deadline.Date {
	date, err := deadline.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

// catalonia is the part of Ordre TSF/116/2019 that the tests need.
var catalonia = deadline.HolidaySet{Place: "Catalunya", Days: map[deadline.Date]string{
	on("2020-01-01"): "Cap d'any",
	on("2020-01-06"): "Reis",
	on("2020-04-10"): "Divendres Sant",
	on("2020-04-13"): "Dilluns de Pasqua Florida",
	on("2020-05-01"): "Festa del Treball",
	on("2020-06-24"): "Sant Joan",
	on("2020-08-15"): "l'Assumpció",
	on("2020-09-11"): "Diada Nacional",
	on("2020-10-12"): "Festa Nacional d'Espanya",
	on("2020-12-08"): "la Immaculada",
	on("2020-12-25"): "Nadal",
	on("2020-12-26"): "Sant Esteve",
}}

var barcelona = deadline.HolidaySet{Place: "Barcelona", Days: map[deadline.Date]string{
	on("2020-06-01"): "Segona Pasqua",
	on("2020-09-24"): "la Mercè",
}}

var italy = deadline.HolidaySet{Place: "Italia", Days: map[deadline.Date]string{
	on("2024-06-02"): "Festa della Repubblica",
}}

// alarm is the suspension of administrative terms of 2020.
var alarm = deadline.Suspension{
	From: on("2020-03-14"),
	To:   on("2020-05-31"),
	Name: "RD 463/2020, DA 3; RD 537/2020, art. 9",
}

// spain is the common procedure with the given holidays.
func spain(sets ...deadline.HolidaySet) deadline.Rules {
	return deadline.Rules{Policy: deadline.SpanishCommonProcedure(), Calendar: sets}
}

// spainIn2020 is the common procedure during the state of alarm.
func spainIn2020(sets ...deadline.HolidaySet) deadline.Rules {
	rules := spain(sets...)
	rules.Suspensions = []deadline.Suspension{alarm}
	return rules
}

// reckon is Deadline where no error is expected.
func reckon(t testing.TB, rules deadline.Rules, start deadline.Date, term deadline.Term) deadline.Result {
	t.Helper()
	result, err := rules.Deadline(start, term)
	if err != nil {
		t.Fatalf("deadline of %s from %s: %v", term, start, err)
	}
	return result
}
