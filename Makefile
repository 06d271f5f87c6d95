# 乡振台账: every target installs what a bare Debian machine lacks, so that two
# commands do all the set-up: `make demo` and `make test`.

GO      ?= go
OUT     ?= demo
DB      ?= $(OUT)/甲镇 台账.xz
TAGS    := migrated_fynedo,no_emoji,no_animations
export GOFLAGS := -buildvcs=false

.PHONY: fuzz torture vuln sbom licences test-window help build run window demo test lint bench tools-go tools-office tools-window tools-screen clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

build: tools-go ## the command line, bin/xzctl, without cgo
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/xzctl ./cmd/xzctl

# The window needs cgo, OpenGL and X11; the first build compiles them for minutes.
window: tools-go tools-window ## the window, bin/xiangzhen
	$(GO) build -trimpath -tags x11,$(TAGS) -o bin/xiangzhen ./cmd/xiangzhen

run: window ## the window; the first start offers the sample county
	bin/xiangzhen

demo: tools-go ## the main job from end to end; names the folder with its workbooks
	CGO_ENABLED=0 $(GO) run ./cmd/dev demo --out "$(OUT)"

test: tools-go tools-office lint ## all tests, as .ci/run does
	$(GO) test -tags $(TAGS) -timeout 20m ./...
	$(MAKE) --no-print-directory test-window
	$(MAKE) --no-print-directory fuzz FUZZ=100x

# The real window under a screen that nobody sees, driven by keyboard and by mouse.
# The second pass, without Fyne's promise that all runs on one goroutine, makes it
# complain wherever that is not so.
test-window: tools-go tools-screen ## the whole job in the real window, by keyboard and by mouse
	$(GO) test -count 1 -timeout 15m -tags x11,$(TAGS) ./cmd/xiangzhen
	$(GO) test -count 1 -timeout 15m -tags x11,no_emoji,no_animations -run Keyboard ./cmd/xiangzhen

FUZZ ?= 5m

# What a target finds is kept in its package's testdata/fuzz and then runs with the tests.
fuzz: tools-go ## every reader and parser against made-up input, FUZZ=5m each
	@grep -rho --include='*_test.go' '^func Fuzz[A-Za-z0-9]*' -H model | sed 's/_test.go:func /_test.go /' | while read -r file target; do \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ) -parallel 1 "./$$(dirname "$$file")" || exit 1; done

# Bits turned over in ledger and backup, the program killed at 1,000 moments of all it
# does, the disk full at 200 points: the short run of all is in make test.
torture: tools-go ## the long run of the faults, half an hour
	XIANGZHEN_FLIPS=10000 $(GO) test -count 1 -v -timeout 60m -run 'BitFlips|DiskFull|Salvage|Relock|Tampering|Kill' ./model/store
	XIANGZHEN_TORTURE_KILLS=1000 XIANGZHEN_TORTURE_FULL=200 $(GO) test -count 1 -v -timeout 90m -run Torture ./model/app
	$(GO) test -count 10 -timeout 60m -run Killed ./cmd/xzctl

sbom: tools-go ## what the programs are built of, bin/sbom.json (CycloneDX)
	@mkdir -p bin
	$(GO) run ./cmd/dev sbom > bin/sbom.json

licences: tools-go tools-window ## the licences of all that ships, into assets/licences
	packaging/licences.sh $(TAGS) > assets/licences/licences.txt

# It asks vuln.go.dev, and says nothing of value without a network.
vuln: tools-go ## known holes in what the programs are built of (needs the network)
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -tags $(TAGS) ./...

lint: tools-go ## vet and formatting
	@test -z "$$(gofmt -l assets cmd gui model packaging *.go | tee /dev/stderr)" || { echo "gofmt: the files above"; exit 1; }
	$(GO) vet -tags $(TAGS) ./...

screenshots: tools-go tools-screen ## the pictures of the README, into docs/
	SCREENSHOTS="$(CURDIR)/docs" $(GO) test -count 1 -tags x11,$(TAGS) -run TestPictures ./cmd/xiangzhen

bench-ui: tools-go tools-screen ## start, memory and scrolling of the window, beside an empty Fyne window
	BENCH_UI=1 $(GO) test -count 1 -v -tags x11,$(TAGS) -run TestBench ./cmd/xiangzhen
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 20x ./gui/kit/grid

bench: tools-go ## the figures of the issues, beside a baseline of the same run
	$(GO) test -run '^$$' -bench . -benchtime 3x -timeout 60m ./model/...
	BENCH_PEERS=1 $(GO) test -count 1 -v -run TestBenchPeers ./model/app

tools-go:
	@command -v $(GO) >/dev/null || { apt-get update -qq && apt-get install -y -qq golang-go; }

# LibreOffice opens the workbooks and papers that the tests make: it stands for WPS.
tools-office:
	@test -e /usr/lib/libreoffice/program/libsclo.so -a -e /usr/lib/libreoffice/program/libswlo.so || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libreoffice-calc-nogui libreoffice-writer-nogui; }

tools-window:
	@test -e /usr/include/GL/gl.h -a -e /usr/include/X11/extensions/Xinerama.h -a -e /usr/include/X11/extensions/XInput2.h || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq gcc libc6-dev libgl1-mesa-dev xorg-dev; }

# A screen that nobody sees, a keyboard and a mouse: the tests of the real window.
tools-screen: tools-window
	@( for c in Xvfb xdotool xclip; do command -v $$c >/dev/null || exit 1; done ) || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq xvfb xdotool xclip libgl1-mesa-dri; }

include packaging/windows/windows.mk

clean:
	rm -rf bin demo
