package corpus

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"yusuan/normalize/record"
)

// maxUnpacked bounds what a result may unpack to; the records of the largest
// document that the limits allow are smaller.
const maxUnpacked = 4 << 30

// packer and unpacker are made once: they keep buffers for each goroutine at
// work, and setting those up costs more than a document.
var (
	packer = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
	})
	unpacker = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderLowmem(true))
	})
)

// pack encodes and compresses a value.
func pack(v any) (string, error) {
	data, err := encode(v)
	if err != nil {
		return "", err
	}
	e, err := packer()
	if err != nil {
		return "", err
	}
	return string(e.EncodeAll(data, nil)), nil
}

// unpack is the way back of pack.
func unpack(blob string, v any) error {
	d, err := unpacker()
	if err != nil {
		return err
	}
	data, err := d.DecodeAll([]byte(blob), nil)
	if err != nil {
		return err
	}
	return decode(data, v)
}

// disclosure unpacks what was read of a document.
func (a *answer) disclosure() (*record.Disclosure, error) {
	d := new(record.Disclosure)
	if err := unpack(a.Blob, d); err != nil {
		return nil, fmt.Errorf("%w: %w", errDamaged, err)
	}
	return d, nil
}
