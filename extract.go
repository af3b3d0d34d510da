package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"yusuan/extract"
	"yusuan/extract/document"
	"yusuan/extract/render"
)

// renderers are the ways to print what was extracted.
var renderers = map[string]func(io.Writer, *document.Document) error{
	"dump":     document.Dump,
	"json":     render.JSON,
	"markdown": render.Markdown,
	"html":     render.HTML,
}

func extractCommand() *cobra.Command {
	var format, output string
	var dump bool
	cmd := &cobra.Command{
		Use:   "extract FILE",
		Short: "Print the text and tables of one document",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().StringVar(&format, "format", "markdown", "dump, json, markdown or html")
	cmd.Flags().BoolVar(&dump, "dump", false, "the same as --format dump: one line for each block and cell")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to a file instead of standard output")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if dump {
			format = "dump"
		}
		write, ok := renderers[format]
		if !ok {
			return usageError{fmt.Errorf("--format %s: use dump, json, markdown or html", format)}
		}
		if err := checkLimits(limits); err != nil {
			return err
		}
		doc, err := readDocument(cmd.Context(), args[0], *limits)
		if err != nil {
			return err
		}
		return writeOutput(cmd, output, func(w io.Writer) error { return write(w, doc) })
	}
	return cmd
}

// readDocument reads one file through the extract stage.
func readDocument(ctx context.Context, name string, limits document.Limits) (*document.Document, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return extract.Settings{Limits: limits}.Read(ctx, filepath.ToSlash(name), data)
}

// writeOutput writes to a file, or to standard output if none is named.
func writeOutput(cmd *cobra.Command, name string, write func(io.Writer) error) error {
	if name == "" {
		return write(cmd.OutOrStdout())
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
