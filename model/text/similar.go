package text

// Distance is the number of characters to insert, delete or replace to turn a
// into b (Levenshtein).
func Distance(a, b string) int {
	return distance([]rune(a), []rune(b))
}

func distance(x, y []rune) int {
	if len(x) < len(y) {
		x, y = y, x
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, q := range y {
			above := row[j+1]
			cost := diagonal
			if r != q {
				cost = 1 + min(diagonal, above, row[j])
			}
			diagonal, row[j+1] = above, cost
		}
	}
	return row[len(y)]
}

// mostCompared bounds the characters of a word that Similarity looks at.
const mostCompared = 64

// Similarity tells how alike two words are, from 0 (nothing in common) to 1
// (equal), as 1 − distance/length of the longer; only the first 64 characters
// count. It serves suggestions only: no
// value is ever taken because it is similar.
func Similarity(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), mostCompared)], y[:min(len(y), mostCompared)]
	longer := max(len(x), len(y))
	if longer == 0 {
		return 1
	}
	return 1 - float64(distance(x, y))/float64(longer)
}
