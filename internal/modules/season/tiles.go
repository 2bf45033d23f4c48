package season

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"bastida/internal/modules/territory"
)

// Tile is a place on a cartogram: a square in a column and a row.
type Tile struct {
	Place       territory.Place
	Column, Row int
}

type cell struct{ column, row int }

// Cartogram lays places out as tiles, each as near as can be to where it lies.
// The same places always make the same cartogram.
func Cartogram(places []territory.Place) []Tile {
	if len(places) == 0 {
		return nil
	}
	at := grid(places)
	order := make([]int, len(places))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(at[i].row, at[j].row), cmp.Compare(at[i].column, at[j].column), cmp.Compare(places[i].Code, places[j].Code))
	})
	taken, tiles := map[cell]bool{}, make([]Tile, 0, len(places))
	for _, i := range order {
		c := vacant(at[i], taken)
		taken[c] = true
		tiles = append(tiles, Tile{places[i], c.column, c.row})
	}
	return tiles
}

// grid gives each place the cell where it lies, on a square of about as many
// cells as there are places.
func grid(places []territory.Place) []cell {
	west, south, east, north := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range places {
		west, east = min(west, p.Lon), max(east, p.Lon)
		south, north = min(south, p.Lat), max(north, p.Lat)
	}
	side := math.Ceil(math.Sqrt(float64(len(places)))) - 1
	scaled := func(v, from, to float64) int {
		if to <= from {
			return 0
		}
		return int(math.Round((v - from) / (to - from) * side))
	}
	at := make([]cell, len(places))
	for i, p := range places {
		at[i] = cell{scaled(p.Lon, west, east), scaled(north-p.Lat, 0, north-south)}
	}
	return at
}

// vacant is the free cell nearest to a wanted one.
func vacant(wanted cell, taken map[cell]bool) cell {
	for far := 0; ; far++ {
		best, found := cell{}, false
		for row := max(0, wanted.row-far); row <= wanted.row+far; row++ {
			for column := max(0, wanted.column-far); column <= wanted.column+far; column++ {
				c := cell{column, row}
				if !taken[c] && (!found || distance(c, wanted) < distance(best, wanted)) {
					best, found = c, true
				}
			}
		}
		if found {
			return best
		}
	}
}

func distance(a, b cell) int {
	return (a.column-b.column)*(a.column-b.column) + (a.row-b.row)*(a.row-b.row)
}

// tileName is as much of a name as fits on a tile.
func tileName(name string) string {
	const most = 3
	short := []rune(strings.TrimSpace(name))
	return string(short[:min(most, len(short))])
}
