package main

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
)

// stopper hands Ctrl-C and SIGTERM on: the first ends the context, a second one
// the program at once; while yusuan runs each goes to it, and it ends in its own
// way.
type stopper struct {
	mu    sync.Mutex
	child *os.Process
	count int
	end   context.CancelFunc
}

// newStopper begins to listen, and returns the context that ends.
func newStopper() (*stopper, context.Context) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &stopper{end: cancel}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for sig := range signals {
			s.got(sig)
		}
	}()
	return s, ctx
}

func (s *stopper) got(sig os.Signal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	s.end()
	switch {
	case s.child != nil:
		_ = s.child.Signal(sig) // it may be at its end
	case s.count > 1:
		os.Exit(exitInterrupted)
	}
}

// run runs a command to its end, with all signals.
func (s *stopper) run(cmd *exec.Cmd) error {
	s.mu.Lock()
	err := cmd.Start()
	if err == nil {
		s.child = cmd.Process
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	err = cmd.Wait()
	s.mu.Lock()
	s.child = nil
	s.mu.Unlock()
	return err
}
