#!/usr/bin/env bats
load common

@test "every command explains itself" {
	for words in exam drill resume review report history bank "bank list" "bank show" "bank verify" "bank sign" "bank forget" key "key new" "key list" "key trust" "key revoke" completion help; do
		try "$PROCTOR" $words --help
		[ "$status" = 0 ]
		[[ $out == "Usage: proctor $words"* ]]
		[ -z "$(echo "$out" | awk 'length > 80')" ]
		first=$out
		try "$PROCTOR" help $words
		[ "$words" = help ] || [ "$out" = "$first" ]
	done
}

@test "the overview lists every command with at most 60 columns of summary" {
	try "$PROCTOR" --help
	[ "$status" = 0 ]
	[[ $out == *"Usage: proctor COMMAND"* ]]
	[ -z "$(echo "$out" | awk 'length > 80')" ]
}

@test "the version is one line" {
	try "$PROCTOR" --version
	[ "$status" = 0 ]
	[[ $out =~ ^proctor\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "wrong words are usage errors of one line" {
	try "$PROCTOR"
	refused 2 "which command?"
	try "$PROCTOR" dance
	refused 2 "no command proctor dance"
	try "$PROCTOR" bank
	refused 2 "which command?"
	try "$PROCTOR" bank dance
	refused 2 "no command proctor bank dance"
	try "$PROCTOR" exam --dance
	refused 2 "no option --dance"
	try "$PROCTOR" exam --seed
	refused 2 "--seed wants a value"
	for words in "drill --topic" "drill --service" "exam --bank" "report -o" "history --import" "bank lint --select"; do
		try "$PROCTOR" $words ""
		refused 2 'wants a value, not ""'
	done
	try "$PROCTOR" exam one two
	refused 2 'one argument too many: "two"'
	try "$PROCTOR" exam -s x -zq
	refused 2 "no option -z"
	try "$PROCTOR" exam --untimed=5
	refused 2 "--untimed takes no value"
	try "$PROCTOR" exam --minutes 2000000
	refused 2 "from 1 to 1000000,"
	for words in "drill -n" "plan -n" "bank draw -n"; do
		for number in 1001 0 -1 1e3 ten; do
			try "$PROCTOR" $words $number
			refused 2 "from 1 to 1000, not \"$number\""
		done
	done
	try "$PROCTOR" bank lint --jobs 17
	refused 2 "--jobs wants a number from 1 to 16,"
	try "$PROCTOR" bank sign --set-version 1000000001 x
	refused 2 "from 1 to 1000000000,"
	for words in "report a b" "resume a b" "bank list a" "bank verify a b" "bank sign a b"; do
		try "$PROCTOR" $words
		refused 2 "one argument too many"
	done
}

@test "in every front end that there is, jsonl wins over plain, and the help says so" {
	"$PROCTOR" exam --jsonl --plain --seed a <<<'{"do":"submit"}' >exam
	"$PROCTOR" drill --plain --jsonl --seed a <<<'{"do":"submit"}' >drill
	"$PROCTOR" review --jsonl --plain </dev/null >review
	for command in exam drill review; do
		[ "$(sed -n 1p $command | jq -r .is)" = session ]
		"$PROCTOR" $command --help | tr -s ' \n' ' ' | grep -q "wins over --plain"
	done
}

@test "names from outside are shown harmless" {
	try "$PROCTOR" exam --bank $'\e[2Jx'
	refused 2 '^[[2Jx'
}

@test "a full device behind standard output is an error" {
	[ -e /dev/full ] || skip "no /dev/full"
	status=0
	"$PROCTOR" bank verify >/dev/full 2>err.txt || status=$?
	err=$(cat err.txt)
	refused 4 "standard output"
}

@test "a standard stream that is closed is an error, and nothing else takes its place" {
	status=0
	"$PROCTOR" exam >&- <<<$'a\nquit' 2>err.txt || status=$?
	err=$(cat err.txt)
	refused 4 "standard output"
	try timeout 10 sh -c '"$0" exam --jsonl <&-' "$PROCTOR"
	[ "$status" = 0 ]
	[[ $out == *'"is":"session"'* ]]
}

@test "a password that is broken off leaves the terminal as it was" {
	command -v script >/dev/null || skip "no script"
	cp -r "$ROOT/question_banks/aws-mle" bank
	install -m 600 "$ROOT/tests/vectors/minisign/enc.key" key
	{ wait_until grep -qs "Password" typescript && printf '\003' &&
		wait_until grep -q "lnext" typescript; } |
		script -qefc "exec sh -c 'trap : INT; $PROCTOR bank sign bank -s key; stty -a'" typescript >/dev/null
	grep -q ' echo ' typescript
}

# The project with a compiler that only notes what it is asked, and is not there before
# scripts/setup has been run.
bare_machine() {
	mkdir bare
	cp -r "$ROOT/Makefile" "$ROOT/src" "$ROOT/include" "$ROOT/docs" "$ROOT/scripts" \
		"$ROOT/question_banks" bare
	mkdir -p bare/tests/unit
	cat >bare/later <<-'END'
		#!/bin/sh
		echo "$*" >>asked
		while [ $# -gt 1 ] && [ "$1" != -o ]; do shift; done
		[ $# = 1 ] || [ "$2" = /dev/null ] ||
			{ printf '#!/bin/sh\necho "I am told: $*"\n' >"$2" && chmod +x "$2"; }
	END
	printf '#!/bin/sh\ninstall later cc\n' >bare/scripts/setup
}

bare_make() {
	env -u MAKEFLAGS -u MAKELEVEL make -s -C bare CC=./cc BUILD=build "$@"
}

@test "on a bare machine the program is built as it is on any other" {
	bare_machine
	bare_make -j4 run | grep -qx "I am told: exam"
	grep -- '-o build/proctor ' bare/asked | grep -q -- '-Wl,-z,relro,-z,now'
	grep -q -- '-fstack-clash-protection .*-o build/src/main.o' bare/asked
}

@test "installed elsewhere than it was built for, the program knows where it is" {
	bare_machine
	bare_make run >/dev/null
	bare_make >/dev/null
	: >bare/asked
	bare_make
	[ ! -s bare/asked ] || ! grep -q -- '-c -o' bare/asked
	bare_make install DESTDIR="$PWD/stage" prefix=/opt/exams >/dev/null
	grep -q 'PROCTOR_DATADIR="/opt/exams/share/proctor".*src/cmd/find.c' bare/asked
}

@test "what is installed is for everybody to read, and uninstall takes it away alone" {
	build=$(realpath --relative-to="$ROOT" "$(dirname "$PROCTOR")")
	umask 077
	make -s -C "$ROOT" install DESTDIR="$PWD/stage" BUILD="$build" >/dev/null
	program=$(find stage -path '*/bin/proctor')
	share=${program%/bin/proctor}/share/proctor
	[ -x "$program" ]
	[ -z "$(find stage/* ! -perm -a=r)" ]
	[ -z "$(find stage/* -type d ! -perm -a=x)" ]
	PROCTOR_BANKS="$share/banks" try "$program" bank verify
	[ "$status" = 0 ]
	mkdir "$share/trusted.d"
	touch "$share/trusted.d/other.pub"
	make -s -C "$ROOT" uninstall DESTDIR="$PWD/stage" >/dev/null
	[ "$(find stage -type f)" = "$share/trusted.d/other.pub" ]
}
