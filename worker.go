package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"yusuan/corpus"
	"yusuan/extract/document"
)

// workerCommand is what a run starts for itself; nobody else has a use for it.
func workerCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "worker",
		Short:  "Read documents for a run (started by it)",
		Hidden: true,
		Args:   usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return corpus.Work(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

// keptFlags are the flags that say where and of which build results are.
func keptFlags(cmd *cobra.Command) *corpus.Settings {
	s := &corpus.Settings{Pipeline: "yusuan/" + version}
	cmd.Flags().StringVar(&s.WorkDir, "work-dir", "", "the folder of what was read of the documents (default: DATASET.results)")
	return s
}

// lockWait is how long commands wait for others.
const lockWait = 10 * time.Minute

// lockFlag adds the flag that says how long to wait for others.
func lockFlag(cmd *cobra.Command, s *corpus.Settings) {
	cmd.Flags().DurationVar(&s.LockWait, "lock-wait", lockWait, "how long to wait for another process that has the dataset or its results (0: fail at once)")
}

// checkLockWait refuses a wait that there is not.
func checkLockWait(s *corpus.Settings) error {
	if s.LockWait < 0 {
		return usageError{errors.New("--lock-wait cannot be negative")}
	}
	return nil
}

// collectAt lets the heap of a run that leaves reading to its workers grow to
// one and a half times what is in use before it is collected. Its peak is the
// commit, where that saves a quarter of the memory for a few percent of the
// time.
const collectAt = 50

// work are the flags of commands that read documents into a dataset.
type work struct {
	cmd       *cobra.Command
	kept      *corpus.Settings
	limits    *document.Limits
	inProcess bool
}

func workFlags(cmd *cobra.Command) *work {
	w := &work{cmd: cmd, kept: keptFlags(cmd), limits: limitFlags(cmd)}
	f := cmd.Flags()
	f.IntVar(&w.kept.Workers, "workers", 0, "how many documents at a time (0: one for each processor)")
	f.IntVar(&w.kept.Buckets, "buckets", 0, "parts of each table and year, fixed when the dataset is created (0: 1)")
	f.BoolVar(&w.inProcess, "in-process", false, "read in this process: a document that crashes it ends the run, --max-memory is not kept")
	return w
}

// settings checks the flags and makes them settings.
func (w *work) settings() (corpus.Settings, error) {
	s := *w.kept
	if s.Workers < 0 || s.Buckets < 0 {
		return s, usageError{errors.New("--workers and --buckets cannot be negative")}
	}
	if err := errors.Join(checkLimits(w.limits), checkLockWait(&s)); err != nil {
		return s, err
	}
	s.Limits = *w.limits
	exe, err := os.Executable()
	if err != nil {
		return s, err
	}
	if !w.inProcess {
		level, _ := w.cmd.Flags().GetString("log-level")
		s.Worker = []string{exe, "worker", "--log-level", level}
		if os.Getenv("GOGC") == "" {
			debug.SetGCPercent(collectAt)
		}
	}
	s.Build, err = build()
	return s, err
}

// build tells builds of one version apart: by the revision they were made from
// or, where that is not known or was changed, by the program itself. Shards of
// one dataset can then run on unlike machines.
func build() (string, error) {
	settings := map[string]string{}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			settings[s.Key] = s.Value
		}
	}
	if revision := settings["vcs.revision"]; revision != "" && settings["vcs.modified"] == "false" {
		return revision, nil
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(exe)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
