package commitment

import (
	"testing"

	"bastida/internal/kernel/record"
	"bastida/internal/modules/evaluation"
	"bastida/internal/modules/profiles"
	"bastida/internal/modules/supervision"
)

// promising is a programme that promises a share of ratings of 7 of 10.
func promising(share float64) (p supervision.Programme) {
	threshold, scale := 7.0, 10.0
	p.Profile.V.Figures = []profiles.Figure{
		{Key: profiles.CommitmentThreshold, Value: &threshold}, {Key: profiles.CommitmentScale, Value: &scale}, {Key: profiles.CommitmentShare, Value: &share},
	}
	return p
}

func given(scores ...float64) (all []evaluation.Rating) {
	for _, s := range scores {
		all = append(all, evaluation.Rating{GroupID: "g", Answer: evaluation.Given, Score: s})
	}
	return all
}

func lacking(answers ...evaluation.Answer) (all []evaluation.Rating) {
	for _, a := range answers {
		all = append(all, evaluation.Rating{GroupID: "g", Answer: a, Score: 10})
	}
	return all
}

func repeated(score float64, times int) (scores []float64) {
	for range times {
		scores = append(scores, score)
	}
	return scores
}

func TestTheCommitmentIsArithmetic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		share   float64
		ratings []evaluation.Rating
		want    State
	}{
		{"nothing was asked", 100, nil, Pending},
		{"all reach it exactly", 100, given(7, 7, 7), Kept},
		{"one 6.9 among 100 breaks it", 100, given(append(repeated(10, 99), 6.9)...), Broken},
		{"6.95 is not rounded up", 100, given(10, 6.95), Broken},
		{"6.99 is not rounded up", 100, given(6.99), Broken},
		{"missing is not kept", 100, append(given(9, 9), lacking(evaluation.Missing)...), Pending},
		{"not answered is not kept", 100, append(given(9, 9), lacking(evaluation.NotAnswered)...), Pending},
		{"one below breaks it whatever the missing say", 100, append(given(6), lacking(evaluation.Missing)...), Broken},
		{"90 % with one below of ten", 90, given(append(repeated(8, 9), 5)...), Kept},
		{"90 % with two below of ten", 90, given(append(repeated(8, 8), 5, 5)...), Broken},
		{"90 % with one below and one missing", 90, append(given(append(repeated(8, 8), 5)...), lacking(evaluation.Missing)...), Pending},
	} {
		if got := stand(promising(c.share), c.ratings); got.State != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.State, c.want)
		}
	}
	if got := stand(supervision.Programme{}, given(1)); got.State != Unstated || got.Expected != 0 {
		t.Errorf("a profile without figures promises nothing: %+v", got)
	}
}

// TestNoMixOfRatingsIsKeptWithOneMissingOrBelow goes through every mix of a few
// ratings: what is kept lacks nothing, and the counts add up.
func TestNoMixOfRatingsIsKeptWithOneMissingOrBelow(t *testing.T) {
	t.Parallel()
	kinds := [][]evaluation.Rating{given(6.99), given(7), given(10), lacking(evaluation.Missing), lacking(evaluation.NotAnswered)}
	const most = 4
	mixes := 1
	for range most {
		mixes *= len(kinds)
	}
	for mix := range mixes {
		var all []evaluation.Rating
		good := true
		for rest, n := mix, 0; n < most; rest, n = rest/len(kinds), n+1 {
			kind := rest % len(kinds)
			good = good && (kind == 1 || kind == 2)
			all = append(all, kinds[kind]...)
		}
		s := stand(promising(100), all)
		if (s.State == Kept) != good {
			t.Fatalf("mix %d: %+v", mix, s)
		}
		if s.Expected != s.Given+s.Missing+s.NotAnswered || s.Good()+s.Below != s.Given || len(s.BelowList) != s.Below || len(s.MissingList) != s.Missing+s.NotAnswered {
			t.Fatalf("mix %d does not add up: %+v", mix, s)
		}
	}
}

func TestEachGroupHasItsOwnStanding(t *testing.T) {
	t.Parallel()
	all := append(given(6.9, 8), evaluation.Rating{GroupID: "h", Answer: evaluation.Given, Score: 9})
	s := stand(promising(100), all)
	if len(s.Groups) != 2 || s.Groups[0].State != Broken || s.Groups[1].State != Kept || s.Groups[0].Lowest != 6.9 || s.Groups[0].Mean() != 7.4 {
		t.Errorf("%+v", s.Groups)
	}
}

func TestAKindMayPromiseMore(t *testing.T) {
	t.Parallel()
	p, eight := promising(100), 8.0
	p.Profile.V.Figures = append(p.Profile.V.Figures, profiles.Figure{Key: profiles.CommitmentThreshold, Kind: profiles.Teams, Value: &eight})
	all := given(7.5, 7.5)
	all[1].Kind, all[1].GroupID = profiles.Teams, record.ID("h")
	if s := stand(p, all); s.Below != 1 || s.BelowList[0].Threshold != 8 {
		t.Errorf("%+v", s)
	}
}

func TestMeansAreCutAndNeverRounded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ mean, want float64 }{
		{6.95, 6.9}, {6.999, 6.9}, {7, 7}, {21.0 / 3, 7}, {(6.9 + 7.1) / 2, 7}, {8.2, 8.2}, {0, 0}, {10, 10}, {20.99 / 3, 6.9},
	} {
		if got := evaluation.Tenths(c.mean); got != c.want {
			t.Errorf("%v is shown as %v, want %v", c.mean, got, c.want)
		}
	}
}
