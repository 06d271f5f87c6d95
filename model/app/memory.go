package app

import "runtime/debug"

// memoryAim is what the program's own memory is to stay under, in bytes: a plan of
// 100,000 rows and 20 columns holds 735 MB, and the clerks' computers have 4 GB.
const memoryAim = 900 << 20

// LimitMemory has the collector clear up earlier once memoryAim is near. It only costs
// time, and only there: a table of 10,000 rows stays far below. The programs call it
// when they start.
func LimitMemory() { debug.SetMemoryLimit(memoryAim) }
