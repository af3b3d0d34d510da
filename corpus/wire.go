package corpus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"yusuan/extract/document"
)

// What a run and its workers tell each other are frames: the length of a
// message as four bytes, little-endian, and the message. A worker begins with
// a greeting; then it gets a request and gives a reply, one at a time.

// request asks a worker for a document.
type request struct {
	File   File // without Err
	Limits document.Limits
}

// reply is a worker's answer.
type reply struct {
	Answer answer
	// Memory is what the worker keeps now, in bytes.
	Memory int64
	// Failed says why the worker could not do its work, "" if it could.
	Failed string
}

// greeting tells whether both sides are of one build.
func greeting() string {
	return "yusuan worker " + fingerprint(request{}, reply{}) + " " + segmentHead()
}

// maxFrame bounds a message: a worker gone astray must not make the run fill
// its memory.
const maxFrame = maxBlob + 1<<20

var errGarbage = errors.New("the worker says what no worker says")

func sendFrame(w io.Writer, message []byte) error {
	b := binary.LittleEndian.AppendUint32(make([]byte, 0, 4+len(message)), uint32(len(message)))
	_, err := w.Write(append(b, message...))
	return err
}

func receiveFrame(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n > maxFrame {
		return nil, fmt.Errorf("%w: a message of %d bytes", errGarbage, n)
	}
	message := make([]byte, n)
	_, err := io.ReadFull(r, message)
	return message, err
}

// send sends a value as a message, receive gets one.
func send(w io.Writer, v any) error {
	message, err := encode(v)
	if err != nil {
		return err
	}
	return sendFrame(w, message)
}

func receive(r io.Reader, v any) error {
	message, err := receiveFrame(r)
	if err != nil {
		return err
	}
	if err := decode(message, v); err != nil {
		return fmt.Errorf("%w: %w", errGarbage, err)
	}
	return nil
}
