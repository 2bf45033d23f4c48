// Package territory knows the places of an organisation: what they are called,
// where they are, who lives there, which days are holidays in them and how far
// apart they lie.
//
// The words:
//
//   - A place is a municipality, a county council, a joint body, a district or
//     a neighbourhood. Its rows belong to the tenant of the organisation: the 311
//     municipalities of a province are 311 rows in the tenant of its Diputació.
//     A place that is also a body of the installation carries the body's id.
//   - An area is how the organisation groups its places: comarca, sub-area. It
//     is a name on the place. Where it is official it cannot be changed; where
//     it was put together from public sources the organisation corrects it.
//   - The seat is the municipality of the organisation's office. A term runs by
//     the calendar of the seat and by that of the body it concerns.
//   - A parameter is a figure with a unit, a source and the days it holds, such
//     as the usual speed on the road. It is never guessed: a figure that nobody
//     gave is a fault.
//   - The drawing is the map of the pack, already projected.
//
// Where places lie, who governs them and which days are holidays are public
// facts: the verbs that other modules use answer everybody. What the
// organisation wrote about them is read and written with a permission.
package territory
