package main

import (
	"bytes"
	"context"
	"crypto/md5" // no guard against ill will: what stores tell of an object
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"

	"gocloud.dev/blob"
)

// index says of the files of a folder which objects they are copies of, so that
// neither has to be read again to find out. It stands beside the folder. Losing
// it costs time, and nothing else.
type index struct {
	name string // its file
	dir  string // the folder
	mu   sync.Mutex
	at   map[string]copied // by key
}

// copied is a file that is the copy of an object: what the store said of that,
// and what the file system says of the file.
type copied struct {
	Size   int64     `json:"size"`
	MD5    string    `json:"md5,omitempty"`
	Mod    time.Time `json:"modified"`
	Time   int64     `json:"file_modified"` // ns
	SHA256 string    `json:"sha256"`
}

// openIndex reads the index of a folder; one that cannot be read is an empty one.
func openIndex(dir string) *index {
	x := &index{name: dir + ".index", dir: dir, at: map[string]copied{}}
	if data, err := os.ReadFile(x.name); err == nil && json.Unmarshal(data, &x.at) != nil {
		x.at = map[string]copied{}
	}
	return x
}

// save writes the index by rename.
func (x *index) save() error {
	data, err := json.Marshal(x.at)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(x.name), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(x.name+".tmp", data, 0o644); err != nil {
		return err
	}
	return os.Rename(x.name+".tmp", x.name)
}

func (x *index) file(key string) string { return filepath.Join(x.dir, filepath.FromSlash(key)) }

// settled is longer than the ticks of the clocks by which stores tell when an
// object was written: a second in some, so that a change within one is missed.
const settled = 3 * time.Second

// has tells whether the file of an object is known to be its copy, and its
// SHA-256.
func (x *index) has(o object) (string, bool) {
	x.mu.Lock()
	c, ok := x.at[o.key]
	x.mu.Unlock()
	info, err := os.Lstat(x.file(o.key))
	if !ok || err != nil || !info.Mode().IsRegular() || info.Size() != o.size || info.ModTime().UnixNano() != c.Time ||
		c.Size != o.size || c.MD5 != hex.EncodeToString(o.md5) {
		return "", false
	}
	return c.SHA256, c.MD5 != "" || c.Mod.Equal(o.mod)
}

// note takes down that the file of an object is its copy. Where only the time of
// the object could tell that it changed, one that is younger than that can tell
// is left out.
func (x *index) note(o object, sum string) {
	info, err := os.Lstat(x.file(o.key))
	if err != nil || len(o.md5) == 0 && time.Since(o.mod) < settled {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.at[o.key] = copied{o.size, hex.EncodeToString(o.md5), o.mod, info.ModTime().UnixNano(), sum}
}

// same looks into a file that the index does not know, and tells whether it is
// the copy of an object. Of one that was uploaded in pieces some stores tell no
// hash; nothing is known of it then.
func (x *index) same(o object) bool {
	if info, err := os.Lstat(x.file(o.key)); err != nil || !info.Mode().IsRegular() || info.Size() != o.size || len(o.md5) == 0 {
		return false
	}
	in, err := os.Open(x.file(o.key))
	if err != nil {
		return false
	}
	defer in.Close()
	m, s := md5.New(), sha256.New()
	if _, err := io.Copy(io.MultiWriter(m, s), in); err != nil || !bytes.Equal(m.Sum(nil), o.md5) {
		return false
	}
	x.note(o, hex.EncodeToString(s.Sum(nil)))
	return true
}

// bring writes one object whole: under another name first, then by rename. It
// returns the SHA-256 of what came.
func (x *index) bring(ctx context.Context, bucket *blob.Bucket, o object) (sum string, err error) {
	target := x.file(o.key)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return "", err
	}
	out, err := os.CreateTemp(filepath.Dir(target), ".fetching-")
	if err != nil {
		return "", err
	}
	defer os.Remove(out.Name()) // fails once it is renamed
	m, s := md5.New(), sha256.New()
	err = bucket.Download(ctx, o.key, io.MultiWriter(out, m, s), nil)
	if err = errors.Join(err, out.Close()); err != nil {
		return "", err
	}
	if err := os.Chmod(out.Name(), 0o644); err != nil {
		return "", err
	}
	if err := os.Rename(out.Name(), target); err != nil {
		return "", err
	}
	sum = hex.EncodeToString(s.Sum(nil))
	if info, err := os.Stat(target); err == nil && info.Size() == o.size && (len(o.md5) == 0 || bytes.Equal(m.Sum(nil), o.md5)) {
		x.note(o, sum) // else it changed since it was listed, and is looked at the next time
	}
	return sum, nil
}

// keep removes all files of the folder but those of the keys, and the folders
// that this leaves empty, and returns how many files.
func (x *index) keep(keys map[string]bool) (removed int, err error) {
	var folders []string
	err = filepath.WalkDir(x.dir, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			folders = append(folders, name)
			return err
		}
		rel, err := filepath.Rel(x.dir, name)
		if err != nil || keys[filepath.ToSlash(rel)] {
			return err
		}
		removed++
		return os.Remove(name)
	})
	for i := len(folders) - 1; i > 0; i-- {
		_ = os.Remove(folders[i]) // fails while something is in it
	}
	for key := range x.at {
		if !keys[key] {
			delete(x.at, key)
		}
	}
	return removed, err
}

// fits refuses the name of an object that cannot be that of a file.
func fits(key, dir string) error {
	if name := filepath.FromSlash(key); !filepath.IsLocal(name) || path.Clean(key) != key {
		return fmt.Errorf("the object %q cannot be a file below %s: rename it, or name a path without it", key, dir)
	}
	return nil
}
