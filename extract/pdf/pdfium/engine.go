// Package pdfium reads pages with PDFium, compiled to WebAssembly: a second
// reader beside our own interpreter, for pages that ours cannot vouch for, for
// pictures of pages, and as the oracle of tests.
//
// The engine starts when the first file is opened and not before. It sees no
// file system and no network, and its memory is bounded. What it is compiled
// to is kept in the user's cache folder, because compiling takes seconds.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	gopdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

const (
	// memoryPages bounds the memory of one file in pages of 64 KiB: 1 GiB, the
	// limit of the program for one document.
	memoryPages = 1 << 14
	// instances bounds how many files are open at the same time.
	instances = 16
	// patience is how long opening waits for one of them.
	patience = 10 * time.Minute
)

// engine starts the engine once for the process.
var engine = sync.OnceValues(start)

func start() (gopdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages).
		WithCloseOnContextDone(true)
	if dir, err := os.UserCacheDir(); err == nil {
		// Without a cache everything works, only slower to start.
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "yusuan", "pdfium")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxIdle: 1, MaxTotal: instances,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config,
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	return pool, nil
}

// failed tells whether an error of the engine is the one with this number,
// which stands in front of its message (FPDF_GetLastError).
func failed(err error, number string) bool {
	return err != nil && strings.HasPrefix(err.Error(), number+":")
}

// errClosed is what a file says that was closed.
var errClosed = errors.New("the file is closed")
