// Package extract is the door of the extract stage: it takes the bytes of a
// file and gives the document that they show.
//
//	file ──extract──▶ Document ──normalize──▶ Disclosure ──export──▶ Dataset
//
// Input: bytes and the name under which they came. The name is only repeated
// in messages; what the bytes are is decided by looking at them. Output: a
// document.Document, which has every paragraph and every cell in reading order,
// and a note for everything that was lost or guessed. A file that cannot be
// read gives an error that wraps one of the sentinels of package document and
// says which file and where in it.
//
// Guarantees: a reader that panics costs only its document; the limits on size
// and time hold; a document that is returned keeps the promises of its model
// (document.Check). Nothing is written, no link is followed.
package extract
