package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/export"
	"yusuan/export/ddl"
)

func ddlCommand() *cobra.Command {
	var dialect, location string
	names := strings.Join(ddl.Dialects(), ", ")
	cmd := &cobra.Command{
		Use:   "ddl DATASET --dialect NAME",
		Short: "Print the SQL statements with which a warehouse opens a dataset",
		Long: `Print CREATE statements with comments for all tables of a dataset:

  duckdb      views over the Parquet files
  spark       external tables with partitions by fiscal_year
  clickhouse  views over the Parquet files
  postgres    tables, and how to fill them
  bigquery    external tables over Cloud Storage (with --location gs://…)

  yusuan ddl DATASET --dialect duckdb > views.sql

The statements hold the absolute path of the dataset; where the warehouse finds
it elsewhere, say so with --location PATH or --location URL.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().StringVar(&dialect, "dialect", "", "the warehouse: "+names)
	cmd.Flags().StringVar(&location, "location", "", "where the warehouse finds the dataset: a path, or the URL of a folder (default: its absolute path)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(ddl.Dialects(), dialect) {
			return usageError{fmt.Errorf("--dialect %q: use one of %s", dialect, names)}
		}
		m, err := export.ReadManifest(args[0])
		if err != nil {
			return err
		}
		path, err := filepath.Abs(args[0])
		if err != nil {
			return err
		}
		script, err := ddl.Script(ddl.Source{Manifest: m, Location: cmp.Or(location, filepath.ToSlash(path))}, dialect)
		if errors.Is(err, ddl.ErrLocation) {
			return usageError{err}
		}
		if err != nil {
			return err
		}
		_, err = io.WriteString(cmd.OutOrStdout(), script)
		return err
	}
	return cmd
}
