// Package catalogue keeps the resources that bodies offer to others, and shows
// the published ones to everybody.
//
// A resource is a sheet: what is offered, by which unit, to whom, on which
// conditions, under which law. Its texts are in up to four languages, and most
// of its fields may be empty. The JSON of a sheet is a published format,
// described in packs/README.md: Decode reads it, and the API gives it back.
//
// A resource belongs to the tenant that publishes it. It has one working
// sheet, which technicians edit, and versions, which never change:
//
//	draft ──publish──▶ published ──withdraw──▶ withdrawn
//	                     │  ▲ └─renew─▶ itself     │
//	                     │  └──────republish───────┘
//
// Publishing makes a version of the working sheet. The public sees that version
// until the next one, whatever is being written meanwhile: every list, page,
// file and search of the public reads versions, and nothing else.
//
// This module holds the rules, the verbs and the public pages. The pages on
// which the staff write are in publishing, and the folder in which a visitor
// gathers resources is in folder.
//
// Other modules read a resource with Resource, ByCode and PublishedByID, and
// say beside it what they know of it, such as the deadline of an open call,
// with ShowBeside. OfferTools gives the public pages their buttons, SheetView
// draws a sheet on a page of another module.
package catalogue
