package reconcile

import (
	"fmt"
	"testing"
)

// BenchmarkCheck measures a disclosure with a table of 3,000 items and a
// sentence about every fifth of them.
func BenchmarkCheck(b *testing.B) {
	rows := []string{}
	for class := range 30 {
		rows = append(rows, fmt.Sprintf("2%02d|甲|99.00|0.00|99.00", class))
		for item := range 99 {
			rows = append(rows, fmt.Sprintf("2%02d%02d|乙%d|1.00|0.00|1.00", class, item+1, item))
		}
	}
	x := build(b).table(generalPublic, 4, spending, rows...)
	for class := range 30 {
		for item := range 20 {
			x.say(fmt.Sprintf("甲（类）乙%d（款）|1.00|2024", item), fmt.Sprintf("丙（2%02d类）乙（%02d款）|1.00|2024", class, item+1))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if r := Check(x.d); r.Failed > 0 || r.Passed == 0 {
			b.Fatalf("%d passed, %d failed", r.Passed, r.Failed)
		}
	}
}
