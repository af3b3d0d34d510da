package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"yusuan/corpus"
)

func gcCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "gc DATASET",
		Short: "Remove results that the dataset no longer needs",
		Long: `Remove results that the dataset no longer needs: those of other versions of the
program, and those that later ones replaced. It waits for runs that are at work
with the dataset (--lock-wait), and they wait for it.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	s := keptFlags(cmd)
	lockFlag(cmd, s)
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if s.Build, err = build(); err != nil {
			return err
		}
		if err := checkLockWait(s); err != nil {
			return err
		}
		s.Waiting = newReporter(cmd, false).waiting
		swept, err := corpus.Gc(cmd.Context(), args[0], *s)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d results stay, %d bytes of %d\n", swept.Results, swept.After, swept.Before)
		return err
	}
	return cmd
}
