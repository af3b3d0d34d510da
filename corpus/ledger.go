package corpus

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"yusuan/export"
	"yusuan/extract/document"
)

// ledger is the plan of all runs into a dataset, kept beside the results: which
// file each document is, and what of it the dataset has. Commit, Retry and Gc go by it, and a run by it knows what need
// not be committed again.
type ledger struct {
	// Manifest is the hash of the manifest after the last commit; with another
	// one nothing is known of what the dataset has.
	Manifest string
	// Last is what that manifest says, and Stats what the file system said of
	// its files when they were known to be as it says.
	Last  *export.Manifest
	Stats []Stat
	// Documents are in the order of their hashes.
	Documents []planned
}

// planned is a document of the ledger.
type planned struct {
	// File is without Err, and its Path is absolute.
	File File
	// Unread tells why the file could not be opened, "" if it could, and
	// UnreadCode is the code of that error.
	Unread, UnreadCode string
	// Committed says what of it the dataset has, "" for nothing.
	Committed string
}

// ledgerName is the ledger's file among the results.
const ledgerName = "plan"

func ledgerHead() string { return "yusuan plan 1 " + fingerprint(ledger{}) + "\n" }

// readLedger reads the ledger of a folder of results; it is empty if there is
// none, or none that can be read, which costs time and nothing else.
func readLedger(dir string) (*ledger, error) {
	l := new(ledger)
	data, err := os.ReadFile(filepath.Join(dir, ledgerName))
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the plan of earlier runs cannot be read: %w", err)
	}
	head := ledgerHead()
	body, ours := bytes.CutPrefix(data, []byte(head))
	ours = ours && len(body) > checkBytes
	if ours {
		blob := body[checkBytes:]
		ours = crc32.ChecksumIEEE(blob) == binary.LittleEndian.Uint32(body) && unpackOnce(string(blob), l) == nil
	}
	if !ours {
		slog.Warn("the plan of earlier runs is of another version or damaged and was put aside", "file", filepath.Join(dir, ledgerName))
		return new(ledger), nil
	}
	return l, nil
}

// updateLedger changes the ledger of a folder of results and returns it. It is
// read anew, and nobody else changes it meanwhile: runs into one dataset, shards
// above all, may be at work at the same time.
func updateLedger(dir string, change func(*ledger) error) (_ *ledger, err error) {
	turn, err := lockLedger(filepath.Join(dir, ledgerName+".lock"))
	if err != nil {
		return nil, fmt.Errorf("the plan cannot be locked: %w", err)
	}
	defer func() { err = errors.Join(err, turn.Close()) }()
	l, err := readLedger(dir)
	if err != nil {
		return nil, err
	}
	if err := change(l); err != nil {
		return nil, err
	}
	return l, l.write(dir)
}

// write puts the ledger into its folder by rename.
func (l *ledger) write(dir string) error {
	slices.SortFunc(l.Documents, func(a, b planned) int { return strings.Compare(a.File.SHA256, b.File.SHA256) })
	blob, err := packOnce(l)
	if err != nil {
		return fmt.Errorf("the plan cannot be written: %w", err)
	}
	b := binary.LittleEndian.AppendUint32([]byte(ledgerHead()), crc32.ChecksumIEEE([]byte(blob)))
	// Processes of one dataset may write theirs at the same time.
	f, err := os.CreateTemp(dir, ledgerName+"-*.tmp")
	if err != nil {
		return fmt.Errorf("the plan cannot be written: %w", err)
	}
	_, err = f.Write(append(b, blob...))
	const mode = 0o644 // as the other files have, not that of a temporary one
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, ledgerName))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("the plan cannot be written: %w", err), os.Remove(f.Name()))
	}
	return nil
}

// note takes the files of a run into the ledger. What it has beyond them
// stays, as it stays in the dataset.
func (l *ledger) note(files []File) error {
	at := map[string]int{}
	for i := range l.Documents {
		at[l.Documents[i].File.SHA256] = i
	}
	for _, f := range files {
		p := planned{File: f}
		if f.Err != nil {
			p.Unread, p.UnreadCode, p.File.Err = f.Err.Error(), document.Code(f.Err), nil
		}
		var err error
		if p.File.Path, err = filepath.Abs(f.Path); err != nil {
			return err
		}
		p.File.Copies = slices.Clone(f.Copies)
		for i := range p.File.Copies {
			p.File.Copies[i].Path = absolute(p.File.Copies[i].Path)
		}
		if k, ok := at[f.SHA256]; ok {
			p.Committed = l.Documents[k].Committed
			l.Documents[k] = p
			continue
		}
		l.Documents = append(l.Documents, p)
	}
	// A file that can be opened now loses the row that it had while it could not.
	read := map[string]bool{}
	for _, id := range nowRead(files) {
		read[id] = true
	}
	l.Documents = slices.DeleteFunc(l.Documents, func(p planned) bool { return p.Unread != "" && read[p.File.SHA256[:idDigits]] })
	return nil
}

// file is the document as the plan had it.
func (p *planned) file() File {
	f := p.File
	if p.Unread != "" {
		f.Err = &failure{p.Unread, document.Sentinel(p.UnreadCode)}
	}
	return f
}

// stamp says what the dataset gets of a document: it changes with all that the
// rows depend on.
func (f *File) stamp(key string, a *answer) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x %08x %q %q %q\n%q %q %q %q", key, crc32.ChecksumIEEE([]byte(a.Blob)), a.Meta.Status, a.Meta.Code, a.Meta.Error,
		f.URI, f.datasetURI(), f.Also, f.Other)
	const digits = 32
	return hex.EncodeToString(h.Sum(nil))[:digits]
}

// manifestHash identifies what a dataset has of documents, "" if there is none:
// that it was linked meanwhile changes nothing.
func manifestHash(dir string) string {
	m, err := export.ReadManifest(dir)
	if err != nil {
		return ""
	}
	hash, err := m.DocumentsHash()
	if err != nil {
		return ""
	}
	return hash
}
