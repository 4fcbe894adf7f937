# What every command test begins with: a home of its own, and the program under test.
: "${PROCTOR:=$BATS_TEST_DIRNAME/../../build/proctor}"
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

setup() {
	export HOME="$BATS_TEST_TMPDIR/home" LC_ALL=C.UTF-8 TZ=UTC COLUMNS=80
	export XDG_STATE_HOME="$HOME/state" XDG_CONFIG_HOME="$HOME/config" XDG_DATA_HOME="$HOME/data"
	export PROCTOR_BANKS="$ROOT/question_banks"
	mkdir -p "$HOME"
	cd "$BATS_TEST_TMPDIR" || return 1
}

# The shipped bank, to be spoilt.
copy_bank() {
	mkdir copy
	cp -r "$ROOT/question_banks/aws-mle" copy/aws-mle
	ln -s copy/aws-mle bank
	export PROCTOR_BANKS="$PWD/copy"
}

# "run" with what goes to stderr kept apart: $out, $err, $status.
try() {
	status=0
	out=$("$@" 2>err.txt) || status=$?
	err=$(cat err.txt)
}

# It ended with this status, and one line on stderr, beside warnings (the shipped bank grows
# old), that contains these words.
refused() {
	[ "$status" = "$1" ] || { echo "status $status: $out $err"; return 1; }
	[ "$(grep -vc '^proctor: warning: ' err.txt)" = 1 ] || { echo "not one line: $err"; return 1; }
	case $err in *"$2"*) ;; *) echo "no \"$2\" in: $err"; return 1 ;; esac
}

# Until the command is true, ten seconds at the most.
wait_until() {
	for _ in $(seq 200); do
		"$@" && return
		sleep 0.05
	done
	echo "never: $*"
	return 1
}
