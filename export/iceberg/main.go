// Command yusuan-iceberg registers the committed files of a dataset as snapshots
// of tables in an Apache Iceberg catalog. It is a module of its own, because
// what Iceberg needs is several times the size of yusuan.
//
// A part of a dataset keeps its name when a commit replaces it, and a snapshot
// must not change under its readers. So every file gets a name by its SHA-256 in
// the warehouse, as a hard link where that is possible, which takes no space and
// stays what it was when the dataset moves on: earlier snapshots can be read as
// long as Iceberg keeps them. What a link turns out to hold is compared with the
// manifest, so that a dataset that is being committed to is noticed, not
// registered by halves.
//
// Each table is committed by itself, and only if its files changed; every
// snapshot names the manifest that it shows in its property yusuan.manifest, by
// which a reader of several tables can tell that they belong together. Whoever
// commits at the same time makes the catalog refuse one of the two, which then
// looks again at what is to be done. Columns that a table of an earlier schema
// lacks are added to it.
package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/apache/iceberg-go"
	"github.com/apache/iceberg-go/catalog"
	_ "github.com/apache/iceberg-go/catalog/rest" // the catalog behind http:// and https://
	_ "github.com/apache/iceberg-go/catalog/sql"  // the catalog in a database
	"github.com/spf13/cobra"
	_ "modernc.org/sqlite" // the database by default; no cgo
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command().ExecuteContext(ctx)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "yusuan-iceberg: %v\n", err)
		os.Exit(1)
	}
}

func command() *cobra.Command {
	var uri, warehouse, namespace string
	var properties map[string]string
	cmd := &cobra.Command{
		Use:   "yusuan-iceberg DATASET --warehouse FOLDER",
		Short: "Register the files of a dataset as snapshots in an Iceberg catalog",
		Long: `Register the committed files of a dataset in an Iceberg catalog: a table for each
table, partitioned by fiscal_year, with the comments of its columns. Run again
after a commit, it adds a snapshot to each table that changed.

The catalog is a SQLite file in the warehouse unless --catalog names another one:
sqlite:FILE, or http(s)://… for a REST catalog, which may want to know more:
--property token=…, --property warehouse=NAME. The warehouse is a local folder;
on the file system of the dataset its files are links and take no space.

Columns that the dataset has got since are added to tables that are there already;
earlier snapshots stay as they are. Any other change of a column is refused.`,
		Args: cobra.ExactArgs(1), SilenceUsage: true, SilenceErrors: true,
	}
	cmd.Flags().StringVar(&uri, "catalog", "", "the catalog: sqlite:FILE or the URL of a REST catalog (default: sqlite:WAREHOUSE/catalog.db)")
	cmd.Flags().StringVar(&warehouse, "warehouse", "", "the folder for data files and metadata")
	cmd.Flags().StringVar(&namespace, "namespace", "yusuan", "the namespace of the tables")
	cmd.Flags().StringToStringVar(&properties, "property", nil, "KEY=VALUE for the catalog's client, as Iceberg names it (repeatable)")
	_ = cmd.MarkFlagRequired("warehouse") // fails for an unknown flag only
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		folder, err := filepath.Abs(warehouse)
		if err != nil {
			return err
		}
		cat, err := openCatalog(cmd.Context(), uri, folder, properties)
		if err != nil {
			return err
		}
		if c, ok := cat.(catalog.Closer); ok {
			defer c.Close()
		}
		r := &registrar{catalog: cat, namespace: namespace, dataset: args[0], warehouse: folder}
		done, err := r.register(cmd.Context())
		for _, d := range done {
			fmt.Fprintln(cmd.OutOrStdout(), d)
		}
		return err
	}
	return cmd
}

// openCatalog opens the catalog of a URI, "" being SQLite in the warehouse. The
// properties are the user's, and win.
func openCatalog(ctx context.Context, uri, warehouse string, properties map[string]string) (catalog.Catalog, error) {
	if err := os.MkdirAll(warehouse, 0o755); err != nil {
		return nil, err
	}
	if uri == "" {
		uri = sqlitePrefix + filepath.Join(warehouse, "catalog.db")
	}
	props := iceberg.Properties{"uri": uri, "warehouse": "file://" + filepath.ToSlash(warehouse), "type": "rest"}
	if file, ok := cutSQLite(uri); ok {
		props["type"], props["sql.dialect"], props["sql.driver"] = "sql", "sqlite", "sqlite"
		// Others wait for a commit instead of failing at once.
		props["uri"] = "file:" + file + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)"
	}
	maps.Copy(props, properties)
	cat, err := catalog.Load(ctx, catalogName, props)
	if err != nil {
		return nil, fmt.Errorf("opening the catalog %s: %w", uri, err)
	}
	return cat, nil
}
