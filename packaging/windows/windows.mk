# The Windows build, made on Linux with mingw-w64. Everything fetched or built once
# is kept outside the checkout, under a path that does not change, so that Go's cache
# of compiled C serves every checkout.

CACHE     ?= $(HOME)/.cache/xiangzhen
WIN       := packaging/windows
WINOUT    ?= bin/windows
VERSION   := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
MINGW     := x86_64-w64-mingw32
ANGLE     := $(CACHE)/angle-gl-8.1.6
RESOURCE  := cmd/xiangzhen/rsrc_windows_amd64.syso
WINTAGS   := gles,egl,$(TAGS)
LINKFLAGS := -s -w -X main.version=$(VERSION)

# ANGLE draws by Direct3D where a PC has no OpenGL. It comes inside the npm package
# gl, whose contents are pinned by this sum.
ANGLE_URL := https://registry.npmjs.org/gl/-/gl-8.1.6.tgz
ANGLE_SUM := d1cb2650b57481b3846373777c6a1e535bf3fcda525df20f077b3a479f9ca177
ANGLE_DLL := libEGL.dll libGLESv2.dll d3dcompiler_47.dll

WINENV     = GOOS=windows GOARCH=amd64
WINCGO     = $(WINENV) CGO_ENABLED=1 CC=$(MINGW)-gcc CXX=$(MINGW)-g++
GLESCGO    = $(WINCGO) CGO_CFLAGS="-g -O2 -I$(ANGLE)/include" CGO_LDFLAGS="-g -O2 -L$(ANGLE)/lib"

.PHONY: windows windows-gl windows-files installer tools-windows tools-installer

windows: windows-files ## the Windows programs with all they need, bin/windows
	$(GLESCGO) $(GO) build -trimpath -tags $(WINTAGS) -ldflags '$(LINKFLAGS) -H=windowsgui -linkmode=external -extldflags=-static' -o $(WINOUT)/xiangzhen.exe ./cmd/xiangzhen
	$(WINENV) CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o $(WINOUT)/xzctl.exe ./cmd/xzctl
	$(call sign,$(WINOUT)/xiangzhen.exe)
	$(call sign,$(WINOUT)/xzctl.exe)

# A second try for a PC where the first does not start; its OpenGL binding compiles
# for a quarter of an hour.
windows-gl: tools-go tools-windows $(RESOURCE) ## xiangzhen.exe that draws by the PC's own OpenGL, bin/windows-gl
	$(WINCGO) $(GO) build -trimpath -tags $(TAGS) -ldflags '$(LINKFLAGS) -H=windowsgui -extldflags=-static' -o bin/windows-gl/xiangzhen.exe ./cmd/xiangzhen

windows-files: tools-go tools-windows $(RESOURCE) $(ANGLE)/lib/libEGL.a
	mkdir -p $(WINOUT)
	cp $(addprefix $(ANGLE)/dll/,$(ANGLE_DLL)) $(WINOUT)/
	sed 's/$$/\r/' $(WIN)/install.txt > $(WINOUT)/安装说明.txt
	$(WINENV) CGO_ENABLED=1 GOFLAGS="$(GOFLAGS) -tags=$(WINTAGS)" $(WIN)/licences.sh $(ANGLE) > $(WINOUT)/licences.txt

# What a certificate is given for is signed: SIGN_CERT=x.pfx SIGN_PASS=<file with its
# password> and, with a network, SIGN_TIME=<address of a time stamp>.
sign = $(if $(SIGN_CERT),osslsigncode sign -pkcs12 "$(SIGN_CERT)" -readpass "$(SIGN_PASS)" -h sha256 -n 乡振台账 $(if $(SIGN_TIME),-ts "$(SIGN_TIME)") -in $1 -out $1.signed && mv $1.signed $1)

RELEASE := bin/release
SETUP   := $(RELEASE)/xiangzhen-$(VERSION)-setup.exe
ZIP     := $(RELEASE)/xiangzhen-$(VERSION)-portable.zip

installer: windows tools-installer ## installer and portable zip with their sums, bin/release
	rm -rf $(RELEASE) && mkdir -p $(RELEASE)/xiangzhen/data
	makensis -V2 -INPUTCHARSET UTF8 -DVERSION=$(VERSION) -DFILES="$(CURDIR)/$(WINOUT)" -DICON="$(CURDIR)/bin/xiangzhen.ico" -DOUT="$(CURDIR)/$(SETUP)" $(WIN)/installer.nsi
	$(call sign,$(SETUP))
	cp -r $(WINOUT)/. $(RELEASE)/xiangzhen/
	cd $(RELEASE) && zip -q -r -X -UN=UTF8 $(notdir $(ZIP)) xiangzhen && rm -r xiangzhen
	cd $(RELEASE) && sha256sum $(notdir $(SETUP) $(ZIP)) > SHA256SUMS.txt

$(ANGLE)/lib/libEGL.a: $(WIN)/c/egl.c $(ANGLE)/gl.tgz
	mkdir -p $(ANGLE)/lib
	$(MINGW)-gcc -O2 -Wall -Wextra -Wno-cast-function-type -c -o $(ANGLE)/lib/egl.o $<
	$(MINGW)-ar rcs $@ $(ANGLE)/lib/egl.o

$(ANGLE)/gl.tgz:
	mkdir -p $(ANGLE)/include $(ANGLE)/dll $(ANGLE)/licence
	curl -fsSL -o $@.part $(ANGLE_URL)
	echo "$(ANGLE_SUM)  $@.part" | sha256sum --check --quiet
	tar xzf $@.part -C $(ANGLE)/include --strip-components=3 package/angle/include
	tar xzf $@.part -C $(ANGLE)/dll --strip-components=5 package/deps/windows/dll/x64
	tar xzf $@.part -C $(ANGLE)/licence --strip-components=1 package/LICENSES package/angle/LICENSE
	mv $@.part $@

# The icon, the version and the manifest, in the form that the linker takes in.
$(RESOURCE): $(WIN)/xiangzhen.rc $(WIN)/xiangzhen.manifest FyneApp.toml bin/xiangzhen.ico
	sed 's/@VERSION@/$(VERSION).0/' $(WIN)/xiangzhen.manifest > bin/xiangzhen.manifest
	$(MINGW)-windres --codepage=65001 --include-dir=bin --output-format=coff \
		'-DVERSION_TEXT=\"$(VERSION)\"' -DVERSION_COMMAS=$(subst .,$(comma),$(VERSION)),0 -o $@ $<

comma := ,
ICONS := 16 20 24 32 40 48 64 128 256

bin/xiangzhen.ico: assets/icon.svg
	mkdir -p bin
	for size in $(ICONS); do rsvg-convert -w $$size -h $$size -o bin/icon-$$size.png $< || exit 1; done
	icotool --create --output=$@ $(patsubst %,bin/icon-%.png,$(filter-out 256,$(ICONS))) --raw=bin/icon-256.png
	rm bin/icon-*.png

tools-windows:
	@( for c in $(MINGW)-gcc $(MINGW)-windres rsvg-convert icotool curl; do command -v $$c >/dev/null || exit 1; done ) || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc-mingw-w64-x86-64 g++-mingw-w64-x86-64 librsvg2-bin icoutils curl ca-certificates; }

tools-installer:
	@( for c in makensis zip $(if $(SIGN_CERT),osslsigncode); do command -v $$c >/dev/null || exit 1; done ) || \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nsis zip osslsigncode; }

# Wine 8 lacks a library that Go asks for at its start; a stand-in of six lines does.
WINE     := /usr/lib/wine/wine64
WINEDISK := $(CACHE)/wine
WINEENV  := WINEPREFIX="$(WINEDISK)" WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml=

# The window under wine, and the packages with system calls too: RemoveAll of wine 8
# fails, so these make their own folders.
test-windows: installer build tools-wine tools-screen $(WINEDISK)/ready ## the Windows programs under wine
	$(WINEENV) $(WINENV) CGO_ENABLED=0 xvfb-run -a $(GO) test -count 1 -tags $(TAGS) -exec $(WINE) ./gui/native ./cmd/xiangzhen/record
	$(WINEENV) /usr/lib/wine/wineserver64 -w
	WINDOWS_DIR="$(CURDIR)/$(WINOUT)" WINDOWS_SETUP="$(CURDIR)/$(SETUP)" WINE_TEMPLATE="$(WINEDISK)" XZCTL="$(CURDIR)/bin/xzctl" $(GO) test -count 1 -v -run Wine ./packaging/windows

$(WINEDISK)/ready: $(WIN)/c/processprng.c | tools-wine
	rm -rf $(WINEDISK) && mkdir -p $(WINEDISK)
	$(WINEENV) $(WINE) wineboot -i
	$(WINEENV) $(WINE) winecfg -v win10
	$(WINEENV) /usr/lib/wine/wineserver64 -w
	$(MINGW)-gcc -O2 -shared -s -o $(WINEDISK)/drive_c/windows/system32/bcryptprimitives.dll $< -ladvapi32
	touch $@

.PHONY: test-windows tools-wine
tools-wine:
	@( test -x $(WINE) && command -v xvfb-run >/dev/null && command -v xauth >/dev/null ) || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wine64 wine xvfb xauth; }
