#!/usr/bin/env bats
load common

# Of two answers, the milliseconds that were left.
left_of() { jq -s "[.[] | .remaining_ms | values] | .[$2]" <"$1"; }

@test "leaving and coming back gains no time" {
	{ echo '{"do":"goto","number":2}'; sleep 0.3; echo '{"do":"goto","number":2}'; echo '{"do":"quit"}'; } |
		"$PROCTOR" exam --jsonl --seed s >one 2>/dev/null
	"$PROCTOR" resume --jsonl >two 2>/dev/null <<<'{"do":"goto","number":3}'
	[ "$(left_of two 0)" -le "$(left_of one -1)" ]
}

@test "an exam runs from the first question to the report" {
	try "$PROCTOR" exam <<<$'a\nn\nb\nsubmit\nyes'
	[ "$status" = 0 ]
	[[ $out == *"Question 1 of 65"* ]]
	[[ $out == *"FAIL"* ]]
	try "$PROCTOR" report
	[ "$status" = 0 ]
	[[ $out == *"mla-c01"* || $out == *"MLA-C01"* ]]
}

@test "each blueprint of the bank can be sat" {
	for blueprint in mla-c01 mla-c02 mla-c02-beta; do
		try "$PROCTOR" exam $blueprint --jsonl <<<'{"do":"submit"}'
		[ "$status" = 0 ]
		[ "$(echo "$out" | head -1 | jq -r .blueprint)" = $blueprint ]
		[ "$(echo "$out" | tail -1 | jq -r .score.scaled)" = 100 ]
	done
	[ "$(echo "$out" | head -1 | jq .questions)" = 85 ]
	[ "$(echo "$out" | head -1 | jq .limit_ms)" = 10200000 ]
}

@test "the result in jsonl is the report as json" {
	try "$PROCTOR" exam --jsonl --seed s <<<'{"do":"submit"}'
	echo "$out" | tail -1 | jq -S 'del(.is)' >one
	"$PROCTOR" report --format json | jq -S . >two
	cmp one two
}

@test "the same seed gives the same exam, whatever was seen" {
	for i in 1 2; do
		"$PROCTOR" exam --jsonl --seed same <<<'{"do":"submit"}' | tail -1 |
			jq -c '[.questions[] | [.id, .key]]' >form$i
	done
	cmp form1 form2
	"$PROCTOR" exam --jsonl --seed other <<<'{"do":"submit"}' | tail -1 |
		jq -c '[.questions[] | [.id, .key]]' >form3
	! cmp -s form1 form3
}

@test "without a seed the second exam repeats nothing of the first" {
	for i in 1 2; do
		"$PROCTOR" exam --jsonl <<<'{"do":"submit"}' 2>/dev/null | tail -1 |
			jq -r '.questions[].id' | sort >form$i
	done
	[ "$(comm -12 form1 form2 | wc -l)" = 0 ]
}

@test "an exam is left and gone on with" {
	try "$PROCTOR" exam --seed first <<<$'a\nflag\nquit'
	id=$(echo "$out" | sed -n 's/.*Go on with: proctor resume \([0-9a-f-]*\)/\1/p')
	try "$PROCTOR" report "$id"
	refused 2 "is not finished"
	try "$PROCTOR" resume "$id" <<<$'review\nquit'
	[ "$status" = 0 ]
	[[ $out == *"Time left: 2 hours "*"Question 1 of 65, flagged"* ]]
	[[ $out == *"Your answer: A"* || $out == *"answered in part"* ]]
	try "$PROCTOR" resume --jsonl <<<'{"do":"submit"}'
	[ "$status" = 0 ]
	try "$PROCTOR" resume
	refused 2 "there is no unfinished session"
	try "$PROCTOR" resume "$id"
	refused 2 "is finished"
}

@test "time options are what they say" {
	limit() { "$PROCTOR" exam --jsonl "$@" </dev/null 2>/dev/null | head -1 | jq .limit_ms; }
	[ "$(limit)" = 7800000 ]
	[ "$(limit --accommodation esl)" = 9600000 ]
	[ "$(limit --minutes 30)" = 1800000 ]
	[ "$(limit --untimed)" = 0 ]
	try "$PROCTOR" exam --accommodation none
	refused 2 'knows no accommodation "none"'
	try "$PROCTOR" exam --untimed --minutes 5
	refused 2 "goes with no other time option"
	try "$PROCTOR" exam --minutes 0
	refused 2 "wants a number"
}

@test "strict time cannot be paused" {
	try "$PROCTOR" exam --strict-time --jsonl <<<'{"do":"pause"}'
	[[ $out == *"cannot be paused"* ]]
}

@test "a session is open in one process only" {
	mkfifo hold
	"$PROCTOR" exam --jsonl <hold >first 2>/dev/null &
	pid=$!
	exec 8>hold
	wait_until test -s first
	try "$PROCTOR" resume
	refused 4 "is open in another process, $pid"
	exec 8>&-
	wait $pid
	try "$PROCTOR" resume <<<quit
	[ "$status" = 0 ]
}

@test "killed and hung up, nothing saved is lost" {
	for signal in KILL TERM HUP INT; do
		rm -rf "$XDG_STATE_HOME" first hold
		mkfifo hold
		# Bash starts background children with SIGINT ignored; env sets it back.
		env --default-signal=INT,HUP,TERM "$PROCTOR" exam --jsonl <hold >first 2>/dev/null &
		pid=$!
		exec 8>hold
		echo '{"do":"flag","number":7,"on":true}' >&8
		wait_until grep -q saved first
		kill -$signal $pid
		status=0
		wait $pid || status=$?
		exec 8>&-
		[ "$status" = $((128 + $(kill -l $signal))) ]
		out=$("$PROCTOR" resume --jsonl <<<'{"do":"status"}')
		[[ $out == *'"flagged":[7]'* ]]
	done
}

@test "a reader that goes away ends the exam quietly" {
	"$PROCTOR" exam --jsonl < <(for i in $(seq 50); do echo '{"do":"status"}'; done) 2>err.txt | head -1 >/dev/null
	out=$("$PROCTOR" resume --jsonl <<<'{"do":"status"}')
	[[ $out == *'"is":"status"'* ]]
}

@test "a full disk refuses to begin" {
	if ! unshare -r -m true 2>/dev/null; then skip "no user namespaces here"; fi
	mkdir -p "$XDG_STATE_HOME"
	try unshare -r -m sh -c "mount -t tmpfs -o size=512k none '$XDG_STATE_HOME' && '$PROCTOR' exam"
	refused 4 "the disk is full"
}

@test "a place that cannot be written refuses to begin" {
	: >"$HOME/file"
	XDG_STATE_HOME="$HOME/file" try "$PROCTOR" exam
	refused 4 "$HOME/file"
}

@test "an absence before the last resume counts in the result as in the report" {
	"$PROCTOR" exam --jsonl <<<'{"do":"quit"}' >/dev/null
	sqlite3 "$XDG_STATE_HOME/proctor/proctor.db" 'UPDATE events SET real_ms = real_ms - 100000'
	"$PROCTOR" resume --jsonl <<<'{"do":"submit"}' | tail -1 | jq -S 'del(.is)' >one
	[ "$(jq .gaps one)" = 1 ]
	"$PROCTOR" report --format json | jq -S . >two
	cmp one two
}

@test "an output that cannot be written is an error, and nothing is lost" {
	[ -e /dev/full ] || skip "no /dev/full"
	status=0
	"$PROCTOR" exam <<<$'a\nn' >/dev/full 2>err.txt || status=$?
	err=$(cat err.txt)
	refused 4 "standard output cannot be written"
	try "$PROCTOR" resume --jsonl <<<'{"do":"status"}'
	[ "$status" = 0 ]
}

@test "a report is written whole to its file" {
	"$PROCTOR" exam --jsonl <<<'{"do":"submit"}' >/dev/null
	try "$PROCTOR" report --format json -o report.json
	[ "$status" = 0 ]
	[ "$(jq -r .format report.json)" = proctor-report/1 ]
	try "$PROCTOR" report --format json -o no/where.json
	refused 4 "no/where.json"
	mkfifo pipe
	ln -s report.json link
	for file in pipe link "$HOME"; do
		try "$PROCTOR" report -o "$file"
		refused 2 "not a regular file"
	done
	[ -p pipe ] && [ -L link ]
	try "$PROCTOR" report --format yaml
	refused 2 "--format wants"
}
