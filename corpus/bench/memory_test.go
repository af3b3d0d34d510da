// Package bench compares yusuan with the tools that a user would pick instead.
// Its programs are Python and shell, since most of the peers are; what is Go is
// the yardstick below.
package bench

import "testing"

// BenchmarkMemory copies a block that is larger than any cache: how many bytes
// a second the machine moves. Nothing that reads all of its input can be faster.
func BenchmarkMemory(b *testing.B) {
	from, to := make([]byte, 64<<20), make([]byte, 64<<20)
	for i := range from {
		from[i], to[i] = byte(i), 1 // so that the system has given the memory
	}
	b.SetBytes(int64(len(from)))
	for b.Loop() {
		copy(to, from)
	}
}
