#!/usr/bin/env bats
# The exam screen in a real terminal: tmux, with a server of each test's own.
load common

setup_file() {
	export XDG_STATE_HOME="$BATS_FILE_TMPDIR" XDG_CONFIG_HOME="$BATS_FILE_TMPDIR"
	export PROCTOR_BANKS="$ROOT/question_banks"
	# Which types of question stand where in the form of this seed: "17 ordering false".
	for i in $(seq 65); do echo "{\"do\":\"goto\",\"number\":$i}"; done |
		"$PROCTOR" exam --seed first --jsonl |
		jq -r 'select(.is == "question") | "\(.number) \(.type) \(.case != null)"' \
			>"$BATS_FILE_TMPDIR/numbers"
}

# The number of the first question of a type, without a case.
number() { grep -m 1 " $1 ${2:-false}" "$BATS_FILE_TMPDIR/numbers" | cut -d' ' -f1; }

# Its socket goes with the folder of the test.
tm() { TMUX_TMPDIR="$BATS_TEST_TMPDIR" timeout 10 tmux -L "$SERVER" -f /dev/null "$@"; }

# A server never used before: one that is being killed takes no more sessions.
serve() { SERVER="screen-$$-$BATS_TEST_NUMBER-$((++SERVERS))"; }

# begin SIZE ARGUMENTS...: the program in a window of its own.
begin() {
	local size=$1
	shift
	serve
	tm new-session -d -x "${size%x*}" -y "${size#*x}" \
		"env -u NO_COLOR -u COLUMNS LC_ALL=C.UTF-8 TERM=screen-256color '$PROCTOR' $*; echo status \$?; exec sleep 60"
}

teardown() { tm kill-server 2>/dev/null || true; }

screen() { tm capture-pane -p; }
shows() { screen | grep -qF -- "$1"; }
cursor() { tm display-message -p '#{cursor_x},#{cursor_y}'; }
cursor_is() { [ "$(cursor)" = "$1" ]; }
keys() { tm send-keys "$@"; }
pid() { tm display-message -p '#{pane_pid}' | xargs -I{} pgrep -P {} -x proctor; }

gone() { ! kill -0 "$1" 2>/dev/null; }

go() {
	keys '#' "$(number "$@")" Enter
	sees "Question $(number "$@") of 65"
}

sees() {
	wait_until shows "$1" && return
	screen
	return 1
}

@test "an exam on a terminal is a screen, and is left with everything kept" {
	begin 80x24 exam --seed first
	sees "Question 1 of 65"
	sees "? help"
	go multiple-response
	keys a d m
	sees "> [x] D."
	sees FLAGGED
	keys q
	sees "Leave for now?"
	keys y
	sees "Go on with: proctor resume"
	sees "status 0"
	run "$PROCTOR" resume --jsonl <<<'{"do":"status"}'
	[[ $output == *"\"flagged\":[$(number multiple-response)]"* ]]
}

@test "the cursor of the terminal is on what has the focus, and the clock leaves it there" {
	begin 80x24 exam --seed first
	sees "Question 1 of 65"
	wait_until cursor_is 1,2
	go multiple-choice
	wait_until cursor_is 1,2
	keys Down
	sees "> ( ) A."
	row=$(($(screen | grep -n '> ( ) A\.' | cut -d: -f1) - 1))
	wait_until cursor_is 4,$row
	time=$(screen | head -1)
	changed() { [ "$(screen | head -1)" != "$time" ]; }
	wait_until changed
	cursor_is 4,$row
	keys '#' 42
	sees "Go to question (1 to 65): 42"
	wait_until cursor_is 29,22
}

# "directly" typed would be: d, the review, end, yes.
@test "what is pasted answers and ends nothing, and is taken in a note" {
	begin 80x24 exam --seed first
	sees "Question 1 of 65"
	tm set-buffer "directly"
	tm paste-buffer -p
	sees "Pasted text is not taken here."
	shows "Question 1 of 65"
	keys w
	sees "Note (Esc keeps it)"
	tm paste-buffer -p
	sees " directly"
	keys Escape r
	sees "Review before the end"
	# Without marks around it, it stops where the end is to be confirmed.
	keys directly
	sees "End the exam?"
	keys n
	sees "Question 1 of 65"
	sees note
}

@test "a resize draws the screen anew and keeps the place" {
	begin 80x24 exam --seed first
	sees "Question 1 of 65"
	go multiple-choice
	keys c
	sees "> (x) C."
	tm resize-window -x 40 -y 12
	sees "$(number multiple-choice) of 65  "
	sees "> (x) C."
	tm resize-window -x 30 -y 8
	sees "too small"
	tm resize-window -x 132 -y 43
	sees "Machine Learning Engineer"
	sees "> (x) C."
}

@test "killed, hung up and terminated, every answer is there again" {
	for signal in KILL TERM HUP QUIT; do
		rm -rf "$XDG_STATE_HOME"
		begin 80x24 exam --seed first
		sees "Question 1 of 65"
		go multiple-choice
		keys b
		sees "> (x) B."
		killed=$(pid)
		kill -$signal "$killed"
		wait_until gone "$killed"
		# A terminal that was not given back may show anything.
		[ $signal = KILL ] || sees "status $((128 + $(kill -l $signal)))"
		tm kill-server
		begin 80x24 resume
		sees "(x) B."
		tm kill-server
	done
}

@test "a terminal that goes away loses nothing" {
	begin 80x24 exam --seed first
	sees "Question 1 of 65"
	go multiple-choice
	keys b
	sees "> (x) B."
	exam=$(pid)
	tm kill-server
	gone() { ! kill -0 "$exam" 2>/dev/null; }
	wait_until gone
	begin 80x24 resume
	sees "(x) B."
}

@test "the terminal is given back as it was" {
	serve
	tm new-session -d -x 80 -y 24 "env LC_ALL=C.UTF-8 sh"
	keys "stty -g >before; '$PROCTOR' exam; stty -g >after; echo 'ba'ck" Enter
	sees "Question 1 of 65"
	kill -TERM "$(tm display-message -p '#{pane_pid}' | xargs -I{} pgrep -P {} -x proctor)"
	sees back
	cmp before after
}

@test "the shell has its turn with Ctrl-Z, and the exam goes on in the foreground" {
	serve
	tm new-session -d -x 80 -y 24 "env -u COLUMNS LC_ALL=C.UTF-8 PS1='ready> ' bash --norc -i"
	sees "ready>"
	keys "'$PROCTOR' exam --seed first" Enter
	sees "Question 1 of 65"
	go multiple-choice
	keys b
	sees "> (x) B."
	keys C-z
	sees Stopped
	keys fg Enter
	sees "> (x) B."
	keys d
	sees "> (x) D."
	keys q
	sees "Leave for now?"
	keys y
	sees "Go on with: proctor resume"
}

@test "a full disk in mid-exam stays on the screen until there is room" {
	if ! unshare -r -m true 2>/dev/null; then skip "no user namespaces here"; fi
	mkdir -p "$XDG_STATE_HOME"
	serve
	tm new-session -d -x 80 -y 24 "env -u COLUMNS LC_ALL=C.UTF-8 unshare -r -m bash --norc"
	keys "mount -t tmpfs -o size=1m none '$XDG_STATE_HOME'; '$PROCTOR' exam --seed first" Enter
	sees "Question 1 of 65"
	go multiple-choice
	keys b
	sees "> (x) B."
	exam=$(pid)
	full="/proc/$exam/root$XDG_STATE_HOME/full"
	dd if=/dev/zero of="$full" bs=4k 2>/dev/null || true
	keys d
	sees "NOT SAVED"
	sees "Clock stands still"
	rm "$full"
	keys Space
	sees "Saved now"
	sees "> (x) D."
}

@test "a whole exam is sat, reviewed and ended on the screen" {
	begin 100x30 exam --seed first
	sees "Question 1 of 65"
	go multiple-choice
	keys b
	sees "> (x) B."
	go multiple-response
	keys a d
	sees "> [x] D."
	keys Up x
	sees "[-] C. [struck out]"
	go ordering
	keys b a '<'
	sees "> [1] A."
	sees "[2] B."
	go matching
	keys 1 b c
	sees "1 [B]"
	sees "2 [C]"
	go multiple-choice true
	sees "Case: "
	keys m n
	sees "│"
	keys v
	sees "[all 65]"
	keys r
	sees "Review before the end"
	keys e
	sees "End the exam?"
	keys y
	sees "status 0"
	[[ $("$PROCTOR" report --format json | jq -r '.questions | map(select(.response | length > 0)) | length') == 4 ]]
}

@test "without a terminal that can be drawn on, it is the line mode" {
	serve
	tm new-session -d -x 80 -y 24 "env TERM=dumb '$PROCTOR' exam; sleep 60"
	sees "1 of 65>"
	tm kill-server
	serve
	tm new-session -d -x 80 -y 24 "'$PROCTOR' exam --plain; sleep 60"
	sees "1 of 65>"
}
