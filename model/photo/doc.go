// Package photo reads the photos that people attach as evidence (佐证): it tells a
// picture by its content, turns it as the camera held it, makes it smaller, and
// takes out where it was taken. It is pure, and knows no ledger.
//
// Only jpeg and png are pictures here. A picture is decoded only after its
// dimensions were looked at: a file of a few kilobytes may claim gigabytes.
package photo
