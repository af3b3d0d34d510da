package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

func watchCommand() *cobra.Command {
	var dataset string
	var asJSON bool
	var ws corpus.WatchSettings
	cmd := &cobra.Command{
		Use:   "watch FOLDER… -o DATASET",
		Short: "Read files into a dataset as they come into folders",
		Long: `Read files into a dataset as they come into folders, until Ctrl-C or SIGTERM.

A file is taken when two looks see it with the same size and time, and what was
taken is read and committed in intervals. Ctrl-C finishes the files in hand and
commits them, a second one stops at once. While another process has the dataset
or its results, what was taken waits for the next interval. For a folder that is full already, run is the better beginning.

Exit codes: 0 ended by Ctrl-C, 1 watching failed, 2 usage, 130 stopped at once.`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
	}
	f := cmd.Flags()
	f.StringVarP(&dataset, "output", "o", "", "the dataset's folder")
	f.BoolVar(&asJSON, "json", false, "print one JSON object for each event")
	f.DurationVar(&ws.Every, "every", 10*time.Minute, "the least time between two commits")
	f.DurationVar(&ws.Look, "look", 10*time.Second, "the time between two looks at the folders")
	w := workFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, folders []string) error {
		if dataset == "" {
			return usageError{fmt.Errorf("watch: name the dataset's folder with -o")}
		}
		if ws.Every <= 0 || ws.Look <= 0 {
			return usageError{fmt.Errorf("watch: --every and --look must be greater than 0")}
		}
		if err := checkNames(cmd, folders); err != nil {
			return err
		}
		s, err := w.settings()
		if err != nil {
			return err
		}
		report := newReporter(cmd, asJSON)
		s.Planned, s.Done, s.Stray = report.planned, report.done, report.stray
		ws.Committed = func(sum *corpus.Summary) { report.committed(dataset, sum) }
		err = corpus.Watch(cmd.Context(), folders, dataset, s, ws)
		report.close()
		return err
	}
	return cmd
}

// committed tells of one of several commits, and begins to count anew.
func (r *reporter) committed(dataset string, s *corpus.Summary) {
	r.close()
	if r.json {
		_ = r.summary(dataset, s) // events do not fail
	} else {
		r.repaired(s)
		r.tellStrays()
		fmt.Fprintf(r.out, "%s: committed %d documents: %d ok, %d partial, %d failed\n", dataset, s.Documents, s.OK, s.Partial, s.Failed)
	}
	r.progress, r.slowest = nil, nil
}
