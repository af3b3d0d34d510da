// Command yusuan-cloud brings documents from an object store to yusuan, and
// datasets from yusuan to an object store: S3 and what speaks its language,
// Google Cloud Storage, Azure Blob Storage. It is a module of its own, because
// the clients of three clouds are many times the size of yusuan.
//
// An object store has no renames and no locks that end with their holder. What
// that leaves of the rules of package export: a publication holds the object
// .yusuan-lock, which only one can make (a conditional write); _SUCCESS goes
// first, then come the parts that changed, each held against its SHA-256 on the
// way, then the descriptions, then manifest.json, then objects that the manifest
// does not name are removed, and _SUCCESS comes last. Every object is whole at
// any time. A part keeps its name, so that a reader that opens one while a
// publication goes on may get the new one by the old manifest: it looks
// afterwards whether _SUCCESS is there and manifest.json the one that it began
// with, or compares hashes, as on a disk. After a publication that was broken off
// the next one uploads everything, because nothing tells what arrived.
package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/gcsblob"   // gs://
	_ "gocloud.dev/blob/s3blob"    // s3://
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "yusuan-cloud: %v\n", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use: "yusuan-cloud", Short: "Bring documents from an object store, and datasets to one",
		Long: `Bring documents from an object store, and datasets to one:

  yusuan-cloud fetch s3://BUCKET/DOCUMENTS FOLDER
  yusuan run FOLDER -o DATASET
  yusuan-cloud publish DATASET s3://BUCKET/DATASET

A URL is s3://BUCKET/PATH, gs://BUCKET/PATH or azblob://CONTAINER/PATH, with what
the client needs behind a "?", such as ?region=cn-north-1, or ?endpoint=http://HOST
&use_path_style=true for other stores that speak S3. Who asks is taken from where
the tools of each cloud take it.`,
		SilenceUsage: true, SilenceErrors: true,
	}
	root.AddCommand(
		&cobra.Command{Use: "publish DATASET URL", Short: "Make the objects below a URL a copy of a dataset", Args: cobra.ExactArgs(2),
			RunE: func(cmd *cobra.Command, args []string) error { return withBucket(cmd, args[1], args[0], publish) }},
		&cobra.Command{Use: "fetch URL FOLDER", Short: "Bring the objects below a URL into a folder, those that are new or changed", Args: cobra.ExactArgs(2),
			RunE: func(cmd *cobra.Command, args []string) error { return withBucket(cmd, args[0], args[1], fetch) }},
	)
	return root
}

// withBucket opens what a URL names, does something with it and a folder, and
// prints what that says.
func withBucket(cmd *cobra.Command, where, dir string, do func(context.Context, *blob.Bucket, string) (string, error)) error {
	bucket, err := open(cmd.Context(), where)
	if err != nil {
		return err
	}
	said, err := do(cmd.Context(), bucket, dir)
	if err != nil {
		err = fmt.Errorf("%s: %w", where, err)
	} else {
		_, err = fmt.Fprintln(cmd.OutOrStdout(), said)
	}
	if closing := bucket.Close(); err == nil {
		err = closing
	}
	return err
}

// open opens the objects below a URL: its path becomes a prefix of their names.
func open(ctx context.Context, where string) (*blob.Bucket, error) {
	u, err := url.Parse(where)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("%q is no URL of an object store: use s3://BUCKET/PATH, gs://BUCKET/PATH or azblob://CONTAINER/PATH", where)
	}
	prefix := strings.Trim(u.Path, "/")
	u.Path = ""
	bucket, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", where, err)
	}
	if prefix == "" {
		return bucket, nil
	}
	return blob.PrefixedBucket(bucket, prefix+"/"), nil
}
