// Command score holds what yusuan reads of real documents, and what other tools
// read of them, against what people wrote down about these documents.
//
//	go run -tags ne ./corpus/score [flags] [DOCUMENT…]
//
// The documents and the truth are in a folder beside the repository, or in any
// folder that is laid out like it (--corpus). DOCUMENT is a part of a path; only
// documents with one of them are scored, in all of their formats.
//
// Metrics, each n of m:
//
//	read              the document could be read
//	cells_f1          filled cells: in the predicted table at the place of the true one (that whose cells share most text, on the same
//	                  pages where pages are known, one to one), same row, column, spans and text, blanks ignored; 2·found of wanted + predicted
//	cells_precision   found of predicted, in tables that are none, too
//	cells_recall      found of wanted
//	tables_whole      tables with the same cells, empty ones included
//	tables.COLUMN     form, title, number, unit, header rows of the true tables
//	row_cells_f1      filled cells by row and text, for truth without columns
//	text_recall       texts of the truth that stand in the text
//	lines_f1          budget lines as a multiset of form, code, name, last part of the measure, yuan
//	KIND.rows         records found, in order; KIND is projects, indicators, organizations or assets
//	KIND.COLUMN       records of which the column is equal
//	narrative         amounts in sentences: metric, base value, unit, comparator and change
//	narrative_values  the same whatever the metric is called
//	narrative_precision  amounts that the truth has, where it lists all
//	narrative_limits  limits of definitions that were not taken for amounts
//	identity          fields that say whose the disclosure is
//	same_records      records equal to those of the first format of the same disclosure
//
// The scores are written to out/scores.tsv and compared with the committed ones:
// corpus/scores.tsv, or scores.tsv in another corpus if there is one. Exit codes:
// 0 no score dropped, 1 one dropped or vanished or the run failed, 2 usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/normalize"
)

// defaultCorpus is where the real documents are, beside the repository, and
// committed the file with the scores of that corpus.
const (
	defaultCorpus = "../shared/corpus"
	committed     = "corpus/scores.tsv"
)

// errDropped ends a run in which a score dropped; it was printed.
var errDropped = errors.New("scores dropped: mend it, or if it is meant to be so, rewrite the committed scores with --update and say why")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// settings are the flags and arguments.
type settings struct {
	corpus, tables, scores, out string
	json, diff, update          bool
	// parts choose documents by a part of their path; all if there are none.
	parts []string
}

// run is the program; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var s settings
	flags := flag.NewFlagSet("score", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.corpus, "corpus", defaultCorpus, "the folder with documents and truth")
	flags.StringVar(&s.tables, "tables", "", "a folder TOOL/DOCUMENT.json with what other tools gave")
	flags.StringVar(&s.scores, "scores", "", "the committed scores to compare with (corpus/scores.tsv, or scores.tsv of another corpus)")
	flags.StringVar(&s.out, "o", "out/scores.tsv", "where to write the scores")
	flags.BoolVar(&s.json, "json", false, "print the scores as JSON")
	flags.BoolVar(&s.diff, "diff", false, "print what differs")
	flags.BoolVar(&s.update, "update", false, "rewrite the committed scores")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if s.parts = flags.Args(); s.update && len(s.parts) > 0 {
		fmt.Fprintln(stderr, "score: --update rewrites the scores of all documents: leave the names of documents out")
		return 2
	}
	if s.scores == "" {
		s.scores = filepath.Join(s.corpus, "scores.tsv")
		if s.isDefault() {
			s.scores = committed
		}
	}
	if err := s.score(ctx, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "score: %v\n", err)
		return 1
	}
	return 0
}

// isDefault tells whether the corpus is the one that need not be there.
func (s *settings) isDefault() bool { return filepath.Clean(s.corpus) == filepath.Clean(defaultCorpus) }

// score scores, prints, writes and compares.
func (s *settings) score(ctx context.Context, stdout, stderr io.Writer) error {
	if _, err := os.Stat(s.corpus); errors.Is(err, fs.ErrNotExist) && s.isDefault() {
		fmt.Fprintf(stderr, "score: skipped: %s is not here: the real documents are kept outside the repository\n", s.corpus)
		return nil
	}
	subjects, warnings, err := findSubjects(s.corpus)
	if err != nil {
		return err
	}
	for _, w := range warnings {
		fmt.Fprintf(stderr, "score: %s\n", w)
	}
	if subjects, err = s.chosen(subjects); err != nil {
		return err
	}
	mine, others, err := s.results(ctx, subjects)
	if err != nil {
		return err
	}
	if s.json {
		if err := printJSON(stdout, slices.Concat(mine, others)); err != nil {
			return err
		}
		stdout = stderr // keep the JSON whole
	} else {
		all := slices.Concat(mine, others)
		slices.SortStableFunc(all, func(a, b *result) int { return strings.Compare(a.document, b.document) })
		printTable(stdout, all)
		printImperfect(stdout, mine)
		if s.diff {
			printDifferences(stdout, all)
		}
	}
	rows := rowsOf(mine)
	if err := writeRows(s.out, rows); err != nil {
		return err
	}
	return s.compare(stdout, subjects, rows)
}

// compare holds the scores against the committed ones, or rewrites these.
func (s *settings) compare(stdout io.Writer, subjects []*subject, rows []row) error {
	old, err := readRows(s.scores)
	if errors.Is(err, fs.ErrNotExist) && !s.update {
		fmt.Fprintf(stdout, "\nnothing to compare with: %s is not there (--update writes it)\n", s.scores)
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fmt.Fprintf(stdout, "\ncompared with %s:\n", s.scores)
	c := comparison{out: stdout, there: func(document string) bool {
		return slices.ContainsFunc(subjects, func(x *subject) bool { return x.document == document })
	}}
	good := c.compare(old, rows)
	if s.update {
		fmt.Fprintf(stdout, "%d scores written to %s\n", len(rows), s.scores)
		return writeRows(s.scores, rows)
	}
	if !good {
		return errDropped
	}
	fmt.Fprintln(stdout, "no score dropped")
	return nil
}

// chosen returns the documents that were asked for, each in all of its formats:
// these are held against each other. Scores of nothing would be no proof of
// anything, so it is an error if there are none.
func (s *settings) chosen(subjects []*subject) ([]*subject, error) {
	if len(subjects) == 0 {
		return nil, fmt.Errorf("%s: no document with truth in it: put X.truth.json beside a document X, or check the path", s.corpus)
	}
	if len(s.parts) == 0 {
		return subjects, nil
	}
	wanted := map[string]bool{}
	for _, x := range subjects {
		if slices.ContainsFunc(s.parts, func(part string) bool { return strings.Contains(x.document, part) }) {
			wanted[x.disclosure] = true
		}
	}
	out := slices.DeleteFunc(slices.Clone(subjects), func(x *subject) bool { return !wanted[x.disclosure] })
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no document with truth has %s in its path", s.corpus, strings.Join(s.parts, " or "))
	}
	return out, nil
}

// results scores this program and the other tools on the chosen documents.
func (s *settings) results(ctx context.Context, subjects []*subject) (mine, others []*result, err error) {
	var tools []string
	if s.tables != "" {
		entries, err := os.ReadDir(s.tables)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range entries {
			if e.IsDir() {
				tools = append(tools, e.Name())
			}
		}
	}
	p := &reader{root: s.corpus, normalizer: normalize.New(), records: map[string]*firstFormat{}}
	for _, x := range subjects {
		r, err := p.score(ctx, x)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", x.document, err)
		}
		mine = append(mine, r)
		for _, tool := range tools {
			o, ok, err := readOutput(filepath.Join(s.tables, tool, filepath.FromSlash(x.document)+".json"))
			if err != nil {
				return nil, nil, err
			}
			if ok {
				others = append(others, scoreOutput(tool, x, o))
			}
		}
	}
	return mine, others, nil
}
