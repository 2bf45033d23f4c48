package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"bastida/internal/kernel/civil"
	"bastida/internal/kernel/record"
)

// Zone is where every body of this product lives: Madrid and Rome keep the
// same time all year round.
var Zone = zone()

func zone() *time.Location {
	z, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		return time.FixedZone("CET", 3600)
	}
	return z
}

// nbsp keeps a number and its unit on one line.
const nbsp = "\u00a0"

// Format writes a value as people of a language write it: 1.250, 0,5,
// 13/02/2020, 13/02/2020 10:24. Anything else is written as fmt does.
func Format(lang string, v any) string {
	switch v := v.(type) {
	case int:
		return integer(lang, int64(v))
	case int64:
		return integer(lang, v)
	case float64:
		return decimal(lang, v, decimals(v))
	case civil.Date:
		return date(lang, v)
	case record.Time:
		return instant(lang, v.Time)
	case time.Time:
		return instant(lang, v)
	default:
		return fmt.Sprint(v)
	}
}

// Decimal writes a number with a fixed count of decimals.
func Decimal(lang string, v float64, places int) string { return decimal(lang, v, places) }

// decimals keeps at most two decimals and none that are zero.
func decimals(v float64) int {
	for places := range 2 {
		scale := math.Pow10(places)
		if math.Abs(v*scale-math.Round(v*scale)) < 1e-9 {
			return places
		}
	}
	return 2
}

func decimal(lang string, v float64, places int) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(v), 'f', places, 64), ".")
	n, _ := strconv.ParseInt(whole, 10, 64)
	text := integer(lang, n)
	if fraction != "" {
		text += decimalMark(lang) + fraction
	}
	if v < 0 {
		text = "−" + text
	}
	return text
}

func decimalMark(lang string) string {
	if lang == "en" {
		return "."
	}
	return ","
}

// integer groups thousands: with a point in Catalan and Italian, with a
// no-break space from five digits on in Spanish, with a comma in English.
func integer(lang string, n int64) string {
	digits := strconv.FormatInt(max(n, -n), 10)
	mark, least := ".", 4
	switch lang {
	case "es":
		mark, least = nbsp, 5
	case "en":
		mark = ","
	}
	if len(digits) >= least {
		for at := len(digits) - 3; at > 0; at -= 3 {
			digits = digits[:at] + mark + digits[at:]
		}
	}
	if n < 0 {
		return "−" + digits
	}
	return digits
}

func date(lang string, d civil.Date) string {
	if d.IsZero() {
		return "–"
	}
	if lang == "en" {
		return fmt.Sprintf("%d %s %d", d.Day, d.Month.String()[:3], d.Year)
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
}

func instant(lang string, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	t = t.In(Zone)
	return date(lang, civil.Of(t)) + " " + t.Format("15:04")
}
