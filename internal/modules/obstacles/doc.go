// Package obstacles is the backlog of what stands in the way of the work, as the
// supervision groups tell it to the service: a form, a rule, a wait.
//
// An obstacle is written in the confidential record of a group (reflection) and
// stays there. A copy of it, typed anew and confirmed to name nobody, comes here
// and is read by those who manage programmes. Nothing says which group, session
// or person it came from: not the row, whose identifier is random and whose only
// instant is the month, and not the audit trail, which is not told.
package obstacles
