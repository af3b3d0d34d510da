package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"gocloud.dev/blob"
)

// runHelp is what the help of the command run tells.
const runHelp = `Read documents from object stores and disks into a dataset on an object store, or
in a folder, as "yusuan run" does with files:

  yusuan-cloud run s3://BUCKET/DOCUMENTS [INPUT…] -o s3://BUCKET/DATASET [FLAGS OF yusuan run]

An input is a URL (an object, or all objects below a path), or whatever an input of
yusuan run is. The objects are mirrored into a working folder: what is new or
changed is brought, what is gone is removed. The URI of a document is the one that
it would have on a disk: its path below the URL that was named, or the last name of
a single object. A flag may name an object, too, as --catalog=s3://BUCKET/FILE.csv;
lists of files hold no URLs. All flags but those below go to yusuan as they are; its
output is shown, and its exit code is that of this command.

A dataset on a store is brought first. What is published decides: a part in the
working folder counts only if it has the hash of the published manifest.json. Then
yusuan runs, and what it wrote is published, unless somebody else published
meanwhile: then theirs is brought and yusuan runs again, which reads nothing twice.
What yusuan keeps of the documents that it read lies in DATASET.results on the
store, too, so that another machine or a fresh container need not read them again;
without that folder everything is read again, and nothing else. (With --work-dir it
stays where that says.) With --shard a run adds to it and publishes nothing; one
without --shard publishes when all are through.

The working folder is --work, or one for each -o in the user's folder for caches.
It can be deleted at any time, unless a run is at work in it. --drop-gone tells what
is gone by the place in the working folder, which must therefore be of the same name
each time; a line tells if it is not.

Flags of this command:
      --work DIR         the working folder (default: USER'S CACHE/yusuan-cloud/…)
      --yusuan FILE      the program yusuan (default: beside this one, or in PATH)
      --wait DURATION    how long to wait for other publications and runs (default 10m0s)

Exit codes: those of yusuan run; 1 also if something cannot be brought or published.
A run with exit code 3 (some documents failed) is published.`

// defaultWait is how long others are waited for.
const defaultWait = 10 * time.Minute

// options are what every part of a run has to know.
type options struct {
	// wait is how long to wait for other publications and runs.
	wait time.Duration
	// say tells a person how it goes.
	say func(format string, args ...any)
	// stop has signals go to the child; see there.
	stop *stopper
}

// newOptions are the options of a command, which tells of itself on standard error:
// standard output is yusuan's.
func newOptions(cmd *cobra.Command, wait time.Duration, stop *stopper) options {
	out := cmd.ErrOrStderr()
	return options{wait, func(format string, args ...any) { fmt.Fprintf(out, "yusuan-cloud: "+format+"\n", args...) }, stop}
}

func runCommand(stop *stopper) *cobra.Command {
	return &cobra.Command{
		Use: "run INPUT… -o URL_OR_FOLDER", Short: "Read documents from object stores into a dataset on one", Long: runHelp,
		DisableFlagParsing: true, // all but a few are yusuan's
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := parseRequest(args)
			if err != nil {
				return err
			}
			if r.help {
				fmt.Fprintln(cmd.OutOrStdout(), runHelp)
				return nil
			}
			return (&job{request: r, o: newOptions(cmd, r.wait, stop), cmd: cmd}).run(cmd.Context())
		},
	}
}

// job is a run on its way.
type job struct {
	*request
	o      options
	cmd    *cobra.Command
	yusuan string
	folder string // the working folder
	out    *place // nil for a folder on the disk
}

func (j *job) run(ctx context.Context) (err error) {
	if isURL(j.output) {
		if j.out, err = parsePlace(j.output); err != nil {
			return usageError{err}
		}
		if j.out.path == "" {
			return usageError{fmt.Errorf("run: %s: name a path in the bucket, since the results are kept beside it", j.output)}
		}
	}
	if j.yusuan, err = j.findYusuan(exec.LookPath); err != nil {
		return err
	}
	if j.folder, err = j.workDir(); err != nil {
		return err
	}
	lock, err := j.lock(ctx)
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := j.mirror(ctx); err != nil {
		return err
	}
	if j.out == nil {
		return j.child(ctx)
	}
	if err := j.store(ctx); err != nil {
		var code exitError
		if errors.As(err, &code) {
			return err // yusuan has said it
		}
		return fmt.Errorf("%s: %w", j.output, err)
	}
	return nil
}

// lock keeps other runs out of the working folder.
func (j *job) lock(ctx context.Context) (*os.File, error) {
	if err := os.MkdirAll(j.folder, 0o755); err != nil {
		return nil, fmt.Errorf("the working folder cannot be made, name another with --work: %w", err)
	}
	name := filepath.Join(j.folder, "lock")
	for begin, told := time.Now(), false; ; {
		f, err := lockFile(name)
		if f != nil || err != nil {
			return f, err
		}
		if time.Since(begin) >= j.wait {
			return nil, fmt.Errorf("another run is at work in %s: wait for it (--wait), or name another folder with --work", j.folder)
		}
		if !told {
			told = true
			j.o.say("waiting: another run is at work in %s", j.folder)
		}
		if err := pause(ctx, leaseLook); err != nil {
			return nil, err
		}
	}
}

// mirror brings the inputs and puts their places in the working folder into the
// arguments.
func (j *job) mirror(ctx context.Context) error {
	for _, u := range j.at {
		local, said, err := mirror(ctx, j.folder, u.url, j.out)
		if err != nil {
			return err
		}
		j.o.say("%s", said)
		j.args[u.n] = u.head + local
	}
	return nil
}

// store runs yusuan on the working copy of the dataset and publishes that, until
// nobody else did meanwhile.
func (j *job) store(ctx context.Context) (err error) {
	bucket, err := j.out.open(ctx, "")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bucket.Close()) }()
	beside, err := j.out.open(ctx, resultsSuffix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, beside.Close()) }()
	dir := filepath.Join(j.folder, "dataset")
	j.args[j.outputAt] = j.outputHead + dir
	kept := &results{bucket: beside, dir: dir + resultsSuffix, work: j.folder, o: j.o}
	for range tries {
		err := j.once(ctx, newCheckout(bucket, dir, j.o), kept)
		if !errors.Is(err, errOvertaken) {
			return err
		}
		j.o.say("somebody else published meanwhile: theirs is brought, and yusuan runs again")
	}
	return fmt.Errorf("%w, %d times; what was read is kept: run again", errOvertaken, tries)
}

// once brings, runs and publishes.
func (j *job) once(ctx context.Context, c *checkout, kept *results) error {
	if err := c.bring(ctx); err != nil {
		return err
	}
	if !j.ownResults {
		work, err := kept.bring(ctx, c.base)
		if err != nil {
			return fmt.Errorf("the results cannot be brought: %w", err)
		}
		if j.dropGone && work != "" && work != j.folder {
			j.o.say("warning: earlier runs were at work in %s: what is gone since cannot be told in %s; use --work with one name", work, j.folder)
		}
	}
	ran := j.child(ctx)
	if !j.ownResults {
		// What was read is worth keeping whatever came of the run.
		if err := kept.save(context.WithoutCancel(ctx)); err != nil {
			j.o.say("warning: the results stay in %s, since they cannot be kept on the store: %v", kept.dir, err)
		}
	}
	if !through(ran) {
		return ran
	}
	if err := j.publish(ctx, c, kept); err != nil {
		return err
	}
	return ran
}

// publish publishes what the run left, and keeps the plan that belongs to it.
func (j *job) publish(ctx context.Context, c *checkout, kept *results) error {
	pending, err := c.pending()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(c.index.dir, manifestName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	plan := func(ctx context.Context) error {
		if j.ownResults {
			return nil
		}
		return kept.savePlan(ctx, data)
	}
	if !pending {
		if c.base != nil {
			j.o.say("%s: nothing to publish", j.output)
		}
		return plan(ctx)
	}
	said, err := c.publish(ctx, plan)
	if err != nil {
		return err
	}
	j.o.say("%s: %s", j.output, said)
	if j.ownResults {
		return nil
	}
	return kept.keepPlan(ctx, data)
}

// through tells whether a run is whole: some of its documents may have failed.
func through(err error) bool {
	var code exitError
	return err == nil || errors.As(err, &code) && code == exitSomeFailed
}

// child runs yusuan to its end. The signals that come meanwhile are its own: it
// ends in order after one, so that a context that ends does not end it.
func (j *job) child(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cmd := exec.Command(j.yusuan, slices.Concat([]string{"run"}, j.args)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = j.cmd.InOrStdin(), j.cmd.OutOrStdout(), j.cmd.ErrOrStderr()
	cmd.SysProcAttr = apart()
	err := j.o.stop.run(cmd)
	var ended *exec.ExitError
	if errors.As(err, &ended) && ended.ExitCode() > 0 {
		return exitError(ended.ExitCode())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", j.yusuan, err)
	}
	return nil
}

// withBucket opens what a URL names, does something with it and a folder, and
// prints what that says.
func withBucket(cmd *cobra.Command, where string, do func(context.Context, *blob.Bucket) (string, error)) error {
	p, err := parsePlace(where)
	if err != nil {
		return usageError{err}
	}
	bucket, err := p.open(cmd.Context(), "")
	if err != nil {
		return err
	}
	said, err := do(cmd.Context(), bucket)
	if err != nil {
		err = fmt.Errorf("%s: %w", where, err)
	} else {
		_, err = fmt.Fprintln(cmd.OutOrStdout(), said)
	}
	if closing := bucket.Close(); err == nil {
		err = closing
	}
	return err
}
