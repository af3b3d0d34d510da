package build

import (
	"strings"
)

// A damage changes a stream, or the whole file, after it has been written.
type damage struct {
	line   *node
	target string // a stream, "file", a pair of the FIB, or a place with a name
	offset int
	bytes  []byte
	length int // of a cut
	kind   damageKind
}

type damageKind int

const (
	patchDamage damageKind = iota
	cutDamage
	dropDamage
)

func (f *file) patch(n *node) error {
	if len(n.words) < 3 || n.words[1].kind != plainWord {
		return n.errorf("a patch has a place and bytes")
	}
	target, at, found := strings.Cut(n.words[1].key, "+")
	if !found {
		at = "0"
	}
	offset, err := number(at)
	if err != nil {
		return n.errorf("%w", err)
	}
	d := damage{line: n, target: target, offset: offset}
	for _, w := range n.words[2:] {
		b, err := unhex(w.key)
		if err != nil {
			return n.errorf("%w", err)
		}
		d.bytes = append(d.bytes, b...)
	}
	f.damages = append(f.damages, d)
	return nil
}

func (f *file) cut(n *node) error {
	if len(n.words) != 3 {
		return n.errorf("a cut has a stream and a length")
	}
	length, err := number(n.words[2].key)
	if err != nil {
		return n.errorf("%w", err)
	}
	f.damages = append(f.damages, damage{line: n, target: n.words[1].key, length: length, kind: cutDamage})
	return nil
}

func (f *file) drop(n *node) error {
	if len(n.words) != 2 {
		return n.errorf("drop has a stream")
	}
	f.damages = append(f.damages, damage{line: n, target: n.words[1].key, kind: dropDamage})
	return nil
}

// compound damages the streams, puts them into a compound file, and damages that.
func (w *writer) compound() ([]byte, error) {
	streams := w.streams()
	for _, d := range w.file.damages {
		if d.target == "file" {
			continue
		}
		var err error
		if streams, err = w.damageStreams(streams, d); err != nil {
			return nil, err
		}
	}
	out, err := compoundFile(streams)
	if err != nil {
		return nil, err
	}
	for _, d := range w.file.damages {
		if d.target != "file" {
			continue
		}
		if out, err = d.apply(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// streams are those of every Word file, and what the description adds.
func (w *writer) streams() []stream {
	out := []stream{{"WordDocument", w.doc}}
	if !w.file.word6 {
		out = append(out, stream{w.tableName(), w.table})
	}
	if len(w.data) > 0 {
		out = append(out, stream{"Data", w.data})
	}
	if w.file.title != nil {
		out = append(out, stream{"\x05SummaryInformation", w.file.title.summary()})
	}
	return append(out, w.file.streams...)
}

func (w *writer) damageStreams(streams []stream, d damage) ([]stream, error) {
	name, err := streamName(d.target)
	if err != nil {
		return nil, d.line.errorf("%w", err)
	}
	d.target = name
	if i := pairIndex(d.target); i >= 0 && !w.file.word6 {
		d.offset += int(w.pairs[i][0])
		d.target = w.tableName()
	} else if at, ok := w.places[d.target]; ok {
		d.offset += int(at)
		d.target = "WordDocument"
	}
	for i := range streams {
		if streams[i].name != d.target {
			continue
		}
		if d.kind == dropDamage {
			return append(streams[:i], streams[i+1:]...), nil
		}
		b, err := d.apply(streams[i].bytes)
		streams[i].bytes = b
		return streams, err
	}
	return nil, d.line.errorf("there is no stream %q", d.target)
}

// apply patches or cuts bytes.
func (d damage) apply(b []byte) ([]byte, error) {
	switch {
	case d.kind == dropDamage:
		return nil, d.line.errorf("the file cannot be dropped")
	case d.kind == cutDamage && d.length <= len(b) && d.length >= 0:
		return b[:d.length], nil
	case d.kind == patchDamage && d.offset >= 0 && d.offset+len(d.bytes) <= len(b):
		copy(b[d.offset:], d.bytes)
		return b, nil
	}
	return nil, d.line.errorf("%s has only %d bytes", d.target, len(b))
}
