package testkit

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Visitor is a person at a browser without scripts.
type Visitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

// Visit starts a server with the handler and returns somebody looking at it.
func Visit(t *testing.T, h http.Handler) *Visitor {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return At(t, server.URL)
}

// At returns somebody looking at a running server.
func At(t *testing.T, base string) *Visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Visitor{t: t, base: base, client: &http.Client{Jar: jar}}
}

// Page is what came back.
type Page struct {
	Status int
	Path   string // where redirects led
	Body   string
	Header http.Header
	*goquery.Document
}

// Get opens a page.
func (v *Visitor) Get(path string) Page {
	v.t.Helper()
	return v.do(http.MethodGet, path, "", nil)
}

// Post sends a form.
func (v *Visitor) Post(path string, values url.Values) Page {
	v.t.Helper()
	return v.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
}

// JSON sends JSON with a token; an empty body sends none.
func (v *Visitor) JSON(method, path, token, body string) Page {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	request.Header.Set("Content-Type", "application/json")
	return v.send(request)
}

func (v *Visitor) do(method, path, kind string, body io.Reader) Page {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, body)
	if err != nil {
		v.t.Fatal(err)
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	return v.send(request)
}

func (v *Visitor) send(request *http.Request) Page {
	v.t.Helper()
	response, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer response.Body.Close() // read to its end below
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(strings.NewReader(string(raw)))
	if err != nil {
		v.t.Fatal(err)
	}
	return Page{response.StatusCode, response.Request.URL.RequestURI(), string(raw), response.Header, document}
}

// Submit fills in the form that holds the named button or action and sends it:
// every value that the page gives is sent, as a browser would, with the given
// ones on top.
func (v *Visitor) Submit(p Page, selector string, values url.Values) Page {
	v.t.Helper()
	form := p.Find(selector)
	if form.Length() != 1 {
		v.t.Fatalf("%s: %d forms match %q", p.Path, form.Length(), selector)
	}
	sent := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) {
		fill(sent, field)
	})
	for name, value := range values {
		sent[name] = value
	}
	action := form.AttrOr("action", p.Path)
	if strings.EqualFold(form.AttrOr("method", "get"), "get") {
		return v.Get(action + "?" + sent.Encode())
	}
	return v.Post(action, sent)
}

func fill(sent url.Values, field *goquery.Selection) {
	name, named := field.Attr("name")
	if !named {
		return
	}
	_, checked := field.Attr("checked")
	switch kind := field.AttrOr("type", ""); {
	case kind == "checkbox" || kind == "radio":
		if checked {
			sent.Add(name, field.AttrOr("value", "on"))
		}
	case kind == "submit" || kind == "file":
	case goquery.NodeName(field) == "select":
		if chosen := field.Find("option[selected]"); chosen.Length() > 0 {
			sent.Add(name, chosen.AttrOr("value", chosen.Text()))
		}
	case goquery.NodeName(field) == "textarea":
		sent.Add(name, field.Text())
	default:
		sent.Add(name, field.AttrOr("value", ""))
	}
}
