package board

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"bastida/internal/modules/grouping"
	"bastida/internal/modules/territory"
)

// ground is where a group lies on the map, and what could be written there.
type ground struct {
	X, Y, Width  float64
	Number, Size int
	Name, Sub    string
}

// letterWidth is the mean width of a letter as a share of its height.
const letterWidth = 0.6

// labels writes the name of each group on its ground where it fits without
// touching what is written on another, its number elsewhere. The groups with
// most professionals choose first. side is the longer side of the map.
func labels(grounds []ground, side float64) []territory.MapLabel {
	height := side * territory.MapLetters
	boxes, written := make([]box, len(grounds)), make([]territory.MapLabel, len(grounds))
	order := make([]int, len(grounds))
	for i, g := range grounds {
		order[i] = i
		written[i] = territory.MapLabel{X: g.X, Y: g.Y, Text: strconv.Itoa(g.Number)}
		boxes[i] = boxOf(g, written[i].Text, height, 1)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(grounds[j].Size, grounds[i].Size) })
	for _, i := range order {
		g := grounds[i]
		wanted := boxOf(g, g.Name, height, 2)
		if wanted.right-wanted.left > g.Width {
			continue
		}
		taken := func(other box) bool { return other != boxes[i] && other.meets(wanted) }
		if !slices.ContainsFunc(boxes, taken) {
			boxes[i] = wanted
			written[i].Text, written[i].Sub = g.Name, g.Sub
		}
	}
	return written
}

// box is the room that a label takes.
type box struct{ left, top, right, bottom float64 }

func boxOf(g ground, text string, height float64, lines int) box {
	half := float64(utf8.RuneCountInString(text)) * height * letterWidth / 2
	return box{g.X - half, g.Y - height, g.X + half, g.Y + float64(lines-1)*1.2*height}
}

func (b box) meets(other box) bool {
	return b.left < other.right && other.left < b.right && b.top < other.bottom && other.top < b.bottom
}

// shortName is what a group is called on the map: by hand, after its area, or
// just the place where it meets.
func shortName(t grouping.Team) string {
	if len(t.Places) == 1 {
		return cmp.Or(t.Name, t.Host.Name)
	}
	return cmp.Or(t.Name, t.Area, t.Host.Name)
}
