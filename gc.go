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
program, and those that later ones replaced. Not to be used while another
process works on the dataset.`,
		Args: usageArgs(cobra.ExactArgs(1)),
	}
	s := keptFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if s.Build, err = build(); err != nil {
			return err
		}
		swept, err := corpus.Gc(args[0], *s)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d results stay, %d bytes of %d\n", swept.Results, swept.After, swept.Before)
		return err
	}
	return cmd
}
