package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"
)

// errLocked means that another publication is under way, or died.
var errLocked = errors.New("another publication is under way")

// How long a lock lives without a sign of life of its holder, how often the
// holder gives one, and how often others look. Tests make them shorter.
var (
	leaseLife  = 2 * time.Minute
	leaseRenew = 20 * time.Second
	leaseLook  = 2 * time.Second
)

// lease is the lock of a dataset on a store: an object that only one can make.
// A store does not take away what a dead process held, so that the holder writes
// the object anew again and again; one that stays as it is for leaseLife, by the
// clock of whoever waits, is a dead holder's. Deleting it and making another are
// two steps, between which a second taker may come: who has the lock looks
// whether it is still its own before it decides anything.
type lease struct {
	bucket *blob.Bucket
	sign   []byte
	stop   context.CancelFunc
	done   sync.WaitGroup
}

// takeLease makes the lock. Another's is waited for, and told of once.
func takeLease(ctx context.Context, bucket *blob.Bucket, o options) (*lease, error) {
	host, _ := os.Hostname()
	l := &lease{bucket: bucket, sign: fmt.Appendf(nil, "process %d on %s since %s, %s",
		os.Getpid(), host, time.Now().UTC().Format(time.RFC3339), rand.Text())}
	w := &waiter{o: o, begin: time.Now()}
	for {
		err := putNew(ctx, bucket, lockName, l.sign)
		if err != nil && !refused(err) {
			return nil, fmt.Errorf("the lock %s cannot be made: %w", lockName, err)
		}
		now := l.sign
		if err != nil {
			now, err = bucket.ReadAll(ctx, lockName)
		}
		if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return nil, fmt.Errorf("the lock %s cannot be read: %w", lockName, err)
		}
		// It is this one's, too, if the answer to a first asking was lost.
		if bytes.Equal(now, l.sign) {
			l.keep(ctx)
			return l, nil
		}
		dead, err := w.look(now)
		if err == nil && dead {
			err = remove(ctx, bucket, lockName)
		} else if err == nil {
			err = pause(ctx, leaseLook)
		}
		if err != nil {
			return nil, err
		}
	}
}

// waiter waits for the holder of a lock.
type waiter struct {
	o     options
	begin time.Time
	// seen is what the lock said last, and since when.
	seen  []byte
	since time.Time
}

// look looks at a lock, "" if it was given back just now, and tells whether its
// holder is dead. The error is that it was waited for long enough.
func (w *waiter) look(now []byte) (dead bool, err error) {
	if w.seen == nil && w.o.wait > 0 {
		w.o.say("waiting: another publication is under way: %s", holder(now))
	}
	if w.seen == nil || !bytes.Equal(now, w.seen) {
		w.seen, w.since = append([]byte{}, now...), time.Now()
	}
	if len(now) > 0 && time.Since(w.since) >= leaseLife {
		w.o.say("warning: the lock %s is a dead publication's, without a sign of life for %v, and was taken away: %s", lockName, leaseLife, holder(now))
		return true, nil
	}
	if time.Since(w.begin) >= w.o.wait {
		return false, fmt.Errorf("%w: %s; wait for it (--wait; a dead one is noticed after %v), or, if it is sure to be dead, delete the object %s",
			errLocked, holder(now), leaseLife, lockName)
	}
	return false, nil
}

// refused tells that a conditional write found the object there, or being
// written.
func refused(err error) bool {
	return gcerrors.Code(err) == gcerrors.FailedPrecondition || strings.Contains(err.Error(), "ConditionalRequestConflict")
}

// holder is what a lock says of who has it, for people.
func holder(sign []byte) string {
	if i := bytes.LastIndex(sign, []byte(", ")); i > 0 {
		sign = sign[:i]
	}
	return string(sign)
}

// pause waits, unless the context ends.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// keep gives signs of life until the lock is given back. Once it is another's
// they end; the one that lost it notices by held.
func (l *lease) keep(ctx context.Context) {
	ctx, l.stop = context.WithCancel(context.WithoutCancel(ctx))
	l.done.Go(func() {
		for n := 1; pause(ctx, leaseRenew) == nil; n++ {
			if err := l.held(ctx); errors.Is(err, errLocked) {
				return
			} else if err == nil {
				// One that fails is followed by others in time.
				_ = put(ctx, l.bucket, lockName, fmt.Appendf(nil, "%s %d", l.sign, n))
			}
		}
	})
}

// held makes sure that nobody took the lock away.
func (l *lease) held(ctx context.Context) error {
	now, err := l.bucket.ReadAll(ctx, lockName)
	switch {
	case gcerrors.Code(err) == gcerrors.NotFound:
		return fmt.Errorf("%w: the lock of this one was taken away", errLocked)
	case err == nil && !bytes.HasPrefix(now, l.sign):
		return fmt.Errorf("%w: %s took the lock of this one", errLocked, holder(now))
	}
	return err
}

// release gives the lock back, after an interruption too; that of another is
// left alone.
func (l *lease) release(ctx context.Context) error {
	l.stop()
	l.done.Wait()
	ctx = context.WithoutCancel(ctx)
	if l.held(ctx) != nil {
		return nil
	}
	return remove(ctx, l.bucket, lockName)
}

// remove deletes an object that may be gone.
func remove(ctx context.Context, bucket *blob.Bucket, name string) error {
	err := bucket.Delete(ctx, name)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s cannot be deleted: %w", name, err)
	}
	return nil
}
