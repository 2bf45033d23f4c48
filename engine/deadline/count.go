package deadline

// longestGap bounds the search for a working day: a whole leap year without one is a mistake
// in the calendar, and searching on would never end.
const longestGap = 366

// count lays the term out from start, suspensions included.
func (r Rules) count(start Date, term Term) (Result, error) {
	c := counter{rules: r, term: term}
	last, err := c.run(start)
	if err != nil {
		return Result{}, err
	}
	effective, err := c.roll(start, last)
	if err != nil {
		return Result{}, err
	}
	if !effective.Valid() {
		return Result{}, ErrTooLong
	}
	first := start.AddDays(1)
	return Result{
		Start:       start,
		Term:        term,
		CountFrom:   first,
		Nominal:     effective,
		Effective:   effective,
		Steps:       c.steps,
		Provisional: r.Calendar.undeclared(first, effective),
	}, nil
}

// counter walks the days of a term, writing down what became of each.
type counter struct {
	rules Rules
	term  Term
	steps []Step
}

// run walks from the day after start to the last day of the term, before any roll. The last
// day is never a suspended one.
func (c *counter) run(start Date) (Date, error) {
	written := len(c.steps)
	due, err := c.due(start)
	if err != nil {
		return Date{}, err
	}
	day := start
	for gap := 0; due > 0; {
		day = day.AddDays(1)
		if suspension, ok := c.rules.suspended(day); ok {
			if c.rules.Policy.OnSuspension == Restart {
				c.lapse(written, start, day)
				return c.restart(day, suspension)
			}
			if err := c.suspend(day, suspension); err != nil {
				return Date{}, err
			}
			day, gap = suspension.To, 0
			continue
		}
		if why := c.skips(day); why != (Reason{}) {
			if gap++; gap > longestGap {
				return Date{}, ErrNoWorkingDay
			}
			c.note(Skipped, day, day, why)
			continue
		}
		c.note(Counted, day, day, Reason{})
		due, gap = due-1, 0
	}
	return day, nil
}

// due is how many days must count. Months and years become the calendar days up to their
// anniversary, so that a suspension extends them day for day.
func (c *counter) due(start Date) (int, error) {
	months := c.term.Amount
	switch c.term.Unit {
	case CalendarDay, WorkingDay:
		return c.term.Amount, nil
	case Year:
		months *= 12
	case Month:
	}
	day, short := anniversary(start, months, c.rules.Policy.MonthEnd)
	days := start.Until(day)
	if days > longestTerm {
		return 0, ErrTooLong
	}
	if short {
		c.steps = append(c.steps, Step{Kind: ShortMonth, From: day, To: day})
	}
	return days, nil
}

// skips is why the term does not count a day; only terms in working days skip any.
func (c *counter) skips(d Date) Reason {
	if c.term.Unit != WorkingDay {
		return Reason{}
	}
	return c.rules.closed(d, c.rules.Policy.RestDays)
}

// suspend writes down that terms did not run from day to the end of the suspension.
func (c *counter) suspend(day Date, suspension Suspension) error {
	if suspension.To.IsZero() {
		return ErrOpenSuspension
	}
	c.note(Suspended, day, suspension.To, Reason{Kind: TermsSuspended, Name: suspension.Name})
	return nil
}

// lapse replaces the steps written since start by one that says that those days are lost.
func (c *counter) lapse(written int, start, suspended Date) {
	c.steps = c.steps[:written]
	if first := start.AddDays(1); first.Before(suspended) {
		c.note(Lapsed, first, suspended.AddDays(-1), Reason{})
	}
}

// restart begins the whole term anew after the suspension. Each restart is past the end of
// one more suspension, so that there are at most as many as suspensions.
func (c *counter) restart(day Date, suspension Suspension) (Date, error) {
	if err := c.suspend(day, suspension); err != nil {
		return Date{}, err
	}
	return c.run(suspension.To)
}

// roll moves a last day on which the policy lets no term end.
func (c *counter) roll(start, last Date) (Date, error) {
	policy := c.rules.Policy
	why := c.rules.closed(last, policy.RestDaysAtExpiry)
	if why == (Reason{}) || policy.Roll == Keep {
		return last, nil
	}
	if policy.Roll == PreviousWorkingDay {
		if day, ok := c.openBefore(start, last); ok {
			c.steps = append(c.steps, Step{
				Kind: BroughtForward, From: last, To: day, Days: last.Until(day), Why: why,
			})
			return day, nil
		}
	}
	return c.postpone(last, why)
}

// openBefore finds the working day before last, unless the start or a suspension is nearer.
func (c *counter) openBefore(start, last Date) (Date, bool) {
	for day := last.AddDays(-1); day.After(start); day = day.AddDays(-1) {
		if _, suspended := c.rules.suspended(day); suspended {
			return Date{}, false
		}
		if c.rules.closed(day, c.rules.Policy.RestDaysAtExpiry) == (Reason{}) {
			return day, true
		}
	}
	return Date{}, false
}

// postpone finds the first working day after last on which terms run.
func (c *counter) postpone(last Date, why Reason) (Date, error) {
	day := last
	for gap := 0; gap < longestGap; gap++ {
		day = day.AddDays(1)
		if suspension, ok := c.rules.suspended(day); ok {
			if err := c.suspend(day, suspension); err != nil {
				return Date{}, err
			}
			day, gap = suspension.To, 0
			continue
		}
		c.note(Postponed, day, day, why)
		if c.rules.closed(day, c.rules.Policy.RestDaysAtExpiry) == (Reason{}) {
			return day, nil
		}
	}
	return Date{}, ErrNoWorkingDay
}

// note writes a step down, or lengthens the last one when it says the same.
func (c *counter) note(kind StepKind, from, to Date, why Reason) {
	days := from.Until(to) + 1
	if n := len(c.steps); n > 0 && c.steps[n-1].Kind == kind && c.steps[n-1].Why == why {
		c.steps[n-1].To = to
		c.steps[n-1].Days += days
		return
	}
	c.steps = append(c.steps, Step{Kind: kind, From: from, To: to, Days: days, Why: why})
}
