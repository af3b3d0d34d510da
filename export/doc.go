// Package export writes disclosures into a dataset: fourteen tables of
// Parquet files, one folder per table, partitioned by fiscal year, with a
// manifest and a description that other programs read.
//
//	DATASET/
//	  documents/fiscal_year=2020/part-00000.parquet
//	  …
//	  datapackage.json   every table and column, for people and programs
//	  croissant.json     the same for MLCommons Croissant
//	  datacontract.yaml  the same as a contract of the Open Data Contract Standard
//	  manifest.json      every part: path, SHA-256, bytes, rows
//	  entities/part-00000.parquet, links/part-00000.parquet   after linkage
//	  _SUCCESS           present only when the last commit was whole
//
// [Commit] is the door. It takes the keys of documents and a function that
// loads each, so that a hundred thousand documents cost the memory of one.
// Documents that the dataset already has are replaced, the others stay, and
// only parts with a change are written again. The same documents give the
// same bytes, in whatever order and in however many commits they came, as
// long as the program is the same.
//
// # Tables of the dataset as a whole
//
// entities and links say what is the same across documents: [Relink] computes
// both anew and commits them like parts. They have no partitions, and a dataset
// has both or none; the descriptions name them when it has them. The manifest's
// linkage says what they were computed from, so that a commit of documents,
// which leaves them as they are, makes them stale and not wrong unnoticed: see
// [Manifest.Stale]. The user's decisions that they follow are in the manifest,
// too, for the next time. The schema of the other tables does not depend on them,
// and its version stays.
//
// # What a crash leaves behind
//
// A commit first writes all new parts, and last of them the new manifest,
// into the folder .yusuan-commit. Until that manifest stands, the dataset is
// the old one, untouched. From then on the commit is decided: _SUCCESS is
// removed, parts are renamed into place, then the descriptions and
// manifest.json, then parts that nothing names are removed. Nothing is written
// any more by then but the names in folders, so that a disk that is full stops
// a commit before it is decided. The next commit finishes what was decided and
// throws away what was not. A lock in the folder, .yusuan-lock, keeps a second
// committer out and is there only meanwhile; see [ErrLocked]. Who has to know
// the dataset to say what to commit takes the lock first; see [Take].
//
// # Damage
//
// A commit looks at all parts, also those that it leaves alone: whether every
// file is there and has its size, and the SHA-256 of those that it reads from
// and that its [Repairer] does not know to be untouched; with Settings.Rebuild
// that of all. A part with a damaged file is treated as one that the dataset
// does not have, and its documents, which the Repairer gives, as new ones: the
// same documents give the same bytes, so that the part is then what it was. If
// they cannot be given, or it is not known which they are, nothing is changed.
//
// # What a reader may rely on
//
//   - Every file that it opens is whole: files are renamed into place, never
//     written there.
//   - Until a commit is decided, however long it takes, all files are those of
//     the old manifest, byte for byte.
//   - A file of the old manifest that the new one does not name is removed
//     only after the new one stands.
//   - A file that it has open stays the old one until it closes it.
//
// Part names are fixed, so it cannot rely on this: while parts are renamed, a
// file that it opens by the old manifest may already be the new one of that
// name, and a table's old and new parts stand side by side. _SUCCESS is missing
// all that time. Who reads while others commit opens all files first and then
// looks whether _SUCCESS is there and manifest.json is still the one that it
// holds, or compares what it read with the manifest's SHA-256; if not, it
// begins again.
//
// # When the schema grows
//
// [SchemaVersion] is a whole number, one greater for every column or table that
// was added; nothing else about a column ever changes under its name. A dataset
// of an earlier version is read, by [Verify] and all else, as if the columns
// that it lacks were null, or "" or 0 where they have no null; Verify says so.
// The next commit writes all of its parts anew, with these values for documents
// that it keeps, so that a dataset never has parts of two versions and needs no
// reader that can merge them. A column whose 0 would be a statement about
// documents that were never asked is therefore added as one that may be null.
// The version in the manifest decides: a later one than this program's, or one
// from before a change that was no addition, is an [ErrMismatch] that says what
// to do. Folders of different versions can still be read together by others:
// DuckDB with union_by_name, Spark with mergeSchema, pyarrow with the newer
// schema.
package export
