package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus"
	"yusuan/corpus/link"
	"yusuan/export"
)

// linkHelp is what the help of the command link tells.
const linkHelp = `Find what is the same across the documents and years of a dataset, and write it
into its tables entities and links: departments and units (renamed, abbreviated,
as a whole or by themselves), projects, indicators, and accounts. What is not
certain is a row of links with the status "proposal". From then on run, commit
and retry keep both tables up to date.

--links FILE.csv holds decisions that win over all: the columns decision (same,
different), type (department, unit, project, indicator, account), a, b, note. a
and b are entity ids, or what is printed with | in between: region code|name of
departments and units; region code|department|name or code of projects, with the
unit before the name where several have one; region code|department|project|name
of indicators, with level 2, or levels 1 and 2, before the name; classification|
code or classification|code|name of accounts. What is the same is one, and what
differs from one name of it differs from all; only what is of one department, an
indicator of one project, can be one.
A warning tells of a decision that cannot be followed, such as one that names
several projects of one document. They are kept in the
dataset until other ones are given; a file of the header alone removes them.

While another process commits to the dataset, linking waits (--lock-wait).

Exit codes: 0 all good, 1 it failed, 2 usage.`

func linkCommand() *cobra.Command {
	var file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "link DATASET",
		Short: "Find the same departments, projects, indicators and accounts across documents and years",
		Long:  linkHelp,
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().StringVar(&file, "links", "", "a CSV file of decisions: same or different")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	s := keptFlags(cmd)
	lockFlag(cmd, s)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkLockWait(s); err != nil {
			return err
		}
		var decisions []export.Decision
		if file != "" {
			var err error
			if decisions, err = link.ReadDecisions(file); err != nil {
				return err
			}
		}
		s.Waiting = newReporter(cmd, false).waiting
		sum, err := corpus.Link(cmd.Context(), args[0], decisions, *s)
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(cmd.OutOrStdout(), sum)
		}
		for _, p := range sum.Repaired {
			fmt.Fprintf(cmd.ErrOrStderr(), "repaired: %s: %s [%s]; it was written anew, ids that only it knew are others now\n", p.File, p.Message, p.Check)
		}
		for _, u := range sum.Unfollowed {
			fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s\n", strings.TrimPrefix(file+": "+u, ": "))
		}
		var b strings.Builder
		group(&b, "entities", sum.Entities)
		group(&b, "links, by type", sum.Links)
		group(&b, "links, by method", sum.Methods)
		group(&b, "proposals (links with the status "+export.StatusProposal+"), by type", sum.Proposals)
		_, err = fmt.Fprintf(cmd.OutOrStdout(), "%sdataset: %s\n", b.String(), args[0])
		return err
	}
	return cmd
}
