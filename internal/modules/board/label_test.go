package board

import "testing"

func TestNamesAreWrittenWhereTheyFit(t *testing.T) {
	t.Parallel()
	grounds := []ground{
		{X: 500, Y: 500, Width: 400, Number: 1, Size: 9, Name: "Vila Petita", Sub: "9"},
		{X: 510, Y: 505, Width: 400, Number: 2, Size: 15, Name: "Vila Gran", Sub: "15"},
		{X: 100, Y: 100, Width: 20, Number: 3, Size: 12, Name: "Vila Estreta", Sub: "12"},
		{X: 800, Y: 100, Width: 400, Number: 4, Size: 8, Name: "Vila Sola", Sub: "8"},
	}
	written := labels(grounds, 1000)
	for i, want := range []string{"1", "2", "3", "Vila Sola"} {
		if written[i].Text != want || (written[i].Sub == "") != (len(want) == 1) {
			t.Errorf("group %d is called %q %q, want %q", i+1, written[i].Text, written[i].Sub, want)
		}
	}
	grounds[1].X = 700
	if written = labels(grounds, 1000); written[0].Text != "Vila Petita" || written[1].Text != "Vila Gran" {
		t.Errorf("apart, they are %q and %q", written[0].Text, written[1].Text)
	}
}
