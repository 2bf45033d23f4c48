// Package pack reads the regional packs: the data of one real organisation and
// its territory, as packs/README.md describes them file by file.
//
//	set, err := pack.Load(packs.FS)
//	diba, err := set.Pack("diba")
//	for _, b := range diba.Bodies() { … }
//	term, err := diba.Parameter("call.resolution_months", today)
//
// It knows the shapes of the data and nothing of what they are for. Reading is
// strict: a column too many, a field that is no number or a name that JSON does
// not expect stops it, with the file, the line and the column. What every start
// of the program needs is read at once; maps, holidays and the data of the
// demonstration are read when somebody asks.
//
// A parameter that no pack gives is a fault. There are no defaults: a default
// would look like a rule.
package pack
