// Package corpus is the door of the last stage: many files through the
// pipeline into one dataset.
//
//	plan (discover, hash, drop duplicates) ──▶ work (read, normalise, store) ──▶ commit (dataset)
//
// A document that fails costs only itself: it becomes a row of the dataset
// with its error. The result of every document is stored on disk until all are
// done, so that memory does not grow with their number, and is committed in
// the order of the dataset, so that the same files give the same bytes however
// many workers there were.
package corpus
