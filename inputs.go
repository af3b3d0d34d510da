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
type inputFlags struct{ list, catalog string }

// add adds the flags to a command, and lets it do without inputs where a list
// names them.
func (f *inputFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.list, "files-from", "", "a file with a list of inputs, one a line or with zero bytes between; - for standard input")
	cmd.Flags().StringVar(&f.catalog, "catalog", "", "a CSV file that says what is known of the files")
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
in place: a document in one has the URI archive.zip/folder/name.docx.`
