package pack_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/fault"
	"bastida/internal/platform/pack"
	"bastida/packs"
)

func load(t *testing.T) *pack.Set {
	t.Helper()
	set, err := pack.Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func get(t *testing.T, code string) *pack.Pack {
	t.Helper()
	p, err := load(t).Pack(code)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryPackHasItsMembers(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]struct{ municipalities, bodies, districts, shapes int }{
		"diba":      {311, 324, 0, 309},
		"imas":      {53, 53, 0, 53},
		"treviso":   {37, 37, 0, 37},
		"mugello":   {8, 8, 0, 8},
		"barcelona": {0, 1, 83, 83},
	} {
		p := get(t, code)
		municipalities := 0
		for _, b := range p.Bodies() {
			if b.Kind == "municipality" {
				municipalities++
			}
		}
		if municipalities != want.municipalities || len(p.Bodies()) != want.bodies || len(p.Districts()) != want.districts {
			t.Errorf("%s: %d municipalities, %d bodies, %d districts; want %+v", code, municipalities, len(p.Bodies()), len(p.Districts()), want)
		}
		o, err := p.Outlines()
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Shapes) != want.shapes {
			t.Errorf("%s: %d shapes, want %d", code, len(o.Shapes), want.shapes)
		}
	}
	if n := len(load(t).Packs); n != 5 {
		t.Errorf("%d packs", n)
	}
}

func TestBarcelonaHasDistrictsNeighbourhoodsAndCentres(t *testing.T) {
	t.Parallel()
	p := get(t, "barcelona")
	kinds := map[string]int{}
	for _, d := range p.Districts() {
		kinds[d.Kind]++
	}
	if kinds["district"] != 10 || kinds["barri"] != 73 || len(p.Centres()) != 35 {
		t.Errorf("%v, %d centres", kinds, len(p.Centres()))
	}
}

func TestEveryParameterSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	for _, p := range load(t).Packs {
		for _, f := range p.Parameters {
			if f.Source == "" || f.Status == "" || f.ValidFrom.IsZero() {
				t.Errorf("%s: %+v", p.Code, f)
			}
		}
		if _, err := p.Parameter("calendar.local_days", civil.MustParse("2020-01-20")); err != nil {
			t.Errorf("%s: %v", p.Code, err)
		}
	}
}

func TestAParameterIsDatedAndNeverGuessed(t *testing.T) {
	t.Parallel()
	p := get(t, "diba")
	months, err := p.Parameter("call.resolution_months", civil.MustParse("2020-01-20"))
	if err != nil || months.Value != 5 || months.Unit != "months" {
		t.Errorf("%+v, %v", months, err)
	}
	for _, ask := range []struct{ key, on string }{{"call.resolution_months", "2019-12-31"}, {"call.colour", "2020-01-20"}} {
		if _, err := p.Parameter(ask.key, civil.MustParse(ask.on)); !errors.Is(err, fault.NotFound) {
			t.Errorf("%v: %v", ask, err)
		}
	}
}

func TestTheCalendarHoldsTheDaysOfThePlace(t *testing.T) {
	t.Parallel()
	p := get(t, "diba")
	days, err := p.Holidays()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, d := range days {
		if d.Date.Year == 2020 {
			count[d.Scope+" "+d.Place]++
		}
		if d.Place == "ES-IB" || d.Place == "IT" {
			t.Errorf("a day of another place: %+v", d)
		}
	}
	if count["national ES"] == 0 || count["regional ES-CT"] == 0 || count["local 08019"] != 2 {
		t.Errorf("%v", count)
	}
	invented, err := p.DemoHolidays()
	if err != nil || len(invented) != 618 {
		t.Errorf("%d invented days, %v", len(invented), err)
	}
	for _, d := range invented {
		if d.Status != "invented" {
			t.Fatalf("not marked as invented: %+v", d)
		}
	}
	if s := p.Suspensions(); len(s) != 1 || s[0].To != civil.MustParse("2020-05-31") {
		t.Errorf("%+v", s)
	}
	if s := get(t, "treviso").Suspensions(); len(s) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestFilesOfOtherModulesComeRaw(t *testing.T) {
	t.Parallel()
	p := get(t, "diba")
	for folder, want := range map[string]int{"resources": 2, "calls": 2, "instruments": 1, "nothing": 0} {
		found, err := p.Files(folder)
		if err != nil || len(found) != want {
			t.Errorf("%s: %d, %v", folder, len(found), err)
		}
	}
}

func TestTheDemonstrationHasPeopleAndApplications(t *testing.T) {
	t.Parallel()
	people, err := load(t).DemoPeople()
	if err != nil || len(people) == 0 {
		t.Fatalf("%d, %v", len(people), err)
	}
	applications, err := get(t, "diba").DemoApplications()
	if err != nil {
		t.Fatal(err)
	}
	if len(applications) != 158 {
		t.Errorf("%d applications", len(applications))
	}
	first := applications[0]
	if want := time.Date(2020, 1, 14, 13, 37, 57, 0, time.UTC); !first.FiledAt.Equal(want) {
		t.Errorf("filed at %s, want %s", first.FiledAt, want)
	}
	if len(first.Days) != 3 || !first.Consent || len(first.JointWith) != 0 {
		t.Errorf("%+v", first)
	}
}

func TestABadRowIsNamedWithItsPlace(t *testing.T) {
	t.Parallel()
	header := "code,kind,name,area,population,population_year,lat,lon,language,hue,chroma,mark,status\n"
	for row, want := range map[string]string{
		"1,municipality,A,,x,2025,41,2,ca,1,0.1,AA,official\n":  "p/bodies.csv: line 2, column 19 (population)",
		"1,municipality,A,,9,2025,141,2,ca,1,0.1,AA,official\n": "p/bodies.csv: line 2, column 26 (lat)",
		"1,municipality,A,,9,2025,41,2,ca,1,0.1,AA,sure\n":      "(status)",
		"1,municipality,A\n": "p/bodies.csv: record on line 2: wrong number of fields",
		"1,m,A,,9,2025,41,2,ca,1,0.1,AA,official\n1,m,A,,9,2025,41,2,ca,1,0.1,AA,official\n": "1 stands twice",
	} {
		_, err := pack.Load(broken("bodies.csv", header+row))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", row, err, want)
		}
	}
	_, err := pack.Load(broken("pack.json", "{\n\"code\": \"p\",\n\"colour\": 1}"))
	if err == nil || !strings.Contains(err.Error(), `p/pack.json: line 3: json: unknown field "colour"`) {
		t.Errorf("%v", err)
	}
}

// broken is a whole pack with one file replaced.
func broken(name, content string) fstest.MapFS {
	files := fstest.MapFS{
		"shared/suspensions.csv": {Data: []byte("from,to,place,name,source\n")},
		"p/bodies.csv":           {Data: []byte("code,kind,name,area,population,population_year,lat,lon,language,hue,chroma,mark,status\n")},
		"p/pack.json": {Data: []byte(`{"code":"p","body":{"code":"p","name":"P","languages":["ca"]},` +
			`"country":"ES","region":"Catalunya","timezone":"Europe/Madrid"}`)},
	}
	files["p/"+name] = &fstest.MapFile{Data: []byte(content)}
	return files
}

func TestTheBorderOfAGroupLeavesOutTheBordersWithin(t *testing.T) {
	t.Parallel()
	d := pack.Outlines{Shapes: []pack.Shape{
		{Code: "a", D: "M0 0L2 0L2 2L0 2Z", CX: 1, CY: 1},
		{Code: "b", D: "M2 0L4 0L4 2L2 2Z", CX: 3, CY: 1},
	}, Width: 4, Height: 2}
	if got := d.Border([]string{"a", "b"}); got != "M0 0L2 0M2 2L0 2L0 0M2 0L4 0L4 2L2 2" {
		t.Error(got)
	}
	if x, y, ok := d.Centre([]string{"a"}); !ok || x != 1 || y != 1 {
		t.Error(x, y, ok)
	}
	if _, _, ok := d.Centre(nil); ok {
		t.Error("nothing has no centre")
	}
	if left, top, width, height := d.Frame([]string{"b"}); left != 1.92 || top != -0.08 || math.Abs(width-2.16) > 1e-9 || math.Abs(height-2.16) > 1e-9 {
		t.Error(left, top, width, height)
	}
}
