package disclosure

import "math"

// Display is a figure as it is shown: rounded, halves away from zero. Rounding is for the
// reader's ease and protects nobody; decisions are about exact values.
type Display struct {
	Decimals int
}

// Mean is a sum shared among answers; it reports false if there are none.
func (d Display) Mean(sum float64, answers int) (float64, bool) {
	if answers < 1 {
		return 0, false
	}
	return d.round(sum / float64(answers)), true
}

// Share is a part in hundredths of the whole; it reports false if the whole is nothing.
func (d Display) Share(part, whole int) (float64, bool) {
	return d.Mean(100*float64(part), whole)
}

func (d Display) round(value float64) float64 {
	scale := math.Pow10(d.Decimals)
	return math.Round(value*scale) / scale
}
