package ballots

import (
	"errors"

	"bastida/internal/kernel/fault"
	"bastida/internal/kernel/record"
	"bastida/internal/platform/db"
)

// $1 is the tenant in every statement.
//
// Safety: boxes and codes stay out of the audit trail, which would tell who
// answered when.
var (
	boxes = db.TableOf[Box]("ballots_box").Silent()
	codes = db.TableOf[Code]("ballots_code").Silent()
)

// boxOf returns the box of a group in a round, a new one when there is none. The
// one for words has no group.
func boxOf(tx *db.Tx, round, group record.ID) (Box, error) {
	b, err := boxes.First(tx, "WHERE tenant_id = $1 AND round_id = $2 AND group_id = $3", round, group)
	if !errors.Is(err, fault.NotFound) {
		return b, err
	}
	b = Box{RoundID: round, GroupID: group}
	err = boxes.Insert(tx, &b)
	return b, err
}

func boxesOf(tx *db.Tx, round record.ID) (map[record.ID]Box, error) {
	all, err := boxes.Select(tx, "WHERE tenant_id = $1 AND round_id = $2 ORDER BY id", round)
	found := map[record.ID]Box{}
	for _, b := range all {
		found[b.GroupID] = b
	}
	return found, err
}

// waiting are the codes of a round that nobody has used, one for each
// participant.
func waiting(tx *db.Tx, round record.ID) ([]Code, error) {
	return codes.Select(tx, `
		WHERE tenant_id = $1 AND round_id = $2 AND id IN (
			SELECT MIN(id) FROM ballots_code WHERE tenant_id = $1 AND round_id = $2 GROUP BY group_id, participant_id)
		ORDER BY id`, round)
}

// burn deletes every code of the participant who holds one of them.
func burn(tx *db.Tx, c Code) error {
	all, err := codes.Select(tx, "WHERE tenant_id = $1 AND round_id = $2 AND group_id = $3 AND participant_id = $4 ORDER BY id", c.RoundID, c.GroupID, c.ParticipantID)
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := codes.Delete(tx, one.ID); err != nil {
			return err
		}
	}
	return nil
}

// unused deletes what nobody has used when a round closes.
func unused(tx *db.Tx, round record.ID) error {
	all, err := codes.Select(tx, "WHERE tenant_id = $1 AND round_id = $2 ORDER BY id", round)
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := codes.Delete(tx, one.ID); err != nil {
			return err
		}
	}
	return nil
}

// codesOfUser are the codes that an account can still use, one for each group.
func codesOfUser(tx *db.Tx, user record.ID) ([]Code, error) {
	return codes.Select(tx, `
		WHERE tenant_id = $1 AND user_id = $2 AND id IN (
			SELECT MIN(id) FROM ballots_code WHERE tenant_id = $1 AND user_id = $2 GROUP BY round_id, group_id, participant_id)
		ORDER BY id`, user)
}
