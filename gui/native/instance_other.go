//go:build !windows

package native

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Instance is the one running program of a user.
type Instance struct {
	lock   *flock.Flock
	listen net.Listener
}

// patience is how long a start waits for the first one's answer.
const patience = 10 * time.Second

// mostWords is how many bytes of words are taken from another start.
const mostWords = 1 << 20

// Claim makes this process the one of the name. If there is one already, it gets
// the words and the Instance is nil. Dir is a folder of the user's own; processes
// with different folders know nothing of each other.
func Claim(dir, name string, words []string) (*Instance, error) {
	address := filepath.Join(dir, name+".sock")
	lock := flock.New(filepath.Join(dir, name+".lock"))
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the one instance: %w", err)
	}
	if !held {
		return nil, hand(address, words)
	}
	// What lies there is left over from a process that was killed.
	if err := os.Remove(address); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(err, lock.Close())
	}
	l, err := net.Listen("unix", address)
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return &Instance{lock: lock, listen: l}, nil
}

// hand gives words to the running process and waits until it has taken them.
func hand(address string, words []string) error {
	data, err := pack(words)
	if err != nil {
		return err
	}
	conn, err := net.DialTimeout("unix", address, patience)
	if err != nil {
		return errors.Join(ErrSilent, err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	if _, err := conn.Write(data); err != nil {
		return errors.Join(ErrSilent, err)
	}
	if err := conn.(*net.UnixConn).CloseWrite(); err != nil {
		return err
	}
	if _, err := io.ReadFull(conn, make([]byte, 1)); err != nil {
		return errors.Join(ErrSilent, err)
	}
	return nil
}

// Serve calls take with the words of every later start, one after another, until
// Close.
func (i *Instance) Serve(take func(words []string)) error {
	for {
		conn, err := i.listen.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		// A start that breaks off, or that writes what nobody understands, is
		// answered by nothing; it says so itself.
		if words, err := read(conn); err == nil {
			take(words)
		}
		conn.Close()
	}
}

// read takes the words of another start and says that they have come.
func read(conn net.Conn) ([]string, error) {
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(conn, mostWords))
	if err != nil {
		return nil, err
	}
	words, err := unpack(data)
	if err != nil {
		return nil, err
	}
	_, err = conn.Write([]byte{1})
	return words, err
}

// Close lets another process be the one.
func (i *Instance) Close() error { return errors.Join(i.listen.Close(), i.lock.Close()) }
