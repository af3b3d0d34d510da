package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/term"

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
	var dump, draw bool
	var pic pictureFlags
	cmd := &cobra.Command{
		Use:   "extract FILE",
		Short: "Print the text and tables of one document, or draw a page of it",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().StringVar(&format, "format", "markdown", "dump, json, markdown or html")
	cmd.Flags().BoolVar(&dump, "dump", false, "the same as --format dump: one line for each block and cell")
	cmd.Flags().BoolVar(&draw, "png", false, "draw a page of a PDF with the lines, tables, cells and paragraphs that were found")
	cmd.Flags().IntVar(&pic.page, "page", 1, "the page to draw, with --png")
	cmd.Flags().IntVar(&pic.dpi, "dpi", 100, "dots per inch, with --png")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to a file instead of standard output")
	limits := limitFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkLimits(limits); err != nil {
			return err
		}
		if draw {
			return drawPage(cmd, args[0], output, extract.Settings{Limits: *limits}, pic)
		}
		if cmd.Flags().Changed("page") || cmd.Flags().Changed("dpi") {
			return usageError{errors.New("--page and --dpi say what --png draws; without it the whole document is printed")}
		}
		if dump {
			format = "dump"
		}
		write, ok := renderers[format]
		if !ok {
			return usageError{fmt.Errorf("--format %s: use dump, json, markdown or html", format)}
		}
		doc, err := readDocument(cmd.Context(), args[0], *limits)
		if err != nil {
			return err
		}
		return writeOutput(cmd, output, func(w io.Writer) error { return write(w, doc) })
	}
	return cmd
}

// pictureFlags say what to draw.
type pictureFlags struct{ page, dpi int }

// maxDPI is the finest resolution of a picture: that of print.
const maxDPI = 600

// drawPage writes the picture of a page.
func drawPage(cmd *cobra.Command, name, output string, s extract.Settings, pic pictureFlags) error {
	if pic.dpi < 1 || pic.dpi > maxDPI {
		return usageError{fmt.Errorf("--dpi %d: use 1 to %d", pic.dpi, maxDPI)}
	}
	if output == "" && cmd.OutOrStdout() == os.Stdout && term.IsTerminal(int(os.Stdout.Fd())) {
		return usageError{errors.New("--png writes a picture, which a terminal cannot show: name a file with -o")}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	canvas, err := s.Picture(cmd.Context(), filepath.ToSlash(name), data, pic.page, pic.dpi)
	if errors.Is(err, extract.ErrNoPage) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	return writeOutput(cmd, output, func(w io.Writer) error { return png.Encode(w, canvas) })
}

// collectOneAt lets the heap of a command that reads one document grow to five
// times what is in use before it is collected: most documents are through
// before the first collection, which saves a sixth of the time for some 10 MB.
const collectOneAt = 400

// readDocument reads one file through the extract stage.
func readDocument(ctx context.Context, name string, limits document.Limits) (*document.Document, error) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectOneAt)
		// A large document does not take five times its share.
		debug.SetMemoryLimit(limits.WithDefaults().Memory)
	}
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
