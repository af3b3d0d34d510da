package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// request is the command line of run: flags of this program, and all others,
// which yusuan gets as they are.
type request struct {
	// args are those for yusuan, in their order. Those that hold a URL are
	// replaced later: at are their numbers, with what stands before the URL.
	args []string
	at   []urlAt
	// output is the dataset, at args[outputAt] behind outputHead.
	output     string
	outputAt   int
	outputHead string
	// work, yusuan and wait are the flags of this program.
	work, yusuan string
	wait         time.Duration
	// ownResults tells that yusuan is told where its results are, dropGone that
	// it drops what is gone.
	ownResults, dropGone bool
	help                 bool
}

// urlAt is the place of a URL among the arguments: "--catalog=s3://…" has a head.
type urlAt struct {
	n         int
	head, url string
}

// parseRequest takes the command line of run apart. The flags of yusuan run are
// not known here: a URL is told by its looks, wherever it stands.
func parseRequest(args []string) (*request, error) {
	r := &request{outputAt: -1, wait: defaultWait}
	flags := true
	for i := 0; i < len(args); i++ {
		a := args[i]
		name, value, joined := strings.Cut(a, "=")
		next := func() (string, error) {
			if joined {
				return value, nil
			}
			if i++; i >= len(args) {
				return "", usageError{fmt.Errorf("run: %s needs a value behind it", name)}
			}
			return args[i], nil
		}
		flags = flags && a != "--"
		ours := false
		if flags {
			var err error
			if ours, err = r.takeFlag(a, name, next); err != nil {
				return nil, err
			}
		}
		if !ours {
			r.takeOther(a, flags)
		}
	}
	if r.help {
		return r, nil
	}
	return r, r.check()
}

// takeFlag takes a flag if it is one of this program, and notes those of yusuan
// that matter to it.
func (r *request) takeFlag(a, name string, next func() (string, error)) (ours bool, err error) {
	switch {
	case name == "--output" || strings.HasPrefix(a, "-o"):
		return true, r.takeOutput(a, next)
	case name == "--work" || name == "--yusuan" || name == "--wait":
		return true, r.takeOwn(name, next)
	case a == "-h" || a == "--help":
		r.help = true
		return true, nil
	case name == "--work-dir":
		r.ownResults = true
	case a == "--drop-gone" || a == "--drop-gone=true":
		r.dropGone = true
	}
	return false, nil
}

// takeOutput takes -o in all its forms: -o X, -oX, -o=X, --output X, --output=X.
func (r *request) takeOutput(a string, next func() (string, error)) (err error) {
	switch {
	case strings.HasPrefix(a, "--") || a == "-o":
		r.output, err = next()
	default:
		r.output = strings.TrimPrefix(strings.TrimPrefix(a, "-o"), "=")
	}
	r.outputHead, r.outputAt = "--output=", len(r.args)
	r.args = append(r.args, r.outputHead+r.output)
	return err
}

func (r *request) takeOwn(name string, next func() (string, error)) error {
	value, err := next()
	if err != nil {
		return err
	}
	switch name {
	case "--work":
		r.work = value
	case "--yusuan":
		r.yusuan = value
	default:
		if r.wait, err = time.ParseDuration(value); err != nil {
			return usageError{fmt.Errorf("run: --wait %s: use a duration such as 10m, 0 for not at all", value)}
		}
	}
	return nil
}

func (r *request) takeOther(a string, flags bool) {
	head, url := "", a
	if flags && strings.HasPrefix(a, "--") {
		if name, value, ok := strings.Cut(a, "="); ok {
			head, url = name+"=", value
		}
	}
	if isURL(url) {
		r.at = append(r.at, urlAt{len(r.args), head, url})
	}
	r.args = append(r.args, a)
}

func (r *request) check() error {
	switch {
	case r.outputAt < 0 || r.output == "":
		return usageError{fmt.Errorf("run: name the dataset with -o, a URL or a folder")}
	case len(r.at) == 0 && !isURL(r.output):
		return usageError{fmt.Errorf(`run: nothing of this is on an object store; "yusuan run" does the same`)}
	}
	return nil
}

// workDir is the working folder: the one that was named, or one of the user's
// that is the same for every run into one dataset.
func (r *request) workDir() (string, error) {
	if r.work != "" {
		return filepath.Abs(r.work)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no folder for what is worked on, name one with --work: %w", err)
	}
	whole := strings.TrimRight(r.output, "/")
	if !isURL(whole) {
		if whole, err = filepath.Abs(whole); err != nil {
			return "", err
		}
	}
	part, _, _ := strings.Cut(whole, "?")
	return filepath.Join(cache, "yusuan-cloud", stableName(whole, filepath.Base(part))), nil
}

// findYusuan finds the program: the one that was named, one beside this program,
// or one in PATH.
func (r *request) findYusuan(lookPath func(string) (string, error)) (string, error) {
	if r.yusuan != "" {
		return lookPath(r.yusuan)
	}
	if self, err := os.Executable(); err == nil {
		if name, err := lookPath(filepath.Join(filepath.Dir(self), "yusuan")); err == nil {
			return name, nil
		}
	}
	name, err := lookPath("yusuan")
	if err != nil {
		return "", fmt.Errorf("yusuan is neither beside yusuan-cloud nor in PATH: name it with --yusuan: %w", err)
	}
	return name, nil
}
