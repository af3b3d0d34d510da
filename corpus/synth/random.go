package synth

import "math/bits"

// source draws numbers by SplitMix64 (Steele, Lea, Flood 2014). It is written
// out here, and not taken from math/rand, because the samples in the
// repository must stay the same for every version of Go.
type source struct{ state uint64 }

// newSource returns a source for a key: the seed, and what is drawn from it.
func newSource(key ...uint64) *source {
	s := &source{}
	for _, k := range key {
		s.state = s.next() ^ k
	}
	return s
}

func (s *source) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1, n ≥ 1.
func (s *source) below(n int) int {
	hi, _ := bits.Mul64(s.next(), uint64(n))
	return int(hi)
}

// between returns a number from lo to hi, both included.
func (s *source) between(lo, hi int) int { return lo + s.below(hi-lo+1) }

// chance is true with probability p.
func (s *source) chance(p float64) bool {
	return float64(s.next()>>11)/(1<<53) < p
}

// pick returns one element of a list that is not empty.
func pick[T any](s *source, list []T) T { return list[s.below(len(list))] }

// sample returns n different elements of a list in random order, or all if
// there are fewer.
func sample[T any](s *source, list []T, n int) []T {
	out := append([]T(nil), list...)
	n = min(n, len(out))
	for i := range n {
		j := i + s.below(len(out)-i)
		out[i], out[j] = out[j], out[i]
	}
	return out[:n]
}
