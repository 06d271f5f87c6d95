// Package secretary is the page 书记: the file of a secretary's or a deputy's year, which
// fills itself from the records there are (CLERK 13). Every line is one record and
// opens it; what has no record has no line. Nothing is counted, nobody compared.
//
// page.go arranges and reads, note.go asks for an act in one light form; view.go says
// what stands in the lines.
package secretary
