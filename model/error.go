package model

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an Error is, for programs and exit codes.
type Code string

// The codes of failure. Every Error carries one; anything else is "internal".
const (
	CodeUsage       Code = "usage"       // a request written wrongly: no such field, step, option
	CodeInvalid     Code = "invalid"     // a value that breaks a rule
	CodeRefused     Code = "refused"     // a step that may not be taken as things stand
	CodeNotFound    Code = "not_found"   // no such record, ledger, form, file
	CodeAmbiguous   Code = "ambiguous"   // more than one record fits the words
	CodeInUse       Code = "in_use"      // others refer to the record
	CodeLocked      Code = "locked"      // another program holds the ledger or the file
	CodeNotOurs     Code = "not_ours"    // the file is no ledger of this program
	CodeNewer       Code = "newer"       // made by a newer version of the program
	CodeDamaged     Code = "damaged"     // the file is cut short or altered
	CodeReadOnly    Code = "read_only"   // the file or its folder cannot be written
	CodeExists      Code = "exists"      // something of that name is there already
	CodeUnsupported Code = "unsupported" // a format or a command not handled
	CodePassword    Code = "password"    // the ledger has a lock, and no or a wrong password was given
	CodeCancelled   Code = "cancelled"   // the user stopped the work
	CodeInternal    Code = "internal"    // a fault of the program
)

// Error is the one error type that reaches a person. Message is a Chinese
// sentence: what happened, to which file, row or cell, and what to do. It holds
// no sensitive value. Err keeps the cause for the log.
type Error struct {
	Code    Code
	Field   string // key of the field concerned, if one is
	Message string
	Err     error
}

// Error returns the sentence for the user.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause, which may be nil.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of the given code. A %w verb keeps the cause but its
// text becomes part of the message: use Wrap where the cause is not for people.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Wrap gives cause a code and a sentence for the user; nil stays nil.
func Wrap(cause error, code Code, format string, args ...any) error {
	if cause == nil {
		return nil
	}
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: cause}
}

// CodeOf returns the code of the first Error in err's chain, CodeInternal for
// any other error and "" for nil.
func CodeOf(err error) Code {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return CodeInternal
}

// Sentence returns what to show a person for err: the message of the first
// Error in its chain, or a general sentence for a fault of the program.
func Sentence(err error) string {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Message
	}
	return "程序内部出错，操作没有完成，数据没有改动。请把日志发给技术人员。"
}
