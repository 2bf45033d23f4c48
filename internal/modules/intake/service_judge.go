package intake

import (
	"fmt"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/identity"
	"bastida/internal/platform/db"
	"bastida/internal/platform/table"
)

var everything = table.Page{Number: 1}.All()

// judge decides the rows of a batch against what is stored now.
func (s *Service) judge(tx *db.Tx, b *Batch) (Report, error) {
	own, err := s.people.Body(tx.Context, tx.Tenant)
	if err != nil {
		return Report{}, err
	}
	known, err := s.bodies(tx)
	if err != nil {
		return Report{}, err
	}
	if b.Kind == Bodies {
		return judgeBodies(b, own, known), nil
	}
	at := around{own: own, bodies: known, people: map[string]identity.Person{}, held: map[record.ID][]identity.Acting{}}
	people, _, err := s.people.People(tx.Context, identity.PersonFilter{}, everything)
	if err != nil {
		return Report{}, err
	}
	for _, p := range people {
		at.people[p.Email] = p
	}
	held, err := s.people.Roles(tx.Context, "")
	if err != nil {
		return Report{}, err
	}
	for _, m := range held {
		at.held[m.UserID] = append(at.held[m.UserID], m)
	}
	return judgePeople(b, at), nil
}

func (s *Service) bodies(tx *db.Tx) (map[string]identity.Body, error) {
	found, _, err := s.people.Bodies(tx.Context, identity.BodyFilter{}, everything)
	known := make(map[string]identity.Body, len(found))
	for _, b := range found {
		known[b.Code] = b
	}
	return known, err
}

// write brings the accepted rows in. Its errors name the row, for the log.
func (s *Service) write(tx *db.Tx, report Report) error {
	own, err := s.people.Body(tx.Context, tx.Tenant)
	if err != nil {
		return err
	}
	for _, row := range report.Bodies {
		if err := s.writeBody(tx, own, row); err != nil {
			return fmt.Errorf("import row %d: %w", row.Number, err)
		}
	}
	for _, row := range report.People {
		if err := s.writePerson(tx, row); err != nil {
			return fmt.Errorf("import row %d: %w", row.Number, err)
		}
	}
	return nil
}

// writeBody makes or corrects a body. A new one begins with the colour of the
// body that leads its pack, which was checked to be readable.
func (s *Service) writeBody(tx *db.Tx, own identity.Body, row BodyRow) error {
	in := identity.BodyInput{
		Code: row.Code, Pack: own.Pack, Kind: row.Kind, Name: row.Name, Mark: identity.Initials(row.Name),
		Language: row.Language, Hue: own.Hue, Chroma: own.Chroma,
	}
	var err error
	if row.Known {
		_, err = s.people.CorrectBody(tx.Context, in)
	} else {
		_, err = s.people.RegisterBody(tx.Context, in)
	}
	return err
}

func (s *Service) writePerson(tx *db.Tx, row PersonRow) error {
	if row.Renamed {
		in := identity.UserInput{Email: row.Email, Name: row.Name, Language: row.Language}
		if _, err := s.people.Correct(tx.Context, row.Known.ID, db.AnyVersion, in); err != nil {
			return err
		}
	}
	if row.Holds {
		return nil
	}
	_, err := s.people.Invite(tx.Context, identity.Invitation{
		Email: row.Email, Name: row.Name, Language: row.Language, Role: row.Role, BodyID: row.Body, Unit: row.Unit,
	})
	return err
}
