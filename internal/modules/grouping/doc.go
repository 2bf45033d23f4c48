// Package grouping forms the groups of a call: which of the bodies that
// applied share sessions, and where each group meets. It has no pages: package
// board shows and offers what is here.
//
// The words:
//
//   - A run is one search for groups, with its parameters and its applicants
//     as they were then. What a run was asked is never changed, so that anybody
//     can repeat it: the same seed and number of rounds give the same groups.
//   - A group is some applicants who meet at the place of one of them. A body
//     with more professionals than a group may hold is alone in its group,
//     which then stands for as many groups as it is split into.
//   - The cost is what package formation says: the kilometres to the meeting
//     place of all professionals together, and a penalty for each of them
//     without a place. The bound is what no grouping can cost less than.
//   - A move is a change made by hand. It may break a limit: the board says
//     which, and a run that breaks one is not accepted.
//   - A run is re-run by locking the groups that are right and searching for
//     the rest again, which makes a new run with the first as its base.
//
// The life of a run is queued, running, then done; cancelled keeps the best
// groups found so far. One run of a call is accepted at a time. Accepting it
// proposes an outcome for every application of the call and freezes the run;
// accepting another one takes its place, until the call is resolved.
//
// Officers see nothing of this but the group of their own body, and only once
// the call is resolved.
package grouping
