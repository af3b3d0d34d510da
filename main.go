// Command yusuan (预算) reads the budgets and final accounts that Chinese
// government departments publish and writes them as one Parquet dataset.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"yusuan/export"
	"yusuan/extract/document"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailed      = 1   // the run failed
	exitUsage       = 2   // the command line is wrong
	exitSomeFailed  = 3   // the run is whole, but some documents failed; of check: or do not add up
	exitInterrupted = 130 // Ctrl-C
)

// errSomeFailed ends a run that is whole although some documents failed; what
// failed has been printed.
var errSomeFailed = errors.New("some documents failed")

// usageError is a mistake on the command line.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks for an orderly end; a second one is the system's to
	// handle, which ends the program at once.
	context.AfterFunc(ctx, stop)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes the command line and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSomeFailed), errors.Is(err, errFindings):
		return exitSomeFailed
	case errors.Is(err, errWrong):
		return exitFailed
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(root.ErrOrStderr(), "yusuan: interrupted: %v\n", err)
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(root.ErrOrStderr(), "yusuan: %v\nTry: yusuan help\n", err)
		return exitUsage
	}
	fmt.Fprintf(root.ErrOrStderr(), "yusuan: %v\n", err)
	if errors.Is(err, export.ErrDamaged) {
		fmt.Fprintln(root.ErrOrStderr(), "Move the folder of the dataset away and run again: what was read of the documents is kept beside it.")
	}
	return exitFailed
}

func rootCommand() *cobra.Command {
	var logLevel string
	root := &cobra.Command{
		Use:           "yusuan",
		Short:         "Turn published department budgets (.docx, .doc, PDF, text) into a typed Parquet dataset",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          usageArgs(cobra.NoArgs),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			var level slog.Level
			if err := level.UnmarshalText([]byte(logLevel)); err != nil {
				return usageError{fmt.Errorf("--log-level %s: use debug, info, warn or error", logLevel)}
			}
			slog.SetDefault(slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level})))
			return nil
		},
	}
	root.PersistentFlags().StringVar(&logLevel, "log-level", "warn", "what to log: debug, info, warn, error")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(planCommand(), runCommand(), watchCommand(), commitCommand(), retryCommand(), gcCommand(), workerCommand(),
		statusCommand(), errorsCommand(), verifyCommand(), ddlCommand(),
		extractCommand(), normalizeCommand(), checkCommand(), synthCommand(), versionCommand())
	return root
}

// usageArgs marks what a check of arguments finds as a mistake of usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}

// limitFlags adds the flags that bound what one document may cost.
func limitFlags(cmd *cobra.Command) *document.Limits {
	l := new(document.Limits)
	f := cmd.Flags()
	f.Int64Var(&l.FileBytes, "max-bytes", document.DefaultFileBytes, "largest file, in bytes")
	f.Int64Var(&l.ExpandedBytes, "max-expanded", document.DefaultExpandedBytes, "largest size a file may unpack to, in bytes")
	f.Int64Var(&l.ExpandRatio, "max-ratio", document.DefaultExpandRatio, "largest ratio of unpacked to packed size, after 10 MiB")
	f.IntVar(&l.XMLDepth, "max-depth", document.DefaultXMLDepth, "deepest nesting of XML elements")
	f.IntVar(&l.TableCells, "max-cells", document.DefaultTableCells, "most cells of one table")
	f.IntVar(&l.Pages, "max-pages", document.DefaultPages, "most pages of one document")
	f.Int64Var(&l.Memory, "max-memory", document.DefaultMemory, "most memory of the process that reads a document, in bytes (run, retry)")
	f.DurationVar(&l.Time, "max-time", document.DefaultTime, "longest time for one document")
	return l
}

// checkLimits refuses limits that nothing could keep.
func checkLimits(l *document.Limits) error {
	if min(l.FileBytes, l.ExpandedBytes, l.ExpandRatio, int64(l.XMLDepth), int64(l.TableCells), int64(l.Pages), int64(l.Time), l.Memory) <= 0 {
		return usageError{errors.New("a limit (--max-…) must be greater than 0")}
	}
	return nil
}
