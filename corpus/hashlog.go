package corpus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
)

// hashLog keeps the hashes of files until the plan of a run has them, so that a
// run that ends before it has hashed all of a large input does not begin anew.
// It is a file of frames, each appended at once: several runs may do so, and a
// frame that is not whole ends what is read of it.
type hashLog struct{ name string }

// hashed is a file of the log.
type hashed struct {
	Path, URI, SHA256 string
	Bytes             int64
	Stat              Stat
}

// hashLogName is the log's file among the results.
const hashLogName = "hashes"

func newHashLog(dir string) *hashLog { return &hashLog{filepath.Join(dir, hashLogName)} }

// frameHead begins every frame.
func (l *hashLog) frameHead() string { return "yusuan hashes 1 " + fingerprint([]hashed{}) + "\n" }

// lengthBytes are those of a length.
const lengthBytes = 4

// add appends a frame.
func (l *hashLog) add(files []hashed) (err error) {
	blob, err := pack(&files)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(l.name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := binary.LittleEndian.AppendUint32([]byte(l.frameHead()), uint32(len(blob)))
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(blob)))
	_, err = f.Write(append(b, blob...))
	return err
}

// read returns what the log has, up to the first frame that is not whole or of
// another version, and the length of that.
func (l *hashLog) read() (out []hashed, whole int64, err error) {
	data, err := os.ReadFile(l.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("the hashes of an earlier run cannot be read: %w", err)
	}
	all := len(data)
	for head := []byte(l.frameHead()); ; {
		whole = int64(all - len(data))
		body, ours := bytes.CutPrefix(data, head)
		if !ours || len(body) < lengthBytes+checkBytes {
			return out, whole, nil
		}
		n, check := binary.LittleEndian.Uint32(body), binary.LittleEndian.Uint32(body[lengthBytes:])
		if body = body[lengthBytes+checkBytes:]; uint64(n) > uint64(len(body)) {
			return out, whole, nil
		}
		var files []hashed
		if crc32.ChecksumIEEE(body[:n]) != check || unpack(string(body[:n]), &files) != nil {
			return out, whole, nil
		}
		out, data = append(out, files...), body[n:]
	}
}

// mend reads the log and cuts off a frame that a killed run left unfinished, so
// that others can follow.
func (l *hashLog) mend() ([]hashed, error) {
	out, whole, err := l.read()
	if info, statErr := os.Stat(l.name); err == nil && statErr == nil && info.Size() > whole {
		err = os.Truncate(l.name, whole)
	}
	return out, err
}

// remove takes the log away once a plan has what it has.
func (l *hashLog) remove() {
	_ = os.Remove(l.name) // what stays costs room, and is removed the next time
}
