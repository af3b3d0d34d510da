//go:build !linux

package corpus

// statOf says nothing, so that files are hashed in every run.
func statOf(string) Stat { return Stat{} }
