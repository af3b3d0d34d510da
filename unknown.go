package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/extract/document"
	"yusuan/normalize"
	"yusuan/normalize/record"
)

// unknownText is what the vocabularies do not know, over all files.
type unknownText struct {
	kind, text string
	count      int
	// example is the first place where it stands.
	example string
}

// listUnknown prints what the vocabularies do not know of some files: kind,
// count, text and an example place, apart by tabs, the most frequent of a kind
// first. A file that cannot be read is named on standard error and costs only
// itself.
func listUnknown(cmd *cobra.Command, files []string, limits document.Limits, output string) error {
	n := normalize.New()
	found := map[[2]string]*unknownText{}
	failed := 0
	for _, file := range files {
		doc, err := readDocument(cmd.Context(), file, limits)
		if err != nil {
			if cmd.Context().Err() != nil {
				return err
			}
			failed++
			fmt.Fprintf(cmd.ErrOrStderr(), "yusuan: %s\n", shownError(err))
			continue
		}
		for _, u := range normalize.Unknowns(n.Document(doc)) {
			k := [2]string{u.Kind, u.Text}
			if found[k] == nil {
				found[k] = &unknownText{kind: u.Kind, text: u.Text, example: shown(file) + " " + placeText(u.Origin)}
			}
			found[k].count++
		}
	}
	list := make([]*unknownText, 0, len(found))
	for _, u := range found {
		list = append(list, u)
	}
	slices.SortFunc(list, func(a, b *unknownText) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
	})
	err := writeOutput(cmd, output, func(w io.Writer) error {
		for _, u := range list {
			if _, err := fmt.Fprintf(w, "%s\t%d\t%s\t%s\n", u.kind, u.count, u.text, u.example); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && failed > 0 {
		return errSomeFailed
	}
	return err
}

// placeText prints a place: page 3 table 2 row 5 column 1, numbers as in the
// dataset.
func placeText(o record.Origin) string {
	var parts []string
	for _, p := range []struct {
		name  string
		n     int
		there bool
	}{{"page", o.Page, o.Page > 0}, {"table", o.Table, o.Table > 0}, {"row", o.Row, o.Row >= 0}, {"column", o.Col, o.Col >= 0}} {
		if p.there {
			parts = append(parts, p.name, strconv.Itoa(p.n))
		}
	}
	return strings.Join(parts, " ")
}
