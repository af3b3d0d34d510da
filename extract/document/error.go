package document

import (
	"errors"
	"fmt"
)

// The ways in which a document can fail, one for each error code of the
// dataset. A reader wraps the one that applies with %w and says what it saw.
var (
	// ErrUnsupported means that no reader knows the format.
	ErrUnsupported = errors.New("unsupported format")
	// ErrNotFound means that the file is not there or cannot be opened.
	ErrNotFound = errors.New("not found")
	// ErrTooLarge means that a limit on size or number was reached.
	ErrTooLarge = errors.New("too large")
	// ErrEncrypted means that a password is needed.
	ErrEncrypted = errors.New("encrypted")
	// ErrMalformed means that the bytes break their own format.
	ErrMalformed = errors.New("malformed")
	// ErrNoText means that there is nothing to read: a scan, or an empty file.
	ErrNoText = errors.New("no text")
	// ErrTimeLimit means that reading took longer than allowed.
	ErrTimeLimit = errors.New("time limit reached")
	// ErrMemoryLimit means that reading took more memory than allowed.
	ErrMemoryLimit = errors.New("memory limit reached")
	// ErrCrashed means that a reader panicked: a mistake of ours.
	ErrCrashed = errors.New("crashed")
)

// codes pairs the sentinels with the dataset's error codes, in the order in
// which Code looks for them.
var codes = []struct {
	err  error
	code string
}{
	{ErrUnsupported, "unsupported_format"},
	{ErrNotFound, "not_found"},
	{ErrTooLarge, "too_large"},
	{ErrEncrypted, "encrypted"},
	{ErrMalformed, "malformed"},
	{ErrNoText, "no_text"},
	{ErrTimeLimit, "time_limit"},
	{ErrMemoryLimit, "memory_limit"},
	{ErrCrashed, "crashed"},
}

// Code returns the dataset's error code for an error of the extract stage, ""
// for nil, and "malformed" for an error that wraps none of the sentinels.
func Code(err error) string {
	if err == nil {
		return ""
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "malformed"
}

// Sentinel returns the error that has this code, nil if there is none: what
// Code returned is turned back into something that errors.Is knows.
func Sentinel(code string) error {
	for _, c := range codes {
		if c.code == code {
			return c.err
		}
	}
	return nil
}

// Error is a failure with its place. Leaf code returns bare causes; the door
// of the extract stage adds the source.
type Error struct {
	// Source is the file as the caller named it.
	Source string
	At     Position
	// Err is the cause; it wraps one of the sentinels.
	Err error
}

// Error prints "file: p3 b2 r5c1: cause"; what is not known is left out.
func (e *Error) Error() string {
	at := e.At.String()
	switch {
	case e.Source == "" && at == "":
		return e.Err.Error()
	case e.Source == "":
		return fmt.Sprintf("%s: %v", at, e.Err)
	case at != "":
		return fmt.Sprintf("%s: %s: %v", e.Source, at, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Source, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
