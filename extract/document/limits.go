package document

import "time"

// Limits bound what one document may cost. The zero value of a field means
// its default; a reader calls WithDefaults before it looks.
type Limits struct {
	// FileBytes bounds the file itself. Default 256 MiB.
	FileBytes int64
	// ExpandedBytes bounds what a container unpacks to. Default 1 GiB.
	ExpandedBytes int64
	// ExpandRatio bounds expanded over packed size, looked at once more than
	// RatioAfterBytes have been unpacked. Default 200.
	ExpandRatio int64
	// XMLDepth bounds how deep elements nest. Default 256.
	XMLDepth int
	// TableCells bounds the cells of one table. Default 100,000.
	TableCells int
	// Pages bounds the pages of a document. Default 2,000.
	Pages int
	// Time bounds the reading of one document. Default 60 s.
	Time time.Duration
	// Memory bounds what the process that reads a document may use, in bytes.
	// It is kept from outside, where every document has a process at its side
	// (package corpus); a reader cannot keep it. Default 1 GiB.
	Memory int64
}

// RatioAfterBytes is how much must have been unpacked before ExpandRatio is
// looked at: small parts of honest files compress very well.
const RatioAfterBytes = 10 << 20

// The defaults of [Limits].
const (
	DefaultFileBytes     = 256 << 20
	DefaultExpandedBytes = 1 << 30
	DefaultExpandRatio   = 200
	DefaultXMLDepth      = 256
	DefaultTableCells    = 100_000
	DefaultPages         = 2_000
	DefaultTime          = 60 * time.Second
	DefaultMemory        = 1 << 30
)

// WithDefaults returns the limits with every zero field set to its default.
func (l Limits) WithDefaults() Limits {
	set := func(v *int64, d int64) {
		if *v == 0 {
			*v = d
		}
	}
	setInt := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	set(&l.FileBytes, DefaultFileBytes)
	set(&l.ExpandedBytes, DefaultExpandedBytes)
	set(&l.ExpandRatio, DefaultExpandRatio)
	set(&l.Memory, DefaultMemory)
	setInt(&l.XMLDepth, DefaultXMLDepth)
	setInt(&l.TableCells, DefaultTableCells)
	setInt(&l.Pages, DefaultPages)
	if l.Time == 0 {
		l.Time = DefaultTime
	}
	return l
}
