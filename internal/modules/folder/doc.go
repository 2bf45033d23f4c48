// Package folder is where a visitor of the catalogue gathers resources, to
// print them or to download them.
//
// A stranger's folder lasts as long as the session; that of a person who is
// signed in is kept, and takes in what was gathered before signing in. Nobody
// else sees either. A resource that the public no longer sees is in no folder.
//
// Its buttons stand on the public pages, which offer them a place with
// catalogue.OfferTools and know nothing else of it.
package folder
