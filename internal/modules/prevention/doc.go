// Package prevention keeps the plan of each team: what is done so that work does
// not wear its people out, who sees to it, until when, and what came of it.
//
// A measure says what it answers to, a finding of a measurement or something
// else; it is planned, under way, and in the end done or dropped. Nothing is done
// without evidence, nor dropped without a reason. What is overdue comes first.
//
// The indicators of team care stand beside the plans: what this module knows
// itself, and what higher modules offer, such as hours of supervision.
package prevention
