// Package reconcile checks the source's own arithmetic (勾稽关系): what the
// records of one disclosure say about each other.
//
// A rule looks for figures that must fit and states them as a check: a whole
// and the parts that it must equal (or must not fall below). All checks are
// settled by one mechanism. It knows how far rounding can move a sum, it finds
// the figure that explains several failures at once, and it tells a slip of the
// decimal point from another error. A rule that finds no counterpart for a
// figure says nothing; so does one whose identity does not hold in most rows of
// a table, because it is then no identity of that table.
//
// The package is pure and only reads the records that it is given.
package reconcile
