package instruments

// Filled is a complete annex, for the tests that stand outside.
var Filled = filled
