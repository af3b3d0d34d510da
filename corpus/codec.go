package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"reflect"
	"slices"

	"yusuan/normalize/record"
)

// The encoding of results, of the plan and of what workers are told writes the
// fields of a value one after another in the order of their declaration: whole
// numbers as varints, texts, slices and maps with their length in front, maps
// by key, pointers with a byte that tells whether they are nil. Decimals are
// written as their text. An interface can only be nil, and is written as
// nothing. The bytes say nothing about the types: who keeps them puts the
// fingerprint of the types in front, so that another build does not read
// them wrongly.

var decimalType = reflect.TypeFor[record.Decimal]()

var errCodec = errors.New("the stored bytes do not fit the record types")

func encode(v any) ([]byte, error) { return appendEncoded(make([]byte, 0, 16<<10), v) }

func appendEncoded(b []byte, v any) ([]byte, error) { return appendValue(b, reflect.ValueOf(v).Elem()) }

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
	case reflect.Map:
		return appendMap(b, v)
	case reflect.Interface:
		if v.IsNil() {
			return b, nil
		}
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

// appendMap writes a map of numbers by text, by key, so that the same map gives
// the same bytes.
func appendMap(b []byte, v reflect.Value) ([]byte, error) {
	m, ok := v.Interface().(map[string]int)
	if !ok {
		return nil, fmt.Errorf("a %s cannot be stored", v.Type())
	}
	b = binary.AppendUvarint(b, uint64(len(m)))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		b = binary.AppendVarint(appendText(b, key), int64(m[key]))
	}
	return b, nil
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
		v.SetInt(d.varint())
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
	default:
		d.parts(v)
	}
}

// parts reads what has parts.
func (d *decoder) parts(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		d.slice(v)
	case reflect.Map:
		d.numbers(v)
	case reflect.Interface: // was nil
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

// numbers reads a map of numbers by text.
func (d *decoder) numbers(v reflect.Value) {
	m := map[string]int{}
	for n := d.length(); n > 0 && d.err == nil; n-- {
		key := d.text()
		m[key] = int(d.varint())
	}
	if v.Type() != reflect.TypeOf(m) {
		d.err = errCodec
		return
	}
	v.Set(reflect.ValueOf(m))
}

func (d *decoder) varint() int64 {
	n, size := binary.Varint(d.data)
	d.skip(size)
	return n
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

// fingerprint is a text of fixed length that changes with the types of values
// and all that they consist of: names, kinds and order of fields.
func fingerprint(values ...any) string {
	h := sha256.New()
	for _, v := range values {
		describe(h, reflect.TypeOf(v))
	}
	const digits = 16
	return hex.EncodeToString(h.Sum(nil))[:digits]
}

func describe(w io.Writer, t reflect.Type) {
	fmt.Fprintf(w, "%s %s;", t.Kind(), t.String())
	if t == decimalType {
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		describe(w, t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			fmt.Fprintf(w, "%s ", t.Field(i).Name)
			describe(w, t.Field(i).Type)
		}
	}
}
