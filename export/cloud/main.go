// Command yusuan-cloud brings documents from an object store to yusuan, and
// datasets from yusuan to an object store: S3 and what speaks its language,
// Google Cloud Storage, Azure Blob Storage. It is a module of its own, because
// the clients of three clouds are many times the size of yusuan.
//
// A dataset on a store keeps the rules of package export, with objects for files.
// A publication holds the object .yusuan-lock, which only one can make (a
// conditional write), and gives signs of life by it. It sends the parts that
// changed, each held against its SHA-256 on the way, the descriptions and the
// manifest into a folder of its own below .yusuan-commit/. Until then the dataset
// is the old one, untouched. The object .yusuan-commit/decided, again a
// conditional write, decides: _SUCCESS is removed, the store copies the parts
// into their places, then the descriptions and manifest.json, objects that the
// manifest does not name are removed, and _SUCCESS is there again. Whatever ended
// a publication, the next run or publication, on whatever machine, brings what
// was decided to its end and throws away what was not. Every object is whole at
// any time. A part keeps its name, so that a reader that opens one while a
// decided publication comes to its end may get the new one by the old manifest:
// it looks afterwards whether _SUCCESS is there and manifest.json the one that it
// began with, or compares hashes, as on a disk.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://
)

// The exit codes are those of yusuan.
const (
	exitFailed      = 1
	exitUsage       = 2
	exitSomeFailed  = 3
	exitInterrupted = 130
)

// usageError is a mistake on the command line.
type usageError struct{ error }

// exitError is the exit code of yusuan, which has said why.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("yusuan ended with exit code %d", int(e)) }

func main() {
	stop, ctx := newStopper()
	os.Exit((&program{stop, os.Stdout, os.Stderr}).execute(ctx, os.Args[1:]))
}

// program is this program with what it listens to and where it writes.
type program struct {
	stop           *stopper
	stdout, stderr io.Writer
}

// execute runs a command line and returns the exit code.
func (p *program) execute(ctx context.Context, args []string) int {
	root := command(p.stop)
	root.SetArgs(args)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	var code exitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		fmt.Fprintf(p.stderr, "yusuan-cloud: %v\nTry: yusuan-cloud help\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "yusuan-cloud: interrupted; what was brought and read is kept, the same command goes on from there")
		return exitInterrupted
	}
	fmt.Fprintf(p.stderr, "yusuan-cloud: %v\n", err)
	return exitFailed
}

func command(stop *stopper) *cobra.Command {
	root := &cobra.Command{
		Use: "yusuan-cloud", Short: "Read documents from object stores, and keep datasets on them",
		Long: `Read documents from object stores, and keep datasets on them:

  yusuan-cloud run s3://BUCKET/DOCUMENTS -o s3://BUCKET/DATASET

or, step by step:

  yusuan-cloud fetch s3://BUCKET/DOCUMENTS FOLDER
  yusuan run FOLDER -o DATASET
  yusuan-cloud publish DATASET s3://BUCKET/DATASET

A URL is s3://BUCKET/PATH, gs://BUCKET/PATH or azblob://CONTAINER/PATH, with what
the client needs behind a "?", such as ?region=cn-north-1, or ?endpoint=http://HOST
&use_path_style=true for other stores that speak S3. Who asks is taken from where
the tools of each cloud take it.`,
		SilenceUsage: true, SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(runCommand(stop), publishCommand(stop), fetchCommand(stop))
	return root
}

func publishCommand(stop *stopper) *cobra.Command {
	var wait time.Duration
	cmd := &cobra.Command{
		Use: "publish DATASET URL", Short: "Make the objects below a URL a copy of a dataset", Args: twoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBucket(cmd, args[1], func(ctx context.Context, b *blob.Bucket) (string, error) {
				return publish(ctx, b, args[0], newOptions(cmd, wait, stop))
			})
		},
	}
	cmd.Flags().DurationVar(&wait, "wait", defaultWait, "how long to wait for another publication (0: fail at once)")
	return cmd
}

func fetchCommand(stop *stopper) *cobra.Command {
	return &cobra.Command{
		Use: "fetch URL FOLDER", Short: "Bring the objects below a URL into a folder, those that are new or changed", Args: twoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return withBucket(cmd, args[0], func(ctx context.Context, b *blob.Bucket) (string, error) {
				return fetch(ctx, b, args[1], newOptions(cmd, 0, stop))
			})
		},
	}
}

// twoArgs is a check of the arguments.
func twoArgs(cmd *cobra.Command, args []string) error {
	if err := cobra.ExactArgs(2)(cmd, args); err != nil {
		return usageError{err}
	}
	return nil
}
