package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"

	"yusuan/normalize/record"
)

// The store's encoding writes the fields of a value one after another in the
// order of their declaration: whole numbers as varints, texts and slices with
// their length in front, pointers with a byte that tells whether they are nil.
// Decimals are written as their text. It says
// nothing about the types, so both sides must be of one build: a store lives
// for one run.

var decimalType = reflect.TypeFor[record.Decimal]()

var errCodec = errors.New("the stored bytes do not fit the record types")

func encode(v any) ([]byte, error) {
	return appendValue(make([]byte, 0, 16<<10), reflect.ValueOf(v).Elem())
}

func appendValue(b []byte, v reflect.Value) ([]byte, error) {
	if v.Type() == decimalType {
		return appendText(b, v.Addr().Interface().(*record.Decimal).String()), nil
	}
	switch v.Kind() {
	case reflect.String:
		return appendText(b, v.String()), nil
	case reflect.Int, reflect.Int32, reflect.Int64:
		return binary.AppendVarint(b, v.Int()), nil
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1), nil
		}
		return append(b, 0), nil
	case reflect.Float32:
		return binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v.Float()))), nil
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, 0), nil
		}
		return appendValue(append(b, 1), v.Elem())
	case reflect.Slice, reflect.Struct:
		return appendParts(b, v)
	}
	return nil, fmt.Errorf("a %s cannot be stored", v.Type())
}

func appendParts(b []byte, v reflect.Value) (_ []byte, err error) {
	n, part := 0, v.Field
	if v.Kind() == reflect.Slice {
		n, part = v.Len(), v.Index
		b = binary.AppendUvarint(b, uint64(n))
	} else {
		n = v.NumField()
	}
	for i := 0; i < n && err == nil; i++ {
		b, err = appendValue(b, part(i))
	}
	return b, err
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func decode(data []byte, v any) error {
	d := decoder{data: data}
	d.value(reflect.ValueOf(v).Elem())
	if d.err == nil && len(d.data) > 0 {
		d.err = errCodec
	}
	return d.err
}

// decoder reads values from the front of data; after an error it reads zeros.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) value(v reflect.Value) {
	if v.Type() == decimalType {
		if err := v.Addr().Interface().(*record.Decimal).UnmarshalText(d.bytes(d.length())); err != nil {
			d.err = err
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(d.text())
	case reflect.Int, reflect.Int32, reflect.Int64:
		n, size := binary.Varint(d.data)
		d.skip(size)
		v.SetInt(n)
	case reflect.Bool:
		v.SetBool(d.byte() == 1)
	case reflect.Float32:
		if b := d.bytes(4); d.err == nil {
			v.SetFloat(float64(math.Float32frombits(binary.LittleEndian.Uint32(b))))
		}
	case reflect.Pointer:
		if d.byte() == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			d.value(v.Elem())
		}
	case reflect.Slice:
		d.slice(v)
	case reflect.Struct:
		for i := 0; i < v.NumField() && d.err == nil; i++ {
			d.value(v.Field(i))
		}
	default:
		d.err = errCodec
	}
}

func (d *decoder) slice(v reflect.Value) {
	n := d.length()
	if n == 0 || d.err != nil {
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := 0; i < n && d.err == nil; i++ {
		d.value(v.Index(i))
	}
}

// length reads a length; every element takes at least one byte, so a length
// beyond what is left is damage.
func (d *decoder) length() int {
	n, size := binary.Uvarint(d.data)
	d.skip(size)
	if d.err == nil && n > uint64(len(d.data)) {
		d.err = errCodec
	}
	if d.err != nil {
		return 0
	}
	return int(n)
}

func (d *decoder) text() string { return string(d.bytes(d.length())) }

func (d *decoder) byte() byte {
	if b := d.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (d *decoder) bytes(n int) []byte {
	if d.err != nil || n > len(d.data) {
		d.err = errCodec
		return nil
	}
	b := d.data[:n]
	d.data = d.data[n:]
	return b
}

func (d *decoder) skip(size int) {
	if size <= 0 || d.err != nil {
		d.err = errCodec
		return
	}
	d.data = d.data[size:]
}
