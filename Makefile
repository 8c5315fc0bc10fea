# Every target is one commented line; `make help` prints them.
PREFIX ?= /usr/local
.DEFAULT_GOAL := help

.PHONY: help lib cli header install stage

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

lib: ## the C library, optimised, in target/release
	cargo build --release -p pinterest-oauth-ffi

cli: ## the command, in target/debug
	cargo build -p pinterest-oauth-cli

header: ## include/pinterest_oauth.h, anew from the sources
	UPDATE_HEADER=1 cargo test -q -p pinterest-oauth-ffi --test header

install: lib ## the C library under PREFIX (/usr/local)
	ffi-c/install.sh $(PREFIX)

stage: ## the C library as installed, unoptimised, in target/stage
	cargo build -p pinterest-oauth-ffi
	ffi-c/install.sh target/stage target/debug
