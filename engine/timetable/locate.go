package timetable

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// locator walks through a text beside the type that it should fill, to say
// where a name is unknown or a text has no meaning: the decoder says only that.
type locator struct {
	raw     []byte
	decoder *json.Decoder
}

// mistake finds the first mistake; nil if there is none, or the text is broken.
func (l *locator) mistake(t reflect.Type, path string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	at := l.next()
	token, err := l.decoder.Token()
	if err != nil {
		return nil
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return l.object(t, path)
		}
		return l.list(t, path)
	case string:
		if text, ok := reflect.New(t).Interface().(encoding.TextUnmarshaler); ok {
			if err := text.UnmarshalText([]byte(token)); err != nil {
				return placed(l.raw, at, path, err.Error())
			}
		}
	}
	return nil
}

// next is where the next token begins.
func (l *locator) next() int64 {
	at := l.decoder.InputOffset()
	for at < int64(len(l.raw)) && strings.ContainsRune(" \t\r\n,:", rune(l.raw[at])) {
		at++
	}
	return at
}

func (l *locator) object(t reflect.Type, path string) error {
	for l.decoder.More() {
		at := l.next()
		token, err := l.decoder.Token()
		if err != nil {
			return nil
		}
		name, _ := token.(string)
		field, known := fieldOf(t, name)
		if !known {
			return placed(l.raw, at, path, fmt.Sprintf("there is no field %q here", name))
		}
		inner := name
		if path != "" {
			inner = path + "." + name
		}
		if err := l.mistake(field, inner); err != nil {
			return err
		}
	}
	_, _ = l.decoder.Token()
	return nil
}

func (l *locator) list(t reflect.Type, path string) error {
	if t.Kind() != reflect.Slice {
		return nil
	}
	for k := 0; l.decoder.More(); k++ {
		if err := l.mistake(t.Elem(), fmt.Sprintf("%s[%d]", path, k)); err != nil {
			return err
		}
	}
	_, _ = l.decoder.Token()
	return nil
}

// fieldOf is the type of the field of a name.
func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	if t.Kind() != reflect.Struct {
		return nil, false
	}
	for f := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(f).Tag.Get("json"), ",")
		if strings.EqualFold(tag, name) {
			return t.Field(f).Type, true
		}
	}
	return nil, false
}
