package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yusuan/corpus"
	"yusuan/export"
)

// rebuildHelp tells of the flag --rebuild.
const rebuildHelp = "compare every file of the dataset with its hash, and write anew what is damaged or lost, manifest.json included"

// runHelp is what the help of the command run tells.
const runHelp = `Read files and folders into a Parquet dataset, new or existing.

A document that fails is named with its error, kept in the table documents,
and costs only itself: each is read in a worker process, which is ended when it
takes too much time or memory (--max-time, --max-memory).

What was read is kept in DATASET.results. Whatever ended a run, the same
command goes on from there, and nothing is read twice; Ctrl-C or SIGTERM
finishes the documents in hand and tells what is left, a second one stops at
once. "yusuan gc DATASET" removes what is no longer needed; without the folder
everything is read again.

While another process commits to the dataset, the commit waits (--lock-wait);
what was read is kept, whatever comes of that.

A dataset that yusuan link has linked is linked anew after every commit.

With --shard I/N a run reads its share of the documents and leaves the dataset
alone; when all N are through, "yusuan commit DATASET" writes it.

Before it is written to, a dataset is looked at: a file that is missing or has
changed is written anew from the results, and the documents that have none are
read again; a line tells of it. --rebuild compares every file with its hash, and
goes on where manifest.json is lost. A Parquet file in its folder that it did
not write, as a copy of a part, is named in a warning and left alone: remove it,
since who reads the tables by a pattern reads it too.

A catalogue (--catalog FILE) is a CSV file that says what is known of the files
from elsewhere: the columns path (relative to its folder or to an input), uri,
department, region_code, fiscal_year, kind (budget, final_account, other), any
of them but path left out. What it says wins over the documents. A mistake in it
fails the run (exit code 1), as does a list or a catalogue that cannot be read,
before anything is read or written.

` + inputHelp + `

Exit codes: 0 all good, 1 the run failed, 2 usage,
3 the run is whole but some documents failed, 130 interrupted.`

func runCommand() *cobra.Command {
	var dataset string
	var asJSON bool
	var shard string
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "run INPUT… -o DATASET",
		Short: "Read files and folders into a Parquet dataset",
		Long:  runHelp,
	}
	in.add(cmd)
	f := cmd.Flags()
	f.StringVarP(&dataset, "output", "o", "", "the dataset's folder")
	f.BoolVar(&asJSON, "json", false, "print one JSON object for each event")
	f.StringVar(&shard, "shard", "", "read the share I/N of the documents, without committing")
	w := workFlags(cmd)
	lockFlag(cmd, w.kept)
	f.BoolVar(&w.kept.Rebuild, "rebuild", false, rebuildHelp)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if dataset == "" {
			return usageError{fmt.Errorf("run: name the dataset's folder with -o")}
		}
		s, err := w.settings()
		if err != nil {
			return err
		}
		if s.Shard, err = parseShard(shard); err != nil {
			return err
		}
		inputs, err := in.read(cmd, args, &s)
		if err != nil {
			return err
		}
		if s.DropGone && shard != "" {
			return usageError{errors.New("run: --drop-gone with --shard: a shard commits nothing; run once more without it when all shards are committed")}
		}
		report := newReporter(cmd, asJSON)
		s.Hashed, s.Planned, s.Done, s.Waiting, s.Stray = report.hashed(), report.planned, report.done, report.waiting, report.stray
		sum, err := corpus.Run(cmd.Context(), inputs, dataset, s)
		return report.end(dataset, sum, err)
	}
	return cmd
}

// parseShard reads I/N; "" is all.
func parseShard(text string) (corpus.Shard, error) {
	if text == "" {
		return corpus.Shard{}, nil
	}
	i, n, _ := strings.Cut(text, "/")
	share, err := strconv.Atoi(i)
	all, err2 := strconv.Atoi(n)
	if err != nil || err2 != nil || share < 1 || share > all {
		return corpus.Shard{}, usageError{fmt.Errorf("--shard %s: use I/N, 1/N to N/N", text)}
	}
	return corpus.Shard{I: share, N: all}, nil
}

// readCatalog reads the catalogue that a flag names, if it names one.
func readCatalog(name string, into **corpus.Catalog) (err error) {
	if name != "" {
		*into, err = corpus.ReadCatalog(name)
	}
	return err
}

// reporter tells how a run goes: JSON events, or what a person reads.
type reporter struct {
	out, err io.Writer
	json     bool
	progress *progress // nil before the plan, and with JSON
	hashing  *hashing  // nil where nothing is hashed, and with JSON
	slowest  slowest
	strays   []export.Problem
}

func newReporter(cmd *cobra.Command, asJSON bool) *reporter {
	return &reporter{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), json: asJSON}
}

func (r *reporter) planned(documents int) {
	if r.json {
		r.event(map[string]any{"event": "planned", "documents": documents})
	} else {
		r.progress = newProgress(r.err, documents)
	}
}

func (r *reporter) done(o corpus.Outcome) {
	if !o.Reused {
		r.slowest.add(o)
	}
	if r.json {
		e := map[string]any{"event": "document", "uri": o.URI, "document_id": o.ID, "status": o.Status,
			"tables": o.Counts.Tables, "indicators": o.Counts.Indicators, "amounts": o.Counts.Amounts, "notes": o.Counts.Notes}
		if len(o.Also) > 0 {
			e["also"] = o.Also
		}
		if o.Err != nil {
			e["error_code"], e["error"] = o.Code, o.Err.Error()
		}
		r.event(e)
		return
	}
	r.progress.document(&o)
}

func (r *reporter) close() {
	if r.hashing != nil {
		r.hashing.clear()
	}
	if r.progress != nil {
		r.progress.finish()
	}
}

// end reports how a run went and returns the error that gives its exit code.
func (r *reporter) end(dataset string, sum *corpus.Summary, err error) error {
	r.close()
	var stopped *corpus.Interrupted
	if errors.As(err, &stopped) {
		return errors.Join(err, r.interrupted(dataset, stopped))
	}
	if err != nil {
		return err
	}
	if err := r.summary(dataset, sum); err != nil {
		return err
	}
	if sum.Failed > 0 {
		return errSomeFailed
	}
	return nil
}

// repaired tells of the files of the dataset that were damaged.
func (r *reporter) repaired(s *corpus.Summary) {
	for _, p := range s.Repaired {
		if r.json {
			r.event(map[string]any{"event": "repaired", "file": p.File, "check": p.Check, "message": p.Message})
			continue
		}
		fmt.Fprintf(r.err, "repaired: %s: %s [%s]; it was written anew\n", p.File, escaped(p.Message), p.Check)
	}
}

// stray keeps what a commit says of files that it did not write, until the
// progress is through.
func (r *reporter) stray(p export.Problem) { r.strays = append(r.strays, p) }

// tellStrays tells of files in the dataset's folder that are none of its own.
func (r *reporter) tellStrays() {
	for _, p := range r.strays {
		if r.json {
			r.event(map[string]any{"event": "warning", "file": p.File, "check": p.Check, "message": p.Message})
			continue
		}
		r.warn(fmt.Sprintf("%s: %s [%s]", shown(p.File), p.Message, p.Check))
	}
	r.strays = nil
}

// warn tells of something that did not stop the run.
func (r *reporter) warn(message string) {
	if r.json {
		r.event(map[string]any{"event": "warning", "message": message})
		return
	}
	fmt.Fprintf(r.err, "warning: %s\n", escaped(message))
}

// waiting tells that others are waited for, and whom.
func (r *reporter) waiting(held *export.LockedError) {
	if r.json {
		r.event(map[string]any{"event": "waiting", "pid": held.PID, "host": held.Host, "since": held.Since, "message": held.Error()})
	}
	fmt.Fprintf(r.err, "waiting: %v\n", held)
}

func (r *reporter) event(e map[string]any) {
	enc := json.NewEncoder(r.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(e) // a closed pipe ends the run by its signal
}
