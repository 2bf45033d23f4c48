package timetable

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
)

// ReadSeason reads a season from JSON, strictly: an unknown field, a text that
// is no date, or a code that nothing has is an *InputError that says where.
func ReadSeason(r io.Reader) (Season, error) {
	var s Season
	if err := readStrictly(r, &s); err != nil {
		return Season{}, err
	}
	if err := s.Validate(); err != nil {
		return Season{}, err
	}
	return s, nil
}

// ReadPlan reads a plan as Solve's result is written. It may be given to Check
// and Replan with the season that it is for.
func ReadPlan(r io.Reader) (Plan, error) {
	var p Plan
	err := readStrictly(r, &p)
	return p, err
}

func readStrictly(r io.Reader, into any) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	err = decoder.Decode(into)
	if err == nil {
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return placed(raw, decoder.InputOffset(), "", "something follows the end")
		}
		return nil
	}
	var broken *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &broken):
		return placed(raw, broken.Offset, "", broken.Error())
	case errors.As(err, &typed):
		return placed(raw, typed.Offset, typed.Field, fmt.Sprintf("a %s is wanted, not a %s", typed.Type, typed.Value))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return placed(raw, int64(len(raw)), "", "the text ends too early")
	}
	l := &locator{raw: raw, decoder: json.NewDecoder(bytes.NewReader(raw))}
	if found := l.mistake(reflect.TypeOf(into), ""); found != nil {
		return found
	}
	return placed(raw, decoder.InputOffset(), "", strings.TrimPrefix(err.Error(), "json: "))
}

// placed says in which line and column a byte stands.
func placed(raw []byte, offset int64, path, message string) error {
	before := raw[:min(max(0, int(offset)), len(raw))]
	return &InputError{
		Line: 1 + bytes.Count(before, []byte("\n")), Column: len(before) - bytes.LastIndexByte(before, '\n'),
		Path: path, Message: message,
	}
}
