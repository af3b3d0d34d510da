package extract

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"

	"yusuan/extract/document"
	"yusuan/extract/text"
)

// artist is a reader that draws, or panics.
type artist struct {
	text.Reader
	panics bool
}

func (a artist) Picture(_ context.Context, _ []byte, page, dpi int, _ document.Limits) (*image.RGBA, error) {
	if a.panics {
		panic("a mistake")
	}
	return image.NewRGBA(image.Rect(0, 0, page, dpi)), nil
}

func TestPicture(t *testing.T) {
	ctx := context.Background()
	m, err := Settings{readers: []reader{artist{}}}.Picture(ctx, "a.txt", []byte("正文"), 3, 5)
	if err != nil || m.Bounds().Size() != image.Pt(3, 5) {
		t.Errorf("%v, %v", m, err)
	}
	_, err = Settings{readers: []reader{artist{panics: true}}}.Picture(ctx, "a.txt", []byte("正文"), 1, 1)
	if e, ok := errors.AsType[*document.Error](err); !ok || !errors.Is(err, document.ErrCrashed) || e.Source != "a.txt" {
		t.Errorf("a panic gives %v", err)
	}
	for data, says := range map[string]string{
		"正文":                    "the file is text",
		"\x89PNG\r\n\x1a\n    ": "the file is a PNG image",
	} {
		if m, err := (Settings{}).Picture(ctx, "a", []byte(data), 1, 72); m != nil || !errors.Is(err, ErrNoPage) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", data, err)
		}
	}
}
