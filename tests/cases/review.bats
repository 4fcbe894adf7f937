#!/usr/bin/env bats
# Finished sessions, walked through, as commands and in a real terminal.
load common

# An exam of the shipped bank, finished: A everywhere, some flagged, some unsure.
sit_exam() {
	for n in $(seq 65); do
		echo "{\"do\":\"respond\",\"number\":$n,\"letters\":[\"A\"]}"
		[ $((n % 9)) != 0 ] || echo "{\"do\":\"flag\",\"number\":$n,\"on\":true}"
		[ $((n % 7)) != 0 ] || echo "{\"do\":\"confidence\",\"number\":$n,\"level\":\"unsure\"}"
	done >in.jsonl
	echo '{"do":"submit"}' >>in.jsonl
	"$PROCTOR" exam --jsonl --seed review <in.jsonl 2>/dev/null | tail -1 >result.json
}

review() { "$PROCTOR" review "$@"; }

# The numbers a walk with these options lists.
listed() { review --jsonl "$@" </dev/null | jq -c 'select(.is == "list").listed'; }

@test "a finished exam is listed by what its result says of each question" {
	sit_exam
	[ "$(listed --wrong)" = "$(jq -c '[.questions[] | select(.right | not).number]' result.json)" ]
	[ "$(listed --flagged)" = "[9,18,27,36,45,54,63]" ]
	[ "$(listed --unsure --flagged)" = "[63]" ]
	[ "$(listed --domain 2 --wrong)" = "$(jq -c '[.questions[] | select(.domain == "2" and (.right | not)).number]' result.json)" ]
	[ "$(listed --task 1.1)" = "$(jq -c '[.questions[] | select(.task == "1.1").number]' result.json)" ]
	try review --search "no such words at all"
	refused 1 'no question has "no such words at all"'
	try review --domain 9
	refused 2 'has no domain "9"'
}

@test "every question is told with the key, the answer and the reasons that the report has" {
	sit_exam
	for n in $(seq 65); do echo "{\"do\":\"goto\",\"number\":$n}"; done | review --jsonl | jq -c 'select(.is == "review")' >walk
	[ "$(wc -l <walk)" = 65 ]
	diff <(jq -c '[.number, .key, .right, .domain, .task, .scored, .question]' walk) \
		<(jq -c '.questions[] | [.number, .key, .right, .domain, .task, .scored, .id]' result.json)
	jq -se 'all(.explanation != "" and (.references | length > 0) and (.rationales | length > 2))' walk
}

@test "an exam that is not finished is never reviewed, nor a drill" {
	"$PROCTOR" exam --jsonl </dev/null >/dev/null 2>&1
	exam=$("$PROCTOR" resume --jsonl </dev/null | jq -r .id)
	try review
	refused 2 "no finished session"
	for options in "" --jsonl --plain "--report 1 --because x"; do
		try review $options "$exam" </dev/null
		refused 2 "exam $exam is not finished, and is reviewed when it is; proctor resume $exam goes on with it"
		[ -z "$out" ]
	done
	"$PROCTOR" drill --jsonl -n 1 </dev/null >/dev/null 2>&1
	drill=$("$PROCTOR" resume --jsonl </dev/null | jq -r .id)
	try review "$drill"
	refused 2 "drill $drill is not finished"
	[ -z "$(ls -- *.md 2>/dev/null)" ]
}

@test "without a name it is the latest that is finished" {
	sit_exam
	first=$(jq -r .session result.json)
	"$PROCTOR" exam --jsonl </dev/null >/dev/null 2>&1
	[ "$(review --jsonl </dev/null | head -1 | jq -r .id)" = "$first" ]
	"$PROCTOR" drill --jsonl -n 1 <<<'{"do":"submit"}' >/dev/null 2>&1
	[ "$(review --jsonl </dev/null | head -1 | jq -r .kind)" = drill ]
	[ "$(review --jsonl "$first" </dev/null | head -1 | jq -r .kind)" = exam ]
}

@test "a review changes nothing on disk" {
	sit_exam
	sum() { sha256sum "$XDG_STATE_HOME"/proctor/proctor.db; }
	before=$(sum)
	review <<<$'wrong\nflag\n3\nreport no\nsure\na\nsubmit\nquit' >/dev/null
	[ "$(sum)" = "$before" ]
}

@test "a mistake is reported without a walk, by number and by id" {
	sit_exam
	id=$(jq -r '.questions[2].id' result.json)
	try review --report 3 --because "B is right too"
	[ "$status $out" = "0 proctor-mistake-$id.md" ]
	[ "$(stat -c %a "proctor-mistake-$id.md")" = 600 ]
	grep -qF "question: \`$id\`" "proctor-mistake-$id.md"
	grep -qF "B is right too" "proctor-mistake-$id.md"
	grep -qF "digest (BLAKE2b-256): \`$(jq -r .bank.digest result.json)\`" "proctor-mistake-$id.md"
	[ -z "$(grep -F "$(jq -r .session result.json)" "proctor-mistake-$id.md")" ]
	try review --report 3 --because "again"
	refused 2 "proctor-mistake-$id.md: is there already"
	grep -qF "B is right too" "proctor-mistake-$id.md"
	mkdir folder
	try review --report "$id" --because "again" -o folder
	[ "$out" = "folder/proctor-mistake-$id.md" ]
	try review --report "$id" --because "again" -o other.md
	[ "$out" = other.md ]
	diff other.md folder/*.md
	diff other.md <(review --report "$id" --because "again" -o -)
}

@test "what cannot be reported is refused, and leaves no file" {
	sit_exam
	try review --report 3
	refused 2 "--report wants --because"
	try review --because x
	refused 2 "--because wants --report"
	try review --report 66 --because x
	refused 2 'has no question "66"'
	try review --report nothing-01 --because x
	refused 2 'has no question "nothing-01"'
	for output in here.md -; do
		try review --report 3 --because "  " -o "$output"
		refused 2 "what is wrong with it?"
		[ -z "$out" ]
	done
	for filter in --wrong --flagged --unsure "--domain 1" "--task 1.1" "--search x"; do
		try review --report 3 --because x $filter -o -
		refused 2 "no filter goes with it"
	done
	try review --report 3 --because x -o /dev/full
	refused 2 "is there already"
	try review --report 3 --because x -o no/such/folder.md
	refused 4 "no/such/folder.md"
	ln -s nowhere link.md
	try review --report 3 --because x -o link.md
	refused 2 "is there already"
	try review -o - </dev/null
	refused 2 "goes with --report"
	[ -z "$(ls -- *mistake* here.md 2>/dev/null)" ]
}

@test "a full disk is told" {
	sit_exam
	status=0
	err=$(review --report 3 --because x -o - 2>&1 >/dev/full) || status=$?
	[ "$status" = 4 ]
	[[ $err == *"No space left"* ]]
	status=0
	err=$(review --jsonl 2>&1 </dev/null >/dev/full) || status=$?
	[ "$status" = 4 ]
	status=0
	err=$(trap '' XFSZ; ulimit -f 0; review --report 3 --because x 2>&1 | cat; exit "${PIPESTATUS[0]}") || status=$?
	[ "$status" = 4 ]
	[[ $err == *"cannot be written"* ]]
	[ -z "$(ls -- *mistake* 2>/dev/null)" ]
}

@test "what cannot be written can be read" {
	if ! unshare -r -m true 2>/dev/null; then skip "no user namespaces here"; fi
	sit_exam
	try unshare -r -m sh -c "mount --bind '$XDG_STATE_HOME' '$XDG_STATE_HOME' &&
		mount -o remount,ro,bind '$XDG_STATE_HOME' && '$PROCTOR' review </dev/null"
	[ "$status" = 0 ]
	[[ $out == *"Question 1 of 65"* ]]
}

@test "hostile texts are shown harmless" {
	sit_exam
	evil=$'\e]0;x\a\e[2J\xE2\x80\xAE'
	review <<<"search $evil"$'\n'"$evil"$'\n'"report $evil"$'\nquit' >out.txt
	cat -- *.md >>out.txt
	grep -qF '^[' out.txt
	[ -z "$(tr -d '\n\t' <out.txt | LC_ALL=C grep -P '[\x00-\x1F\x7F]')" ]
	try review --report "$evil" --because x
	refused 2 '^['
	try review --search "$evil"
	refused 1 '^['
}

@test "from a question to a drill of its task, and what is typed on goes to the drill" {
	sit_exam
	task=$(jq -r '.questions[4].task' result.json)
	try review <<<$'5\ndrill\nquit'
	[ "$status" = 0 ]
	[[ $out == *"Drill: "* ]]
	[[ $out == *"of task $task"* ]]
	[[ $out == *"Go on with: proctor resume"* ]]
	try review --jsonl <<<$'{"do":"drill","number":5}\n{"do":"submit"}'
	[ "$(echo "$out" | tail -1 | jq -r '[.is, .kind] | join(" ")')" = "result drill" ]
	echo "$out" | tail -1 | jq -e --arg task "$task" '.questions | all(.task == $task)'
}

# ---- In a terminal ----

# Its socket goes with the folder of the test.
tm() { TMUX_TMPDIR="$BATS_TEST_TMPDIR" timeout 10 tmux -L "$SERVER" -f /dev/null "$@"; }
begin() {
	SERVER="review-$$-$BATS_TEST_NUMBER"
	tm new-session -d -x "${1%x*}" -y "${1#*x}" \
		"env -u COLUMNS NO_COLOR=1 LC_ALL=C.UTF-8 TERM=screen-256color '$PROCTOR' ${*:2}; echo status \$?; exec sleep 60"
}
teardown() { tm kill-server 2>/dev/null || true; }
screen() { tm capture-pane -p; }
shows() { screen | grep -qF -- "$1"; }
keys() { tm send-keys "$@"; }
sees() {
	wait_until shows "$1" && return
	screen
	return 1
}

@test "on the screen: through what was flagged, a mistake, and on to a drill" {
	sit_exam
	begin 80x24 review --flagged
	sees "Question 9 of 65"
	sees "1 of 7: flagged"
	keys n
	sees "Question 18 of 65"
	keys r
	sees "What is wrong with it?"
	keys -l "A is right"
	keys Enter
	sees "Written: proctor-mistake-"
	[ "$(ls -- *mistake* | wc -l)" = 1 ]
	keys d
	sees "d again leaves the review"
	keys d
	sees "Question 1 of"
	sees "Enter"
	keys q
	sees "Leave for now?"
	keys y
	sees "status 0"
}

@test "on the screen at 40x12: filters, list, leave" {
	sit_exam
	begin 40x12 review
	sees "1 of 65"
	keys f
	sees "Which questions?"
	keys Down Enter
	sees "[x] flagged: 7"
	keys v
	sees "7 of 65 (flagged)"
	keys Enter
	sees "9 of 65"
	keys q
	sees "status 0"
}
