package corpus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"yusuan/export"
)

// waitEvery is how often a lock that others have is tried again.
const waitEvery = 200 * time.Millisecond

// await tries until what is tried is no longer locked by others, for as long as
// the settings say, and tells once that it waits, and for whom.
func (s *Settings) await(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(s.LockWait)
	told := false
	for {
		err := try()
		var held *export.LockedError
		if !errors.As(err, &held) {
			return err
		}
		left := time.Until(deadline)
		if left <= 0 {
			return err
		}
		if !told && s.Waiting != nil {
			s.Waiting(held)
		}
		told = true
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(left, waitEvery)):
		}
	}
}

// A claim is a hold on a folder of results: many may add to it at the same
// time, and who removes something from it has it alone. It is one of the
// operating system's, on a file of the folder, and ends with its holder, however
// that ends.
type claim struct{ f *os.File }

// claimName is the file of the claims.
const claimName = "claim.lock"

// errClaimed says that others have a claim that does not go with one's own.
var errClaimed = errors.New("claimed")

// claimant is the one that last had a claim, as the file says in JSON. Of many
// at the same time it is one.
type claimant struct {
	PID   int    `json:"pid"`
	Host  string `json:"host"`
	Since string `json:"since"` // RFC 3339
}

// claim waits for a claim on the folder of results of a dataset, which is made
// if it is not there.
func (s *Settings) claim(ctx context.Context, dir string, alone bool) (*claim, error) {
	results := s.resultsDir(dir)
	if err := os.MkdirAll(results, 0o755); err != nil {
		return nil, fmt.Errorf("the folder for results cannot be made, name another with --work-dir: %w", err)
	}
	var c *claim
	err := s.await(ctx, func() error {
		f, err := lockClaim(filepath.Join(results, claimName), alone)
		if errors.Is(err, errClaimed) {
			return claimed(results, alone)
		}
		if err != nil {
			return fmt.Errorf("the folder of results cannot be locked: %w", err)
		}
		c = &claim{f}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := c.sign(); err != nil {
		return nil, errors.Join(fmt.Errorf("the folder of results cannot be locked: %w", err), c.release())
	}
	return c, nil
}

// claimed is the error that says who has a claim.
func claimed(results string, alone bool) error {
	what := "its results are being cleared up (gc)"
	if alone {
		what = "a run, a shard or a watch is at work with its results"
	}
	var h claimant
	data, err := os.ReadFile(filepath.Join(results, claimName))
	if err != nil || json.Unmarshal(data, &h) != nil {
		return &export.LockedError{Message: fmt.Sprintf("%s in %s; try again when it has ended", what, results)}
	}
	return &export.LockedError{PID: h.PID, Host: h.Host, Since: h.Since,
		Message: fmt.Sprintf("%s in %s: process %d on %s, since %s; try again when it has ended", what, results, h.PID, h.Host, h.Since)}
}

// sign writes who has the claim into its file.
func (c *claim) sign() error {
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	data, err := json.Marshal(claimant{os.Getpid(), host, time.Now().Format(time.RFC3339)})
	if err != nil {
		return err
	}
	if _, err := c.f.WriteAt(data, 0); err != nil {
		return err
	}
	return c.f.Truncate(int64(len(data)))
}

// release ends the claim. The file stays: others may wait for it.
func (c *claim) release() error { return c.f.Close() }
