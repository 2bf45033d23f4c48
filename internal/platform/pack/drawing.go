package pack

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Project places a point of the Earth on the drawing.
func (o Outlines) Project(lat, lon float64) (x, y float64) {
	at := o.Projection
	return (lon - at.Lon0) * at.KX * at.Scale, (at.Lat0 - lat) * at.Scale
}

// Shape returns the outline of a place, and whether it has one.
func (o Outlines) Shape(code string) (Shape, bool) {
	i, found := slices.BinarySearchFunc(o.Shapes, code, func(s Shape, code string) int { return cmp.Compare(s.Code, code) })
	if !found {
		return Shape{}, false
	}
	return o.Shapes[i], true
}

// Centre returns where the label of a group of places goes: inside the shape
// that is nearest to the middle of them all.
func (o Outlines) Centre(codes []string) (x, y float64, found bool) {
	shapes := o.of(codes)
	if len(shapes) == 0 {
		return 0, 0, false
	}
	for _, s := range shapes {
		x, y = x+s.CX/float64(len(shapes)), y+s.CY/float64(len(shapes))
	}
	nearest := slices.MinFunc(shapes, func(a, b Shape) int {
		return cmp.Compare(math.Hypot(a.CX-x, a.CY-y), math.Hypot(b.CX-x, b.CY-y))
	})
	return nearest.CX, nearest.CY, true
}

func (o Outlines) of(codes []string) (shapes []Shape) {
	for _, code := range codes {
		if s, ok := o.Shape(code); ok {
			shapes = append(shapes, s)
		}
	}
	return shapes
}

// point is a corner of an outline, as written in its path: neighbours write
// the corners they share alike.
type point struct{ x, y string }

// Border returns the path around a group of places, without the borders
// between them: the sides that only one of the shapes has.
func (o Outlines) Border(codes []string) string {
	type side struct{ from, to point }
	times := map[side]int{}
	var order []side
	for _, s := range o.of(codes) {
		for _, ring := range rings(s.D) {
			for i, from := range ring {
				to := ring[(i+1)%len(ring)]
				if times[side{from, to}]+times[side{to, from}] == 0 {
					order = append(order, side{from, to})
				}
				times[side{from, to}]++
			}
		}
	}
	var path strings.Builder
	var last point
	for _, s := range order {
		if times[s]+times[side{s.to, s.from}] > 1 || s.from == s.to {
			continue
		}
		if s.from != last {
			path.WriteString("M" + s.from.x + " " + s.from.y)
		}
		path.WriteString("L" + s.to.x + " " + s.to.y)
		last = s.to
	}
	return path.String()
}

// rings reads the closed lines of a path made of M, L and Z.
func rings(d string) (found [][]point) {
	for part := range strings.SplitSeq(d, "M") {
		var ring []point
		for corner := range strings.SplitSeq(strings.TrimSuffix(part, "Z"), "L") {
			if x, y, ok := strings.Cut(corner, " "); ok {
				ring = append(ring, point{x, y})
			}
		}
		if len(ring) > 0 {
			found = append(found, ring)
		}
	}
	return found
}

// Frame returns the part of the drawing that shows a group of places, with a
// margin around; without places it is the whole.
func (o Outlines) Frame(codes []string) (left, top, width, height float64) {
	shapes := o.of(codes)
	if len(shapes) == 0 {
		return 0, 0, o.Width, o.Height
	}
	left, top = o.Width, o.Height
	var right, bottom float64
	for _, s := range shapes {
		for _, ring := range rings(s.D) {
			for _, p := range ring {
				x, _ := strconv.ParseFloat(p.x, 64)
				y, _ := strconv.ParseFloat(p.y, 64)
				left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
			}
		}
	}
	margin := 0.04 * max(right-left, bottom-top)
	return left - margin, top - margin, right - left + 2*margin, bottom - top + 2*margin
}
