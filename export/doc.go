// Package export writes disclosures into a dataset: fourteen tables of
// Parquet files, one folder per table, partitioned by fiscal year, with a
// manifest and a description that other programs read.
//
//	DATASET/
//	  documents/fiscal_year=2020/part-00000.parquet
//	  …
//	  datapackage.json   every table and column, for people and programs
//	  manifest.json      every part: path, SHA-256, bytes, rows
//	  _SUCCESS           present only when the last commit was whole
//
// [Commit] is the door. It takes the keys of documents and a function that
// loads each, so that a hundred thousand documents cost the memory of one.
// Documents that the dataset already has are replaced, the others stay, and
// only parts with a change are written again. The same documents give the
// same bytes, in whatever order and in however many commits they came, as
// long as the program is the same.
//
// # What a crash leaves behind
//
// A commit first writes all new parts, and last of them the new manifest,
// into the folder .yusuan-commit. Until that manifest stands, the dataset is
// the old one, untouched but for the missing _SUCCESS. From then on the
// commit is decided: parts are renamed into place, then datapackage.json and
// manifest.json, then parts that nothing names are removed. Part names are
// fixed, so a reader may meet old and new parts side by side between the
// first rename and the last; the missing _SUCCESS says so. The next commit
// finishes what was decided and throws away what was not. Two commits into
// one dataset at the same time are not guarded against.
package export
