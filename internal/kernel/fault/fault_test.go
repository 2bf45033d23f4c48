package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"bastida/internal/kernel/fault"
)

func TestAKindIsAnError(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("close call 7: %w", fault.New(fault.Conflict, "calls.closed", "closes", "2020-02-13"))
	if !errors.Is(err, fault.Conflict) || errors.Is(err, fault.NotFound) {
		t.Errorf("%v is not a conflict, or also something else", err)
	}
	if f := fault.Of(err); f == nil || f.Key != "calls.closed" {
		t.Errorf("the fault inside %v is %v", err, f)
	}
	if fault.Of(errors.New("outage")) != nil {
		t.Error("an outage is taken for a fault")
	}
}

func TestComplaintsAreCollected(t *testing.T) {
	t.Parallel()
	var wrong fault.Fields
	if wrong.Err() != nil {
		t.Error("no complaint is an error")
	}
	wrong.Add("title", "form.required")
	wrong.Add("seats", "form.out_of_range", "min", 1, "max", 5)
	f := fault.Of(wrong.Err())
	if f == nil || f.Kind != fault.Invalid || len(f.Fields) != 2 {
		t.Errorf("two complaints make %v", f)
	}
}
