# Every target is one commented line; `make help` prints them.
PREFIX ?= /usr/local
VENV   := target/venv
PYTHON := $(VENV)/bin/python
PY_SOURCES := $(shell find core bindings/python bindings/cli tests/emulator \
	\( -name '*.rs' -o -name '*.py' -o -name '*.pyi' -o -name '*.toml' -o -name '*.html' \) -not -path '*/tests/test_*') Cargo.toml Cargo.lock
C_SOURCES  := Cargo.toml Cargo.lock core/Cargo.toml core/src ffi-c/Cargo.toml ffi-c/build.rs ffi-c/src
.DEFAULT_GOAL := help
MINUTES ?= 60
CALLS   ?= 100000
PART    ?=
ROUNDS  ?=
ACCOUNTS ?=
.PHONY: help demo test quick lint powershell-check bench fuzz storm prove lib install uninstall header stage cli venv packages dist test-dist demo-packages clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: demo-packages venv stage ## a login, an account that two languages share, 60 days, a kill -9; then the bare call; on this machine alone
	@$(CC) -std=c11 -Wall -Wextra examples/c/token.c -o target/example-c -Itarget/stage/include \
		-Ltarget/stage/lib -lpinterest_oauth -Wl,-rpath,$(CURDIR)/target/stage/lib
	@$(PYTHON) examples/demo.py --c-program target/example-c

test: packages venv ## every test of the project, with one closing matrix; what CI runs
	@$(PYTHON) tests/run.py

quick: cli ## core, header and the conformance runner's self-test, in about a minute
	@cargo test --locked -q -p pinterest-oauth
	@cargo test --locked -q -p pinterest-oauth-ffi --test header
	@python3 tests/conformance/selftest.py

lint: packages venv ## formatting, clippy, rustdoc, ruff and mypy, warnings denied
	@$(PYTHON) tests/run.py lint

powershell-check: ## everything in a real PowerShell: PWSH=/path [MODULE=folder EMULATOR='command']; target/powershell.json
	@PWSH='$(or $(PWSH),$(shell command -v pwsh))' python3 tests/powershell/full.py \
		$(if $(MODULE),--module '$(MODULE)') $(if $(EMULATOR),--emulator-cmd '$(EMULATOR)')

bench: packages lib ## the benchmarks, side by side with what else there is; a picture of them: [PART=name] [ROUNDS=n] [ACCOUNTS=n]
	python3 tests/bench/run.py $(if $(PART),--only '$(PART)') $(if $(ROUNDS),--rounds '$(ROUNDS)') \
		$(if $(ACCOUNTS),--accounts '$(ACCOUNTS)')

fuzz: packages venv ## inputs that a fuzzer makes: MINUTES over all targets (60); writes target/fuzz.json
	@nice $(PYTHON) tests/fuzz/run.py --minutes $(MINUTES)

storm: packages venv cli ## every fault against every language: CALLS of each (100000); writes target/storm.json
	@nice $(PYTHON) tests/storm/run.py --calls $(CALLS)

prove: packages venv cli stage ## the token manager under kill -9, power loss and full disks: [PART=name] [ROUNDS=n]; target/prove/table.md
	@node bindings/node/scripts/prepare.mjs
	@nice $(PYTHON) tests/prove/run.py --full $(if $(PART),--part '$(PART)') $(if $(ROUNDS),--rounds '$(ROUNDS)')

lib: ## the C library, optimised, in target/release
	cargo build --locked --release -p pinterest-oauth-ffi

install: ## the C library under PREFIX (/usr/local); where `make lib` has built it, no Rust is needed
	@library="$$(ffi-c/target.sh)/release/libpinterest_oauth_ffi.so"; \
	if ! [ -f "$$library" ] || [ -n "$$(find $(C_SOURCES) -newer "$$library" | head -n 1)" ]; then \
		command -v cargo >/dev/null || { \
			echo "$$library is missing or older than its sources, and there is no cargo here: run 'make lib' first" >&2; \
			exit 1; \
		}; \
		$(MAKE) lib; \
	fi
	@ffi-c/install.sh "$(PREFIX)"

uninstall: ## takes away what `make install` put under PREFIX
	@ffi-c/install.sh --uninstall "$(PREFIX)"

header: ## what is written from the sources: C headers, include/documents.json, tables of README.md
	UPDATE_HEADER=1 cargo test -q -p pinterest-oauth -p pinterest-oauth-ffi --test documents --test header

stage: ## the C library as installed, unoptimised, in target/stage
	@cargo build --locked -q -p pinterest-oauth-ffi
	@ffi-c/install.sh target/stage "$$(ffi-c/target.sh)/debug" >/dev/null

cli: ## the command, unoptimised, in target/debug
	cargo build --locked -p pinterest-oauth-cli

venv: $(VENV)/.installed ## the Python package as users install it, with its test tools, in target/venv

$(VENV)/.installed: $(PY_SOURCES)
	@echo "Installing the Python package in $(VENV) (the first build takes a few minutes) ..."
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1' # knows --group
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --upgrade --group bindings/python/pyproject.toml:test
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps ./bindings/python
	@touch $@

packages: ## the programs that the tests need (installed with apt-get when run as root)
	@tests/packages.sh

dist: ## every package, for Linux with glibc 2.17 or newer, in target/dist
	@tests/packages.sh dist
	@nice python3 .ci/dist/build.py

test-dist: ## each package of target/dist, installed in clean systems; the library and the wheel (FULL=1: all) built twice
	@tests/packages.sh dist
	@python3 tests/dist/run.py
	@nice python3 .ci/dist/reproduce.py $(if $(FULL),--all)

demo-packages:
	@tests/packages.sh demo

clean: ## everything that was built
	rm -rf target
