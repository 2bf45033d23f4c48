package wellbeing_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bastida/internal/modules/wellbeing"
	"bastida/packs"
)

func instrument(t *testing.T, key string) wellbeing.Instrument {
	t.Helper()
	all, err := wellbeing.ReadInstruments(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(in wellbeing.Instrument) bool { return in.Key() == key })
	if i < 0 {
		t.Fatalf("there is no %s", key)
	}
	return all[i]
}

func TestScalesAreMeansWithTheirReversedItems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		instrument string
		change     func(wellbeing.Ballot)
		least      int
		wanted     map[string]float64 // scales that do not count are left out
	}{
		"CBI, always the worst: the 13th item counts reversed": {
			"cbi-1", func(b wellbeing.Ballot) { fill(b, 4) }, 1, map[string]float64{"personal": 100, "work": 600.0 / 7, "client": 100},
		},
		"CBI, energy for the family": {
			"cbi-1", func(b wellbeing.Ballot) { fill(b, 0); b[12] = 4 }, 1, map[string]float64{"personal": 0, "work": 0, "client": 0},
		},
		"CBI, three personal items of four needed": {
			"cbi-1", func(b wellbeing.Ballot) { b[0], b[1], b[2] = 1, 2, 3 }, 4, map[string]float64{},
		},
		"CBI, three personal items of three needed": {
			"cbi-1", func(b wellbeing.Ballot) { b[0], b[1], b[2] = 1, 2, 3 }, 3, map[string]float64{"personal": 50},
		},
		"OLBI, always the last answer: half of the items are reversed": {
			"olbi-1", func(b wellbeing.Ballot) { fill(b, 3) }, 8, map[string]float64{"exhaustion": 2.5, "disengagement": 2.5},
		},
		"OLBI, the most worn out": {
			"olbi-1", func(b wellbeing.Ballot) {
				fill(b, 3)
				for _, i := range []int{2, 3, 4, 6, 8, 9, 11, 12} {
					b[i-1] = 0
				}
			}, 8, map[string]float64{"exhaustion": 4, "disengagement": 4},
		},
		"ours": {
			"climate-1", func(b wellbeing.Ballot) { fill(b, 4); b[0] = 1 }, 2, map[string]float64{"load": 3.5, "support": 5, "meaning": 5, "safety": 5},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := instrument(t, c.instrument)
			b := make(wellbeing.Ballot, in.Size())
			fill(b, wellbeing.Unanswered)
			c.change(b)
			got := map[string]float64{}
			for _, s := range in.Scales {
				if mean, counts := in.Score(s, c.least, b); counts {
					got[s.Code] = mean
				}
			}
			if !maps.Equal(got, c.wanted) {
				t.Errorf("%v, not %v", got, c.wanted)
			}
		})
	}
}

func fill(b wellbeing.Ballot, answer int) {
	for i := range b {
		b[i] = answer
	}
}

func TestWordingThatIsNotOursIsNotShipped(t *testing.T) {
	t.Parallel()
	for key, ready := range map[string]bool{"cbi-1": false, "olbi-1": false, "climate-1": true} {
		in := instrument(t, key)
		sheet, err := wellbeing.Ready(in, wellbeing.Adoption{})
		if (err == nil) != ready || in.Verify == ready || (in.Licence.Status == "own") != ready {
			t.Errorf("%s: %v, %+v", key, err, in.Licence)
		}
		if ready && !slices.Equal(sheet.Languages(), []string{"ca", "en", "es", "it"}) {
			t.Errorf("%s is worded in %v", key, sheet.Languages())
		}
	}
}

func TestAnInstrumentThatCannotBeScoredIsRefused(t *testing.T) {
	t.Parallel()
	right := `{"code":"x","edition":"1","licence":{"source":"s"},"values":[0,1],"scales":[{"code":"a","items":[1,2]}]}`
	for _, c := range []struct{ from, to string }{
		{`[1,2]`, `[1,1]`}, {`[1,2]`, `[1,3]`}, {`[0,1]`, `[1,0]`}, {`"source":"s"`, `"source":""`}, {`"edition"`, `"revision"`},
	} {
		files := fstest.MapFS{"shared/wellbeing/x.json": {Data: []byte(strings.Replace(right, c.from, c.to, 1))}}
		if _, err := wellbeing.ReadInstruments(files); err == nil {
			t.Errorf("%s for %s is taken", c.to, c.from)
		}
	}
	if _, err := wellbeing.ReadInstruments(fstest.MapFS{"shared/wellbeing/x.json": {Data: []byte(right)}}); err != nil {
		t.Error(err)
	}
}
