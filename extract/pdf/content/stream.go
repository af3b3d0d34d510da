package content

import (
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/pdfcpu/pdfcpu/pkg/filter"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"yusuan/extract/document"
)

// inflater keeps what unpacking needs from one stream to the next.
type inflater struct {
	reader io.ReadCloser
	buffer bytes.Buffer
}

// decode unpacks a stream. Whole is false if its end is missing or broken:
// what comes before is returned all the same, since a table with its last row
// lost is worth more than none. The error wraps ErrTooLarge.
func (f *objects) decode(sd *types.StreamDict) (data []byte, whole bool, err error) {
	if sd.Content != nil {
		return sd.Content, true, nil
	}
	switch {
	case len(sd.FilterPipeline) == 0:
		return sd.Raw, true, nil
	case sd.HasSoleFilterNamed(filter.Flate) && predictor(sd.FilterPipeline[0]) <= 1:
		data, whole = f.inflate(sd.Raw)
	default:
		own := *sd
		if err := own.DecodeWithLimit(f.left()); err != nil {
			return own.Content, false, nil
		}
		data, whole = own.Content, true
	}
	f.expanded += int64(len(data))
	if f.expanded > f.lim.ExpandedBytes {
		return nil, false, fmt.Errorf("the streams unpack to more than %d bytes: %w", f.lim.ExpandedBytes, document.ErrTooLarge)
	}
	if f.expanded > document.RatioAfterBytes && f.expanded/max(f.size, 1) > f.lim.ExpandRatio {
		return nil, false, fmt.Errorf("the streams unpack to more than %d times the file: %w", f.lim.ExpandRatio, document.ErrTooLarge)
	}
	return data, whole, nil
}

// left is how much may still be unpacked, and one byte more to tell.
func (f *objects) left() int64 { return max(f.lim.ExpandedBytes-f.expanded, 0) + 1 }

func predictor(p types.PDFFilter) int {
	n, ok := p.DecodeParms["Predictor"].(types.Integer)
	if !ok {
		return 1
	}
	return int(n)
}

// inflate unpacks zlib data as far as it goes. The checksum at its end is not
// looked at: producers that get it wrong are many, files that it saves none.
func (f *objects) inflate(raw []byte) (data []byte, whole bool) {
	const header = 2
	if len(raw) < header {
		return nil, len(raw) == 0
	}
	src := bytes.NewReader(raw[header:])
	if f.unpack.reader == nil {
		f.unpack.reader = flate.NewReader(src)
	} else if r, ok := f.unpack.reader.(flate.Resetter); !ok || r.Reset(src, nil) != nil {
		return nil, false
	}
	f.unpack.buffer.Reset()
	_, err := io.Copy(&f.unpack.buffer, io.LimitReader(f.unpack.reader, f.left()))
	return bytes.Clone(f.unpack.buffer.Bytes()), err == nil
}
