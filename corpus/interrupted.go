package corpus

import (
	"context"
	"errors"
	"fmt"
)

// Interrupted is the error of a run whose context ended. It wraps the context's
// error.
type Interrupted struct {
	// Done of Documents have a result, which is kept. Documents is 0 before
	// they are known.
	Done, Documents int
	// Hashed of Files have their hash; Files is 0 when hashing was over.
	Hashed, Files int
	// Anew tells that nothing is kept of that.
	Anew bool
	// Summary tells of those that are done; it is never nil.
	Summary *Summary
	Err     error
}

// Error says what is there.
func (e *Interrupted) Error() string {
	switch {
	case e.Files > 0 && e.Anew:
		return fmt.Sprintf("%d of %d files were hashed, nothing was written; the same command begins anew", e.Hashed, e.Files)
	case e.Files > 0:
		return fmt.Sprintf("%d of %d files are hashed and remembered, nothing was committed; the same command goes on from there", e.Hashed, e.Files)
	case e.Documents == 0:
		return "nothing was read or committed; the same command begins again"
	case e.Done == e.Documents:
		return fmt.Sprintf("all %d documents are read and kept, nothing was committed; the same command, or yusuan commit, goes on from there", e.Documents)
	}
	return fmt.Sprintf("%d of %d documents are read and kept, nothing was committed; the same command goes on from there", e.Done, e.Documents)
}

// Unwrap returns the context's error.
func (e *Interrupted) Unwrap() error { return e.Err }

// interrupted makes the end of a context an Interrupted and leaves every other
// error as it is. The summary may be nil.
func interrupted(ctx context.Context, err error, sum *Summary) error {
	var already *Interrupted
	if err == nil || ctx.Err() == nil || !errors.Is(err, ctx.Err()) || errors.As(err, &already) {
		return err
	}
	if sum == nil {
		sum = newSummary(0, 0)
	}
	return &Interrupted{Done: sum.OK + sum.Partial + sum.Failed, Documents: sum.Documents, Summary: sum, Err: ctx.Err()}
}
