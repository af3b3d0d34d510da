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

	"yusuan/corpus"
	"yusuan/export"
	"yusuan/extract/document"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailed      = 1   // the run failed
	exitUsage       = 2   // the command line is wrong
	exitSomeFailed  = 3   // the run is whole, but some documents failed; of check: or do not add up; of compare: or nothing is what was asked for
	exitInterrupted = 130 // Ctrl-C, or SIGTERM
)

// errSomeFailed ends a run that is whole although some documents failed; what
// failed has been printed.
var errSomeFailed = errors.New("some documents failed")

// damagedHelp says what to do about a dataset that could not be repaired.
const damagedHelp = `Its files were left as they are. "yusuan run INPUT… -o DATASET --rebuild", or "yusuan commit DATASET --rebuild", compares every file
with its hash and writes anew what is damaged, also without manifest.json. If that is what failed, bring back the files
that are named and run again; or move the folder of the dataset away and run again: what was read is kept beside it.`

// fullHelp says what to do about a full disk.
const fullHelp = `The disk is full. Free space on it, or name other folders with -o and --work-dir; the same command then goes on: what was read is kept,
and a dataset is changed only when all that is to be written is on the disk.`

// usageError is a mistake on the command line.
type usageError struct{ error }

func main() {
	os.Exit(run(untilSignal(), os.Args[1:], os.Stdout, os.Stderr))
}

// untilSignal is a context that ends with the first Ctrl-C or SIGTERM, which
// asks for an orderly end. A second one ends the program at once.
func untilSignal() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		fmt.Fprintln(os.Stderr, "yusuan: ending after what is in hand; a second signal stops at once")
		<-signals
		os.Exit(exitInterrupted)
	}()
	return ctx
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
	case errors.Is(err, errSomeFailed), errors.Is(err, errFindings), errors.Is(err, errNoRows):
		return exitSomeFailed
	case errors.Is(err, errWrong):
		return exitFailed
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(root.ErrOrStderr(), "yusuan: interrupted: %s\n", interruption(err))
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(root.ErrOrStderr(), "yusuan: %s\nTry: yusuan help\n", shownEnd(err))
		return exitUsage
	}
	fmt.Fprintf(root.ErrOrStderr(), "yusuan: %s\n", shownEnd(err))
	if errors.Is(err, export.ErrDamaged) {
		fmt.Fprintln(root.ErrOrStderr(), damagedHelp)
	}
	if errors.Is(err, syscall.ENOSPC) {
		fmt.Fprintln(root.ErrOrStderr(), fullHelp)
	}
	return exitFailed
}

// interruption tells what there is after an interruption, and what to do.
func interruption(err error) string {
	var run *corpus.Interrupted
	if errors.As(err, &run) {
		return run.Error()
	}
	return "it did not come to its end, and no dataset was changed; run the same command again"
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
		statusCommand(), errorsCommand(), verifyCommand(), ddlCommand(), linkCommand(), compareCommand(),
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
