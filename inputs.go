package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

// standardInput is the input, or the list, that is on standard input.
const standardInput = "-"

// inputFlags say what is read beside the inputs on the command line.
type inputFlags struct {
	list, catalog string
	entries       int
	dropGone      bool
}

// add adds the flags to a command, and lets it do without inputs where a list
// names them.
func (f *inputFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.list, "files-from", "", "a file with a list of inputs, one a line or with zero bytes between; - for standard input")
	flags.StringVar(&f.catalog, "catalog", "", "a CSV file that says what is known of the files")
	flags.IntVar(&f.entries, "max-entries", corpus.DefaultArchiveEntries, "most entries of one zip archive")
	flags.BoolVar(&f.dropGone, "drop-gone", false, "remove documents that are no longer among the inputs from the dataset")
	cmd.Args = usageArgs(func(cmd *cobra.Command, args []string) error {
		if f.list != "" {
			return nil
		}
		return cobra.MinimumNArgs(1)(cmd, args)
	})
}

// read reads the list and the catalogue into the settings and returns the
// inputs that are left; "-" among them is a list on standard input.
func (f *inputFlags) read(cmd *cobra.Command, args []string, s *corpus.Settings) ([]string, error) {
	if f.entries <= 0 {
		return nil, usageError{fmt.Errorf("%s: --max-entries must be greater than 0", cmd.Name())}
	}
	if err := checkNames(cmd, args); err != nil {
		return nil, err
	}
	s.ArchiveEntries, s.DropGone = f.entries, f.dropGone
	inputs := slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == standardInput })
	list := f.list
	if len(inputs) < len(args) {
		if list != "" && list != standardInput {
			return nil, usageError{fmt.Errorf("%s: name one list of files, - or --files-from", cmd.Name())}
		}
		list = standardInput
	}
	if list != "" {
		var err error
		if s.Listed, err = readList(cmd.InOrStdin(), list); err != nil {
			return nil, err
		}
	}
	return inputs, readCatalog(f.catalog, &s.Catalog)
}

// checkNames refuses inputs without a name, as a variable of a script that is
// not set gives them.
func checkNames(cmd *cobra.Command, args []string) error {
	if slices.Contains(args, "") {
		return usageError{fmt.Errorf("%s: an input has no name; an empty argument ('') is no file", cmd.Name())}
	}
	return nil
}

// readList reads a list of files.
func readList(stdin io.Reader, name string) ([]string, error) {
	if name == standardInput {
		return corpus.ReadList(stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the list of files cannot be read: %w", err)
	}
	defer f.Close()
	return corpus.ReadList(f)
}

// inputHelp is the part of a command's help that tells what inputs are.
const inputHelp = `An input is a file, a folder, a pattern (in quotes, for shells that would
expand it), or - for a list of files on standard input. Zip archives are opened
in place: a document in one has the URI archive.zip/folder/name.docx; a single
document in one cannot be named as an input.

The URI of a document is its path below the folder that is the input; of a file
that is an input, its last name alone, or in a list its path as the list gives it
(relative ones only). The same file has another URI when it is named otherwise,
and two inputs that each hold x.doc give two documents with the URI x.doc: what
tells documents apart is document_id, not the URI.

` + ignoredHelp + `

A document is gone when an earlier run found it in a folder that is an input,
by a pattern, or as an input, and its file is no longer there or has other
content. It stays in the dataset unless --drop-gone removes it. An input that
is not there or holds no file (a share that is not mounted), and what cannot be
listed or opened, is never taken for gone; nor are documents of other inputs.

An input that is not there is a document that failed; if none is there, nothing
is done (exit code 1).`
