package native

import (
	"encoding/json"
	"errors"
)

// ErrSilent says that the program runs already but did not answer.
var ErrSilent = errors.New("the running program does not answer")

// pack and unpack write the words that one start hands to the first.
func pack(words []string) ([]byte, error) { return json.Marshal(words) }

func unpack(data []byte) (words []string, err error) {
	err = json.Unmarshal(data, &words)
	return words, err
}
