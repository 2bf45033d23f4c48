// Package formation groups organisations that apply for shared sessions, under
// limits of size, travel and budget, at the least cost, and proves how good its
// answer is.
//
// A body (a municipality, say) applies with a number of professionals. A group
// meets at one of its members' places, holds between a minimum and a maximum
// of professionals, never mixes modalities, and asks nobody to travel further
// than allowed. A body above the maximum is split into balanced groups of its
// own and shares none; other bodies are never split. A body that does not
// consent to share stands alone if it reaches the minimum. The cost of a
// grouping is
//
//	Σ professionals × kilometres to the meeting place + penalty × professionals without a place
//
// and counts everybody without a place, also those whom no grouping could
// serve. Among groupings of equal cost, balanced sizes are preferred.
//
// Solve searches and proves; Evaluate prices a grouping drawn by hand and names
// the limits that it breaks; Explain says what the best alternative to each
// group would cost. README.md tells how it works.
//
// A budget of groups counts every group, the shares of large bodies and locked
// groups included. A large body is served whole or not at all. When the budget
// is short, the cost decides who is served.
package formation
