// Package ui draws the pages: the frame around them, the parts they are made
// of, the forms and the lists. Modules write what a page says; this package
// knows how it looks.
//
//	templ CoursePage(c Course, edit ui.Action) {
//		@ui.Page(ui.Head{Title: c.Title, Actions: ui.ActionButton(edit)}) {
//			@ui.Split() {
//				@ui.Card(i18n.T(ctx, "training.course.facts"), nil) {
//					@ui.Facts(c.facts())
//				}
//				@ui.TableView(c.people())
//			}
//		}
//	}
//
// The rules, each with its test:
//
//   - Colours, sizes and distances are tokens, in static/tokens.css.
//   - A body chooses one hue and one chroma, and nothing else. Lightness is
//     fixed, so that every body can be read in the light and in the dark.
//   - Colour never speaks alone: a tone comes with an icon or a word.
//   - Everything works without scripts. They save steps, they add no ability.
//   - The content security policy is strict: no style attribute, no inline
//     script, nothing evaluated. Bars and drawings are SVG.
//   - A class exists because a component uses it. What a page cannot say with
//     the components is a new component, not a new class.
//
// Gallery draws every component in every state. The vendored files are listed
// in third_party/README.md.
package ui
