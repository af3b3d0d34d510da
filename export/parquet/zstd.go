package parquet

import (
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/format"
)

// windowBytes is how far back the compression looks for what repeats. Only
// dictionaries are longer than the 64 KiB of a page, and parquet-go's own
// encoders, with the usual window of 8 MiB, set 16 MiB aside each as soon as
// they meet a dictionary of more than 128 KiB.
const windowBytes = 1 << 20

// encoder is the one encoder of the program; who comes while it is at work
// waits. It must write what parquet-go would: the size in the header, no
// checksum, since pages have their own.
var encoder = sync.OnceValues(func() (*zstd.Encoder, error) {
	return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false),
		zstd.WithWindowSize(windowBytes), zstd.WithLowerEncoderMem(true))
})

// codec is ZSTD with little memory.
type codec struct{}

var _ compress.Codec = codec{}

func (codec) String() string { return parquet.Zstd.String() }

func (codec) CompressionCodec() format.CompressionCodec { return format.Zstd }

func (codec) Encode(dst, src []byte) ([]byte, error) {
	e, err := encoder()
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(src, dst[:0]), nil
}

func (codec) Decode(dst, src []byte) ([]byte, error) { return parquet.Zstd.Decode(dst, src) }
