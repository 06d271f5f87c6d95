# 乡振台账: every target installs what a bare Debian machine lacks, so that two
# commands do all the set-up: `make demo` and `make test`.

GO      ?= go
OUT     ?= demo
DB      ?= $(OUT)/甲镇 台账.xz
TAGS    := migrated_fynedo,no_emoji,no_animations
export GOFLAGS := -buildvcs=false

.PHONY: help build demo test lint bench tools-go tools-office clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

build: tools-go ## the command line, bin/xzctl, without cgo
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/xzctl ./cmd/xzctl

demo: tools-go ## the main job from end to end; names the folder with its workbooks
	CGO_ENABLED=0 $(GO) run ./cmd/dev demo --out "$(OUT)"

test: tools-go tools-office lint ## all tests, as .ci/run does
	$(GO) test -tags $(TAGS) -timeout 20m ./...

lint: tools-go ## vet and formatting
	@test -z "$$(gofmt -l assets cmd gui model | tee /dev/stderr)" || { echo "gofmt: the files above"; exit 1; }
	$(GO) vet -tags $(TAGS) ./...

bench: tools-go ## the figures of the issues, beside a baseline of the same run
	$(GO) test -run '^$$' -bench . -benchtime 3x -timeout 60m ./model/...

tools-go:
	@command -v $(GO) >/dev/null || { apt-get update -qq && apt-get install -y -qq golang-go; }

# LibreOffice opens the workbooks that the tests make: it stands for WPS.
tools-office:
	@command -v soffice >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libreoffice-calc-nogui; }

clean:
	rm -rf bin demo
