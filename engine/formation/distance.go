package formation

import "math"

// EarthRadiusKM is the mean radius of the Earth (IUGG), the one that every
// distance of this package uses, so that an outsider can recompute a cost.
const EarthRadiusKM = 6371.0088

// DefaultDetour is the usual ratio between a journey by road and the straight
// line.
const DefaultDetour = 1.3

// Kilometres estimates the journey between two points, in degrees, as the
// great-circle distance (haversine) times detour.
func Kilometres(lat1, lon1, lat2, lon2, detour float64) float64 {
	const radians = math.Pi / 180
	sinLat := math.Sin((lat2 - lat1) * radians / 2)
	sinLon := math.Sin((lon2 - lon1) * radians / 2)
	h := sinLat*sinLat + math.Cos(lat1*radians)*math.Cos(lat2*radians)*sinLon*sinLon
	return 2 * EarthRadiusKM * math.Asin(math.Sqrt(min(1, h))) * detour
}
