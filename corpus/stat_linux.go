package corpus

import "syscall"

// statOf looks at a file, following links.
func statOf(name string) Stat {
	var s syscall.Stat_t
	if err := syscall.Stat(name, &s); err != nil {
		return Stat{}
	}
	return Stat{Bytes: s.Size, Inode: int64(s.Ino), Changed: s.Ctim.Nano()}
}
