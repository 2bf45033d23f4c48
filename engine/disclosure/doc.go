// Package disclosure decides which figures of a table may be published.
package disclosure
