// Command checkcertificate checks the proof of a lower bound that form-groups
// writes with --certificate, from nothing but the applications:
//
//	checkcertificate applications.csv certificate.json
//
// It shares no code with the program that found the bound. It prints the bound
// that it could confirm, and ends with status 1 if that falls short of the one
// claimed.
package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: checkcertificate APPLICATIONS.csv CERTIFICATE.json")
		os.Exit(2)
	}
	claimed, confirmed, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "checkcertificate:", err)
		os.Exit(1)
	}
	fmt.Printf("claimed %.6f, confirmed %.6f\n", claimed, confirmed)
	if !(confirmed >= claimed-1e-7*max(1, math.Abs(claimed))) {
		fmt.Fprintln(os.Stderr, "checkcertificate: the certificate does not prove its bound")
		os.Exit(1)
	}
}

// certificate is the file's content, see formation.Certificate.
type certificate struct {
	Minimum    int     `json:"minimum"`
	Maximum    int     `json:"maximum"`
	MaxKM      float64 `json:"max_km"`
	Detour     float64 `json:"detour"`
	Penalty    float64 `json:"unserved_penalty"`
	Groups     *int    `json:"groups"`
	LowerBound float64 `json:"lower_bound"`

	GroupPrice float64            `json:"group_price"`
	Prices     map[string]float64 `json:"prices"`
	Locked     []struct {
		Meeting string   `json:"meeting"`
		Members []string `json:"members"`
	} `json:"locked"`
	Proven []provenPart `json:"proven"`
}

type body struct {
	code, modality string
	lat, lon       float64
	size           int
	consent        bool
}

func check(applications, proof string) (claimed, confirmed float64, err error) {
	bodies, err := readBodies(applications)
	if err != nil {
		return 0, 0, err
	}
	text, err := os.ReadFile(proof)
	if err != nil {
		return 0, 0, err
	}
	var c certificate
	if err := json.Unmarshal(text, &c); err != nil {
		return 0, 0, fmt.Errorf("%s: %w", proof, err)
	}
	if !(c.GroupPrice >= 0) {
		return 0, 0, errors.New("the price of a group is below zero")
	}
	confirmed, err = newVerifier(&c, bodies).bound()
	return c.LowerBound, confirmed, err
}

func readBodies(path string) ([]body, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	column := map[string]int{}
	for k, name := range lines[0] {
		column[strings.TrimPrefix(strings.TrimSpace(name), "\ufeff")] = k
	}
	var bodies []body
	for _, line := range lines[1:] {
		field := func(name string) string { return strings.TrimSpace(line[column[name]]) }
		lat, errLat := strconv.ParseFloat(field("lat"), 64)
		lon, errLon := strconv.ParseFloat(field("lon"), 64)
		size, errSize := strconv.Atoi(field("professionals"))
		if err := errors.Join(errLat, errLon, errSize); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		bodies = append(bodies, body{
			field("code"), field("modality"), lat, lon, size, strings.EqualFold(field("consent"), "true"),
		})
	}
	return bodies, nil
}

// kilometres is the haversine distance on a sphere of 6371.0088 km, times the
// detour.
func (c *certificate) kilometres(a, b *body) float64 {
	const rad = math.Pi / 180
	u := math.Sin((b.lat - a.lat) * rad / 2)
	v := math.Sin((b.lon - a.lon) * rad / 2)
	h := u*u + math.Cos(a.lat*rad)*math.Cos(b.lat*rad)*v*v
	return 2 * 6371.0088 * math.Asin(math.Sqrt(min(1, h))) * c.Detour
}
