// Package vocab holds the vocabularies of the normalize stage: facts about
// the language of budgets that are data and not code. Each is a sorted TSV
// file, embedded, with a comment on top that names its columns and the kind of
// source; beside the files there is nothing but their loaders, which read them
// once and on first use.
//
// Vocabularies are matched by [Key], never by the text as printed. A new word,
// unit, form or header label is a new row here; the tests of this package
// check the rows (order, duplicates, references between the files), those of
// the rooms that use them check what they mean.
package vocab
