#!/usr/bin/env bats
# Drills, as commands and in a real terminal.
load common

# The bank of tests/fixtures/screens, signed; the options for it are in $SCREENS.
screens_bank() {
	cp -r "$ROOT/tests/fixtures/screens" screens
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	"$PROCTOR" bank sign screens --secret key >sign.txt 2>&1
	SCREENS="--bank $PWD/screens --key $ROOT/tests/vectors/minisign/plain.pub"
}

drill() { "$PROCTOR" drill --jsonl "$@"; }

@test "a drill asks ten questions, shows the key after each answer, and ends in a result" {
	try drill --seed a < <(
		for i in $(seq 10); do
			# Of every length, so that one of them is complete.
			jq -nc --argjson n $i 'range(1; 7) as $k |
				{do: "respond", number: $n, letters: (["A", "B", "C", "D", "E", "F"] | .[:$k])},
				{do: "respond", number: $n, pairs: ([range(1; $k + 1) | {key: tostring, value: "A"}] | from_entries)}'
		done
		echo '{"do":"submit"}'
	)
	[ "$status" = 0 ]
	[ "$(echo "$out" | jq -s '.[0] | [.kind, .feedback, .questions, .limit_ms]' -c)" = '["drill",true,10,0]' ]
	[ "$(echo "$out" | jq -s 'map(select(.is == "feedback")) | length')" = 10 ]
	echo "$out" | jq -se 'map(select(.is == "feedback")) |
		all(.key and .explanation and (.references | length > 0) and (.rationales | length > 2))'
	[ "$(echo "$out" | tail -1 | jq -r '[.is, .kind] | join(" ")')" = 'result drill' ]
}

@test "a drill that is ended at once has nothing to say, and says that" {
	try "$PROCTOR" drill --plain -n 2 <<<$'submit\nyes'
	[ "$status" = 0 ]
	try "$PROCTOR" report
	[[ $out == *"Right      nothing was answered"* ]]
	[[ $out != *"0 of 0"* && $out != *likely* ]]
}

@test "wishes are kept, and combine" {
	try drill --domain 2 --type ordering -n 3 <<<'{"do":"submit"}'
	echo "$out" | tail -1 | jq -e '.questions | length > 0 and all(.domain == "2" and .type == "ordering")'
	try drill --task 1.2 --unseen -n 4 <<<'{"do":"submit"}'
	echo "$out" | tail -1 | jq -e '.questions | length == 4 and all(.task == "1.2")'
	try drill --service glue -n 2 <<<'{"do":"submit"}'
	echo "$out" | tail -1 | jq -e '.questions | all(.services | any(test("Glue")))'
}

@test "what was missed is asked again, and what was answered counts when the drill was ended" {
	drill --task 1.1 --type multiple-choice -n 5 --seed a < <(
		for i in 1 2 3; do echo "{\"do\":\"respond\",\"number\":$i,\"letters\":[\"A\"]}"; done
		echo '{"do":"submit"}'
	) >first
	jq -r 'select(.is == "feedback" and (.right | not)) | .question' first | sort >missed
	[ -s missed ]
	drill --missed -n 20 <<<'{"do":"submit"}' | tail -1 | jq -r '.questions[].id' | sort >again
	diff missed again
}

@test "an empty drill says why, and a misspelt name what may be meant" {
	try drill --missed </dev/null
	refused 1 "none was asked yet"
	try drill --task 9.9 </dev/null
	refused 2 "has no question of task 9.9; there are 1.1, 1.2, 1.3, 2.1,"
	try drill --domain 9 </dev/null
	refused 2 "has no question of domain 9; there are 1, 2, 3, 4"
	try drill --service sagemakr </dev/null
	refused 2 "has no question about the service"
	try drill --type orderin </dev/null
	refused 2 'did you mean "ordering"?'
	for wrong in "--feedback later" "--exam-date tomorrow" "--exam-date 2027-02-31" \
		"--exam-date 2001-01-01" "-n 0" "-n 1001" "--minutes 0"; do
		try drill $wrong </dev/null
		refused 2 ""
	done
	[ -z "$(find "$XDG_STATE_HOME" -name '*.lock')" ]
	try "$PROCTOR" resume
	refused 2 "no unfinished session"
}

@test "with --feedback end nothing of a key is told before the end" {
	try drill --feedback end -n 2 < <(echo '{"do":"respond","number":1,"letters":["A"]}'; echo '{"do":"goto","number":1}'; echo '{"do":"quit"}')
	[ "$status" = 0 ]
	[ "$(echo "$out" | head -1 | jq .feedback)" = false ]
	[ -z "$(echo "$out" | grep -E '"(key|right|rationales|revealed)"')" ]
}

@test "a drill can be timed, and then expires as an exam does" {
	try drill --minutes 3 </dev/null
	[ "$(echo "$out" | jq .limit_ms)" = 180000 ]
}

@test "a drill beside an exam that is not finished is told, and allowed" {
	"$PROCTOR" exam --jsonl </dev/null >/dev/null
	exam=$("$PROCTOR" resume --jsonl </dev/null | jq -r .id)
	try drill -n 1 <<<'{"do":"submit"}'
	[ "$status" = 0 ]
	[[ $err == *"exam $exam is not finished; proctor resume $exam goes on with it"* ]]
	[ "$("$PROCTOR" resume --jsonl </dev/null | jq -r .kind)" = exam ]
}

@test "a drill that was left is resumed with its keys shown, and ends" {
	screens_bank
	try "$PROCTOR" drill $SCREENS --seed a --type ordering -n 1 --plain <<<$'a b d sure\nquit'
	[ "$status" = 0 ]
	[[ $out == *"Your answer: A B D."* ]]
	[[ $out == *"Go on with: proctor resume"* ]]
	try "$PROCTOR" resume <<<$'a b c\n\n'
	[[ $out == *"Your answer: A B D."* ]]
	[[ $out == *"Not done: the key has been shown."* ]]
	[[ $out == *"Enter ends the drill and shows the result."* ]]
	[ "$("$PROCTOR" report --format json | jq -r .kind)" = drill ]
}

# ---- In a terminal ----

# Its socket goes with the folder of the test.
tm() { TMUX_TMPDIR="$BATS_TEST_TMPDIR" timeout 10 tmux -L "$SERVER" -f /dev/null "$@"; }
begin() {
	local size=$1
	shift
	SERVER="drill-$$-$BATS_TEST_NUMBER-$((++SERVERS))"
	tm new-session -d -x "${size%x*}" -y "${size#*x}" \
		"env -u NO_COLOR -u COLUMNS LC_ALL=C.UTF-8 TERM=screen-256color '$PROCTOR' $*; echo status \$?; exec sleep 60"
}
teardown() { tm kill-server 2>/dev/null || true; }
screen() { tm capture-pane -p; }
shows() { screen | grep -qF -- "$1"; }
keys() { tm send-keys "$@"; }
cursor() { tm display-message -p '#{cursor_y}'; }
sees() {
	wait_until shows "$1" && return
	screen
	return 1
}

@test "on the screen Enter checks, tells why, and goes on; the cursor is where the eye is" {
	screens_bank
	begin 80x24 drill $SCREENS --seed a --type ordering -n 1
	sees "Put THREE in order"
	keys Enter
	sees "Not complete: 0 of 3."
	keys d b a s
	sees "Question 1 of 1  sure"
	keys Enter
	sees "Wrong. Your answer: D B A."
	sees "Principle. Each step"
	sees "https://example.org/"
	sees "Question 1 of 1  WRONG  sure"
	row=$(($(screen | grep -n 'Wrong. Your answer' | cut -d: -f1) - 1))
	[ "$(cursor)" = "$row" ]
	keys a
	sees "the answer stays as it is"
	keys Enter
	sees "status 0"
}

@test "killed with the key on the screen, the answer stays and the key is shown again" {
	screens_bank
	for size in 80x24 40x12; do
		rm -rf "$XDG_STATE_HOME"
		begin $size drill $SCREENS --seed a --type ordering -n 1
		sees "order"
		keys a b d
		sees "> [3] D."
		keys Enter
		sees "Wrong. Your answer: A B D."
		killed=$(tm display-message -p '#{pane_pid}' | xargs -I{} pgrep -P {} -x proctor)
		kill -KILL "$killed"
		gone() { ! kill -0 "$killed" 2>/dev/null; }
		wait_until gone
		tm kill-server
		begin $size resume
		sees "WRONG"
		keys BSpace
		sees "the answer"
		keys End
		sees "about-order.html"
		tm kill-server
	done
}

@test "a drill is left from its screen, or ended there" {
	screens_bank
	begin 80x24 drill $SCREENS -n 3
	sees "of 3"
	keys q
	sees "End the drill and see the result (e)"
	keys y
	sees "Go on with: proctor resume"
	tm kill-server
	begin 80x24 resume
	sees "of 3"
	keys q
	sees "Leave for now?"
	keys e
	sees "status 0"
	try "$PROCTOR" resume
	refused 2 "no unfinished session"
}

# Each answer is three writes, and the kill comes anywhere among those of twenty.
@test "whoever saw a key never answers that question again, whenever the kill comes" {
	mkfifo in
	numbers=$(seq 20)
	ask() { for n in $numbers; do echo "{\"do\":\"$1\",\"number\":$n$2}"; done; }
	cut=0
	for i in $(seq 12); do
		rm -rf "$XDG_STATE_HOME" out
		"$PROCTOR" drill --jsonl --seed $i --type multiple-choice -n 20 <in >out 2>/dev/null &
		killed=$!
		exec 7>in
		wait_until test -s out
		ask respond ',"letters":["A"],"level":"sure"' >&7
		for ((k = 0; k < i * 40; k++)); do :; done
		kill -KILL $killed
		wait $killed 2>/dev/null || true
		exec 7>&-
		# A line that was cut off in the middle was not read by anybody.
		jq -R 'fromjson? | select(.is == "feedback").number' out | sort >seen
		"$PROCTOR" resume --jsonl < <(ask goto; ask respond ',"letters":["B"]') >again
		jq 'select(.is == "question" and .revealed and .response == ["A"]).number' again | sort >revealed
		[ -z "$(comm -23 seen revealed)" ]
		# Answered again are those whose key was not shown before, and no others.
		jq 'select(.is == "saved").number' again | sort >answered
		[ "$(sort -m revealed answered | tr '\n' ' ')" = "$(echo "$numbers" | sort | tr '\n' ' ')" ]
		[ "$(wc -l <revealed)" = 20 ] || cut=$((cut + 1))
	done
	echo "cut off in the middle: $cut of 12"
}
