package disclosure

// PrimaryOnly decides without complementary suppression, so that tests can see their attacker
// succeed.
func PrimaryOnly(policy Policy, table Table, published []Publication) (Decision, error) {
	p, err := newProtector(policy, table, published)
	if err != nil {
		return Decision{}, err
	}
	p.onlyPrimary = true
	if err := p.decide(published); err != nil {
		return Decision{}, err
	}
	return p.decision(), nil
}
