package ui

import (
	"cmp"
	"context"
	"net/url"

	"bastida/internal/platform/i18n"
)

// tabBarPlaces is how many places fit in the bar of a phone besides "more".
const tabBarPlaces = 4

// htmxSettings keep the policy against inline styles, and keep pages of error
// from taking the place of a part of the page.
const htmxSettings = `{"includeIndicatorCSS":false,"noSwap":[204,304,"4xx","5xx"]}`

func pageLanguage(ctx context.Context, f Frame) string {
	return cmp.Or(f.Lang, i18n.Lang(ctx))
}

// pageTitle names the page first: that is what a tab of the browser shows.
func pageTitle(h Head, f Frame) string {
	return cmp.Or(h.Title, "Bastida") + " · " + cmp.Or(f.Tenant.Name, "Bastida")
}

func signInHref(f Frame) string {
	return "/sign-in?back=" + url.QueryEscape(cmp.Or(f.Path, "/"))
}

func searchLabel(ctx context.Context, f Frame) string {
	return cmp.Or(f.Query, i18n.T(ctx, "ui.search.hint"))
}

// tabBarLinks parts the menu in what a phone shows at once and the rest.
func tabBarLinks(menu []Link) (near, far []Link) {
	if len(menu) <= tabBarPlaces+1 {
		return menu, nil
	}
	return menu[:tabBarPlaces], menu[tabBarPlaces:]
}
