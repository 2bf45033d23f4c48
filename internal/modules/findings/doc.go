// Package findings tells what a measurement of wellbeing found, as far as nobody
// can be worked out from it, and holds the pages where one is prepared, answered
// and read.
//
// What may be told is decided by engine/disclosure when a round is published, of
// every unit at once (teams, areas, bodies, everybody) and in view of all that
// was published before with the same instrument. A release keeps what was told;
// of what was withheld it keeps the reason and no number. Whoever reads it later
// sees a part of the release, never more, and there is nothing else to see:
// wellbeing destroys the answers in the same transaction.
//
// Means come first, and then of fewer units how the answers spread.
package findings
