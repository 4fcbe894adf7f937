# proctor. `make run` sits a mock exam and `make check` runs every test; both first install
# what is missing. The other targets are listed by `make help`.

VERSION := 0.1.0
prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share
mandir ?= $(datadir)/man
BUILD ?= build
FUZZ_S ?= 60
, := ,

# CFLAGS, LDFLAGS and CC are the user's; what the project needs stands beside them. Flags
# that not every compiler knows are asked for first.
CFLAGS ?= -O2 -g
cc_option = $(shell echo 'int main(void){return 0;}' | \
	$(CC) -Werror $(1) -x c -o /dev/null - 2>/dev/null && echo '$(1)')

FLAGS_WARN := -Wall -Wextra -Wformat=2 -Wconversion -Wimplicit-fallthrough -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Werror=format-security \
	-Werror=implicit -Werror=incompatible-pointer-types -Werror=int-conversion \
	$(call cc_option,-Wtrampolines) $(call cc_option,-Wbidi-chars=any)
# The sanitizer and fuzzing builds set these themselves.
ifeq ($(origin FLAGS_HARD),undefined)
FLAGS_HARD := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	$(call cc_option,-fstack-clash-protection) $(call cc_option,-fcf-protection=full) \
	$(call cc_option,-mbranch-protection=standard) \
	$(call cc_option,-ftrivial-auto-var-init=zero) \
	$(call cc_option,-fstrict-flex-arrays=3) \
	$(call cc_option,-fno-delete-null-pointer-checks) -fno-strict-overflow \
	-fno-strict-aliasing -fPIE -fno-common
LINK_HARD := -pie $(call cc_option,-Wl$(,)-z$(,)relro$(,)-z$(,)now$(,)-z$(,)noexecstack) \
	$(call cc_option,-Wl$(,)-z$(,)separate-code) $(call cc_option,-Wl$(,)--as-needed)
endif

PKGS := libcjson libsodium sqlite3 md4c ncursesw
PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring -lm -pthread
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -pthread $(FLAGS_WARN) $(FLAGS_HARD) \
	-ffile-prefix-map=$(CURDIR)=. -Iinclude $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(LINK_HARD) $(LDFLAGS)
PLACES = -DPROCTOR_VERSION='"$(VERSION)"' -DPROCTOR_DATADIR='"$(datadir)/proctor"' \
	-DPROCTOR_SOURCE='"$(CURDIR)"'

SRC := $(sort $(wildcard src/*.c src/*/*.c src/*/*/*.c))
CMD_SRC := $(filter src/main.c src/cmd/%,$(SRC))
LIB_SRC := $(filter-out $(CMD_SRC),$(SRC))
HEADERS := $(sort $(wildcard include/proctor/*.h))
TEST_SRC := $(sort $(wildcard tests/unit/test_*.c))
TESTS := $(TEST_SRC:tests/unit/%.c=$(BUILD)/tests/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAYS := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(BUILD)/fuzz/replay_%)
BENCH_SRC := $(sort $(wildcard tests/bench/*.c))
BENCHES := $(BENCH_SRC:tests/bench/%.c=$(BUILD)/bench/%)
STYLED := $(SRC) $(HEADERS) $(TEST_SRC) $(FUZZ_SRC) tests/fuzz/replay.c $(BENCH_SRC) \
	$(sort $(wildcard src/*/*.h src/*/*/*.h tests/unit/*.h tests/fuzz/*.h))
MAN1 := $(sort $(wildcard docs/*.1))
# Where each shell looks for completions.
COMPLETIONS := bash:bash-completion/completions/proctor zsh:zsh/site-functions/_proctor \
	fish:fish/vendor_completions.d/proctor.fish
script = $(datadir)/$(lastword $(subst :, ,$(1)))
# A folder of the bank, for everybody to read, whatever umask the source was cloned under.
banks = $(DESTDIR)$(datadir)/proctor/banks
install_bank = install -d $(banks)/aws-mle/$(1) && install -m 644 \
	$(wildcard question_banks/aws-mle/$(1)/*.*) $(banks)/aws-mle/$(1)
SCHEMAS := $(sort $(wildcard docs/schema/*.schema.json))
obj = $(1:%.c=$(BUILD)/%.o)

Q = @
say = @echo '  $(1)' $(2)

all: $(BUILD)/proctor ## build the program (the default)

# What follows the set-up is made by a make that begins after it: this one has already asked
# the compiler for its flags, and may build several things at once.
again = $(Q)$(MAKE) --no-print-directory

run: setup ## install what is missing, build, and sit a mock exam
	$(again) all
	$(Q)$(BUILD)/proctor exam

check: setup ## install what is missing, build, and run all tests
	$(again) all unit
	$(Q)scripts/run-tests $(BUILD)

setup: ## install what is missing, on Debian and its relatives
	$(Q)scripts/setup

help: ## this list
	@awk -F ': .*## |: ## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' Makefile

$(BUILD)/proctor: $(call obj,$(CMD_SRC)) $(BUILD)/schemas.o $(BUILD)/libproctor.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libproctor.a: $(call obj,$(LIB_SRC))
	$(call say,AR  ,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(call obj,$(CMD_SRC)): WHERE = $(PLACES)
$(call obj,$(CMD_SRC)): $(BUILD)/places

# What the program was told at its making: another prefix makes it anew.
$(BUILD)/places: always
	$(Q)mkdir -p $(@D)
	$(Q)printf '%s\n' $(PLACES) | cmp -s - $@ || printf '%s\n' $(PLACES) >$@

always:

$(BUILD)/schemas.c: $(SCHEMAS) scripts/make-schema-source
	$(Q)mkdir -p $(@D)
	$(Q)scripts/make-schema-source $(SCHEMAS) >$@.new && mv $@.new $@

$(BUILD)/schemas.o: $(BUILD)/schemas.c Makefile
	$(call say,CC  ,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -I. -c -o $@ $<

$(BUILD)/%.o: %.c Makefile
	$(call say,CC  ,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(DEFINES) $(WHERE) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(BUILD)/libproctor.a
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libproctor.a
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# A fuzzer without libFuzzer, which runs over the files it is given.
$(BUILD)/fuzz/replay_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/replay.o \
		$(BUILD)/libproctor.a
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

unit: $(TESTS) $(REPLAYS)

# The sanitizers do without fortification, which would hide what they look for.
ASAN := -fsanitize=address,undefined -fno-sanitize-recover=all
asan: setup ## all tests again under the address and undefined behaviour sanitizers
	$(again) BUILD=build-asan FLAGS_HARD=-fPIE LINK_HARD=-pie \
		CFLAGS='-O1 -g -fno-omit-frame-pointer $(ASAN)' LDFLAGS='$(ASAN)' \
		DEFINES=-DARENA_PER_PIECE all unit
	$(Q)ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1 \
		scripts/run-tests build-asan

check-schema: setup ## thousands of spoilt files: is the JSON Schema of the linter's mind?
	$(again) all
	$(Q)scripts/setup node
	$(Q)scripts/check-schema $(BUILD)

check-browser: setup ## the web pages in Chromium: axe-core, narrow, dark, on paper
	$(again) all
	$(Q)scripts/setup browser
	$(Q)scripts/check-browser $(BUILD)

style: setup ## format, warnings of both compilers, floors, headers, manual pages
	$(Q)scripts/check-style '$(STYLED)' '$(HEADERS)'
	$(again) BUILD=build-gcc CC=gcc CFLAGS='-O2 -Werror' all unit
	$(again) BUILD=build-clang CC=clang CFLAGS='-O2 -Werror' all unit

bench: all $(BENCHES) ## ratios against peers and physical limits, measured in one run
	$(Q)scripts/setup bench
	$(Q)scripts/bench $(BUILD)
	$(Q)scripts/bench-keys $(BUILD)
	$(Q)scripts/bench-lint $(BUILD)
	$(Q)scripts/bench-history $(BUILD)

FUZZ_CC := clang
fuzz: setup ## each fuzzer for FUZZ_S seconds
	$(again) BUILD=build-fuzz CC=$(FUZZ_CC) FLAGS_HARD= LINK_HARD= \
		CFLAGS='-O1 -g $(ASAN) -fsanitize=fuzzer-no-link' \
		DEFINES=-DARENA_PER_PIECE build-fuzz/libproctor.a
	$(Q)CC=$(FUZZ_CC) LIBS='$(LIBS)' scripts/run-fuzzers build-fuzz $(FUZZ_S) '$(FUZZ_SRC)'

install: all ## below $(DESTDIR)$(prefix)
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(mandir)/man1
	install -m 755 $(BUILD)/proctor $(DESTDIR)$(bindir)/proctor
	$(if $(MAN1),install -m 644 $(MAN1) $(DESTDIR)$(mandir)/man1)
	$(foreach d,. blueprints questions,$(call install_bank,$d) || exit 1;)
	umask 022; $(foreach c,$(COMPLETIONS),install -d $(DESTDIR)$(dir $(call script,$c)) && \
		$(BUILD)/proctor completion $(firstword $(subst :, ,$c)) \
			>$(DESTDIR)$(call script,$c) || exit 1;)

uninstall: ## takes away what install put there, and nothing else
	rm -f $(DESTDIR)$(bindir)/proctor
	rm -f $(patsubst docs/%,$(DESTDIR)$(mandir)/man1/%,$(MAN1))
	rm -f $(foreach c,$(COMPLETIONS),$(DESTDIR)$(call script,$c))
	rm -rf $(banks)/aws-mle
	rmdir $(banks) $(DESTDIR)$(datadir)/proctor 2>/dev/null || true

clean: ## everything that was built
	rm -rf $(BUILD) build-*

-include $(patsubst %.c,$(BUILD)/%.d,$(SRC) $(TEST_SRC) $(BENCH_SRC) $(FUZZ_SRC))

.PHONY: all always run check check-schema check-browser setup help unit asan style bench fuzz install uninstall clean
.SECONDARY:
