package parquet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// shapes are batches of rows of which each brings out another way in which
// parquet-go might let something else than the rows into a file: runs that are
// no multiple of eight, dictionaries of one and of many values, long and short
// lists, text that compresses and text that does not.
func shapes() map[string][]row {
	out := map[string][]row{"none": nil}
	for _, n := range []int{1, 4, 7, 9, 13, 63, 255, 257, 1000} {
		for i := range n {
			out[fmt.Sprint("mixed ", n)] = append(out[fmt.Sprint("mixed ", n)], sample(i))
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		r := sample(1 + i%2)
		r.Row = ptr(random.Int32N(1 << (1 + i%20)))
		r.Text = strings.Repeat(string(rune('一'+random.IntN(2000))), random.IntN(40))
		r.Yes = random.IntN(3) == 0
		r.List = nil
		for range random.IntN(9) {
			r.List = append(r.List, fmt.Sprint(random.IntN(50)))
			r.Steps = append(r.Steps, step{random.Int32N(12), random.Int32N(1_000_000)})
		}
		out["random"] = append(out["random"], r)
		r = row{inner: inner{Key: "same"}, Text: fmt.Sprintf("a number was expected, printed is %d万元", i)}
		out["alike"] = append(out["alike"], r)
	}
	return out
}

// TestSameRowsSameBytes writes rows again and again while other files are
// written at the same time, which leave their bytes in the buffers, encoders
// and hash tables that parquet-go keeps in pools.
func TestSameRowsSameBytes(t *testing.T) {
	all := shapes()
	want := map[string][]byte{}
	for name, rows := range all {
		want[name] = encode(t, rows, 100)
	}
	const rounds = 20
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range rounds {
				for name, rows := range all { // in another order each time
					if !bytes.Equal(want[name], encode(t, rows, 100)) {
						t.Errorf("%s: the same rows give other bytes", name)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}
