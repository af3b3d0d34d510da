package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

func retryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retry DATASET",
		Short: "Read the documents that failed once more, with other limits",
		Long: `Read the documents of a dataset that failed once more, with the limits of the
flags, from where runs found them. What succeeds now stands for later runs.

Exit codes: 0 all good now, 1 the run failed, 2 usage, 3 some documents failed
again or are gone, 130 interrupted.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	asJSON := cmd.Flags().Bool("json", false, "print one JSON object for each event")
	w := workFlags(cmd)
	lockFlag(cmd, w.kept)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		s, err := w.settings()
		if err != nil {
			return err
		}
		report := newReporter(cmd, *asJSON)
		s.Planned, s.Done, s.Waiting, s.Stray = report.planned, report.done, report.waiting, report.stray
		sum, err := corpus.Retry(cmd.Context(), args[0], s)
		left := 0
		if err == nil {
			left = len(sum.LeftOut)
			for _, uri := range sum.LeftOut {
				report.warn(fmt.Sprintf("%s is gone or has changed; run with its input again", shown(uri)))
			}
			sum.LeftOut = nil
		}
		if err := report.end(args[0], sum, err); err != nil || left == 0 {
			return err
		}
		return errSomeFailed // what is gone failed before and still stands so
	}
	return cmd
}
