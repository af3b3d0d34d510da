// Package report makes a page of a comparison.
package report

import (
	"context"
	"io"

	"yusuan/corpus/compare"
)

// Write writes the page.
func Write(ctx context.Context, w io.Writer, c *compare.Comparison) error { return nil }
