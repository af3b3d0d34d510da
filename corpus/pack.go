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
	packer   = sync.OnceValues(newPacker)
	unpacker = sync.OnceValues(newUnpacker)
)

func newPacker() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true), zstd.WithEncoderCRC(false))
}

func newUnpacker() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderLowmem(true))
}

// pack encodes and compresses a value.
func pack(v any) (string, error) { return packWith(packer, v) }

// unpack is the way back of pack.
func unpack(blob string, v any) error { return unpackWith(unpacker, blob, v) }

// packOnce and unpackOnce are for what is large and seldom: what they are done
// with keeps no buffers, of which a decoder holds its last input and output.
func packOnce(v any) (string, error)      { return packWith(newPacker, v) }
func unpackOnce(blob string, v any) error { return unpackWith(newUnpacker, blob, v) }

func packWith(made func() (*zstd.Encoder, error), v any) (string, error) {
	data, err := encode(v)
	if err != nil {
		return "", err
	}
	e, err := made()
	if err != nil {
		return "", err
	}
	return string(e.EncodeAll(data, nil)), nil
}

func unpackWith(made func() (*zstd.Decoder, error), blob string, v any) error {
	d, err := made()
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
