package main

import (
	"github.com/spf13/cobra"

	"yusuan/corpus"
)

func commitCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "commit DATASET",
		Short: "Write what runs with --shard have read into the dataset",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object for each event")
	buckets := cmd.Flags().Int("buckets", 0, "parts of each table and year, fixed when the dataset is created (0: 1)")
	s := keptFlags(cmd)
	lockFlag(cmd, s)
	cmd.Flags().BoolVar(&s.Rebuild, "rebuild", false, rebuildHelp)
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if s.Build, err = build(); err != nil {
			return err
		}
		if err := checkLockWait(s); err != nil {
			return err
		}
		s.Buckets = *buckets
		report := newReporter(cmd, *asJSON)
		s.Waiting, s.Stray = report.waiting, report.stray
		sum, err := corpus.Commit(cmd.Context(), args[0], *s)
		return report.end(args[0], sum, err)
	}
	return cmd
}
