package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/export"
)

func statusCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status DATASET",
		Short: "Tell what a dataset holds",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o, err := export.Summarize(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if asJSON {
			return printJSON(cmd.OutOrStdout(), o)
		}
		return printOverview(cmd.OutOrStdout(), o)
	}
	return cmd
}

// printOverview prints an overview for a person.
func printOverview(out io.Writer, o *export.Overview) error {
	var b strings.Builder
	b.WriteString("documents\n")
	line(&b, "in all", o.Documents)
	group(&b, "by status", o.Status)
	group(&b, "failed, by error code", o.Errors)
	group(&b, "by fiscal year", o.Years)
	group(&b, "by kind", o.Kinds)
	group(&b, "by format", o.Formats)
	group(&b, "by pipeline", o.Pipelines)
	b.WriteString("tables, with rows, files and bytes\n")
	for _, t := range o.Tables {
		fmt.Fprintf(&b, "%9d  %-13s %6d %12d\n", t.Rows, t.Name, t.Files, t.Bytes)
	}
	fmt.Fprintf(&b, "schema %s, buckets %d, last committed by %s\n", o.Schema, o.Buckets, o.Pipeline)
	if o.Linked {
		b.WriteString(map[bool]string{false: "the links are up to date\n", true: "the links are of other documents: yusuan link brings them up to date\n"}[o.LinksStale])
	}
	switch {
	case o.Interrupted:
		b.WriteString("a commit was begun and has not ended; unless one is under way, the next run ends it\n")
	case !o.Whole:
		b.WriteString("the last commit was not whole: run it again\n")
	default:
		b.WriteString("the last commit was whole\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// adviceTSV says what to do about each error code, a line each: the code, words
// of the message that the line is for, and the advice, with tabs between.
//
//go:embed advice.tsv
var adviceTSV string

// advice says what to do about documents that failed with a code and, if words
// is not "", a message with these words.
type advice struct{ code, words, text string }

// allAdvice is the advice, for a code the most special first.
func allAdvice() []advice {
	const columns = 3
	var out []advice
	for line := range strings.Lines(adviceTSV) {
		if c := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(c) == columns && !strings.HasPrefix(line, "#") {
			out = append(out, advice{c[0], c[1], c[2]})
		}
	}
	return out
}

// adviceFor is what to do about a failure, "" if nobody knows.
func adviceFor(all []advice, code, message string) string {
	for _, a := range all {
		if a.code == code && strings.Contains(message, a.words) {
			return a.text
		}
	}
	return ""
}

// failure is a document that failed, with what to do.
type failure struct {
	File       string `json:"file"`
	DocumentID string `json:"document_id"`
	Code       string `json:"error_code"`
	Message    string `json:"error"`
	Advice     string `json:"what_to_do"`
}

func errorsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "errors DATASET",
		Short: "List the documents of a dataset that failed, why, and what to do",
		Args:  usageArgs(cobra.ExactArgs(1)),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object for each document")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		out, known, failed := cmd.OutOrStdout(), allAdvice(), 0
		err := export.Documents(cmd.Context(), args[0], func(d export.Document) error {
			if d.ErrorCode == "" {
				return nil
			}
			failed++
			// The message of an error begins with the file, whose name says nothing.
			message := strings.TrimPrefix(d.Error, d.URI+": ")
			f := failure{File: d.URI, DocumentID: d.ID, Code: d.ErrorCode, Message: d.Error, Advice: adviceFor(known, d.ErrorCode, message)}
			if asJSON {
				return printJSON(out, f)
			}
			_, err := fmt.Fprintf(out, "%s: %s [%s]\n    %s\n", shown(f.File), escaped(message), f.Code, f.Advice)
			return err
		})
		if err == nil && failed == 0 && !asJSON {
			_, err = fmt.Fprintln(out, "no document failed")
		}
		return err
	}
	return cmd
}
