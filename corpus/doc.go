// Package corpus is the door of the last stage: many files through the
// pipeline into one dataset.
//
//	plan (discover, hash, drop duplicates) ──▶ work (read, normalise, store) ──▶ commit (dataset)
//
// A document that fails costs only itself: it becomes a row of the dataset
// with its error. With Settings.Worker each is read in a worker process, so
// that this is true of crashes, loops without end and a memory that fills, too.
//
// What was read of a document is kept on disk, beside the dataset, under the
// hash of its content and all else that it depends on, so that memory does not
// grow with the number of documents and nothing is read twice, however a run
// ended. It is committed in the order of the dataset, so that the same files
// give the same bytes whoever read them, and when.
package corpus
