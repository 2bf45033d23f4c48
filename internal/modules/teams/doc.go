// Package teams knows which teams work where, and how many people they are.
//
// A team belongs to a body, and within it perhaps to an area. It keeps no names:
// only as many opaque keys as it has people, so that two measurements of how a
// team is can tell how many came and went in between. The keys are of nobody in
// particular.
package teams
