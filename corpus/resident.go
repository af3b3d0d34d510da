package corpus

import (
	"bytes"
	"os"
	"strconv"
)

// residentBytes is how much memory of the machine a process takes, as Linux
// tells in /proc. Elsewhere it is not known, and the worker's own watch is all
// that there is: it sees what the Go runtime holds, which is all but the memory
// of WebAssembly. The system's own bound on address space is of no use: the
// runtime and WebAssembly reserve gigabytes that they never touch.
func residentBytes(pid int) (int64, bool) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0, false
	}
	fields := bytes.Fields(data)
	if len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	return pages * int64(os.Getpagesize()), err == nil
}
