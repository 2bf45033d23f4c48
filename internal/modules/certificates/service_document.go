package certificates

import (
	"cmp"

	"bastida/internal/modules/coverage"
	"bastida/internal/platform/i18n"
	"bastida/internal/platform/pdf"
)

// document writes a certificate as it was issued.
func (s *Service) document(c Certificate) ([]byte, error) {
	of, lang := c.Content.V, c.Content.V.Language
	say := func(key string, args ...any) string { return s.Say(lang, "certificates.document."+key, args...) }
	title := say("title", "number", c.Full())
	doc := pdf.New(pdf.Meta{Title: title, Language: lang, Author: of.Issuer, Footer: of.Issuer + " · " + title, Created: c.IssuedAt.Time})
	doc.Text(of.Issuer)
	doc.Heading(1, title)
	if of.Corrects != "" {
		doc.Text(say("corrects", "number", of.Corrects))
	}
	doc.Text(say("states", "issuer", of.Issuer, "person", of.Person, "profession", s.Say(lang, of.Profession.Key()),
		"attended", coverage.Hours(of.Minutes), "held", coverage.Hours(of.Held), "programme", of.Programme))
	doc.Facts(s.facts(c)...)
	for _, part := range of.Parts {
		doc.Heading(2, part.Group)
		facts := []pdf.Fact{
			{Label: say("supervisor"), Value: part.Supervisor},
			{Label: say("hours"), Value: say("of", "attended", coverage.Hours(part.Minutes), "held", coverage.Hours(part.Held))},
		}
		if part.Earned != nil {
			facts = append(facts, pdf.Fact{Label: say("credit"), Value: s.credits(lang, *part.Earned)})
		}
		doc.Facts(facts...)
		table := pdf.Table{Columns: []pdf.Column{{Title: say("day"), Share: 2}, {Title: say("session"), Share: 1, Right: true}, {Title: say("attended"), Share: 1, Right: true}}}
		for _, v := range part.Visits {
			table.Rows = append(table.Rows, []string{i18n.Format(lang, v.Day), i18n.Format(lang, coverage.Hours(v.Minutes)), i18n.Format(lang, coverage.Hours(v.Attended))})
		}
		doc.Table(table)
	}
	doc.Text(say("issued", "issuer", of.Issuer, "on", of.On, "by", of.By))
	doc.Note(say("check", "address", s.URL+c.Check()))
	doc.Note(say("nothing_said"))
	return doc.Bytes()
}

// facts are what a certificate says at its head.
func (s *Service) facts(c Certificate) []pdf.Fact {
	of, lang := c.Content.V, c.Content.V.Language
	say := func(key string, args ...any) string { return s.Say(lang, "certificates.document."+key, args...) }
	kind := s.Say(lang, of.Kind.Label())
	if of.Action != "" {
		kind = of.Action + " · " + kind
	}
	facts := []pdf.Fact{
		{Label: say("person"), Value: of.Person},
		{Label: say("employer"), Value: cmp.Or(of.Employer, of.Body)},
		{Label: say("programme"), Value: of.Named()},
		{Label: say("kind"), Value: kind},
		{Label: say("hours"), Value: say("of", "attended", coverage.Hours(of.Minutes), "held", coverage.Hours(of.Held))},
	}
	if share, known := (coverage.Attendance{Minutes: of.Minutes, Held: of.Held}).Share(); known {
		facts = append(facts, pdf.Fact{Label: say("share"), Value: s.Say(lang, "coverage.percent", "share", share)})
	}
	if of.Threshold.Stated {
		facts = append(facts, pdf.Fact{Label: say("threshold"), Value: s.Say(lang, of.Threshold.Label(), "threshold", of.Threshold.Percent())})
	}
	return facts
}

// credits say what a group gives of credit; where it gives none, hours are all
// that a certificate says.
func (s *Service) credits(lang string, e Earned) string {
	kind := s.Say(lang, e.Credit.Label())
	if e.Credits == nil {
		return kind + ". " + s.Say(lang, e.Why)
	}
	return s.Say(lang, "certificates.document.credits", "credits", *e.Credits, "type", kind, "event", e.Event, "by", e.By)
}
