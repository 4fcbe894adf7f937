#!/usr/bin/env bats
load common

# An exam with nothing answered but the first question.
sit() {
	printf '%s\n' '{"do":"respond","number":1,"letters":["A"]}' '{"do":"submit"}' |
		"$PROCTOR" exam --jsonl "$@" 2>/dev/null | sed -n 1p | jq -r .id
}

@test "a history without sessions says how to begin" {
	try "$PROCTOR" history
	[ "$status" = 0 ]
	[ "$out" = "There is no session yet. Begin one: proctor exam" ]
	try "$PROCTOR" history -f json
	[ "$(echo "$out" | jq -c .)" = '{"format":"proctor-trend/1","exams":[]}' ]
}

@test "every session is in the history, as text, document and page" {
	one=$(sit mla-c01 --seed one) two=$(sit mla-c02 --seed two)
	"$PROCTOR" exam mla-c01 --jsonl <<<'{"do":"quit"}' >/dev/null 2>&1
	try "$PROCTOR" history
	[ "$status" = 0 ]
	[[ $out == *"$one  mla-c01"* && $out == *"$two  mla-c02"* ]]
	[[ $out == *"not finished: proctor resume 20"* ]]
	[[ $out == *"One exam is no trend"* ]]
	try "$PROCTOR" history -f json
	[ "$(echo "$out" | jq -r '[.exams[].sessions[].session] | length')" = 3 ]
	[ "$(echo "$out" | jq -r '.exams[] | select(.exam == "mla-c02") | .sessions[0].session')" = "$two" ]
	[ "$(echo "$out" | jq -r '.exams[].sessions[] | select(.session == "'"$one"'") |
		"\(.score.of) \(.first.of) \([.domains[].of] | add)"')" = "50 65 65" ]
	"$PROCTOR" history -f html -o page.html
	grep -q "$one" page.html
}

@test "the history is that of one exam or blueprint where that is wished" {
	one=$(sit mla-c01 --seed one) two=$(sit mla-c02 --seed two)
	try "$PROCTOR" history --exam mla-c02
	[[ $out == *"$two"* && $out != *"$one"* ]]
	try "$PROCTOR" history --blueprint mla-c01
	[[ $out == *"$one"* && $out != *"$two"* ]]
	try "$PROCTOR" history --exam nothing
	refused 2 "there is no such session among 2"
}

@test "a terminal without UTF-8 gets a history without it" {
	sit --seed one
	sit --seed two
	LC_ALL=C try "$PROCTOR" history
	! grep -q '[^ -~]' <<<"$out"
	LC_ALL=C.UTF-8 try "$PROCTOR" history
	grep -q '▁' <<<"$out"
}

@test "all data goes into one file and out of it into another home" {
	one=$(sit --seed one) two=$(sit --seed two)
	"$PROCTOR" exam --jsonl <<<'{"do":"quit"}' >/dev/null 2>&1
	"$PROCTOR" history --export -o all.json
	[ "$(stat -c %a all.json)" = 600 ]
	[ "$(jq -r '"\(.format) \(.sessions | length) \(.ledger | length)"' all.json)" = "proctor-history/1 3 1" ]
	"$PROCTOR" report "$one" -f json >report.json
	export XDG_STATE_HOME="$HOME/elsewhere"
	try "$PROCTOR" history --import all.json
	[ "$out" = "3 sessions imported, 0 sessions here already, 1 bank added to the ledger" ]
	try "$PROCTOR" history --import - <all.json
	[ "$out" = "0 sessions imported, 3 sessions here already, 0 banks added to the ledger" ]
	"$PROCTOR" history --export | cmp - all.json
	"$PROCTOR" report "$one" -f json | cmp - report.json
	"$PROCTOR" resume --jsonl <<<'{"do":"submit"}' | grep -q '"is":"result"'
	"$PROCTOR" history | grep -q "$two"
}

@test "a file that lies is refused with one line, and nothing of it is imported" {
	sit --seed one >/dev/null
	"$PROCTOR" history --export -o all.json
	export XDG_STATE_HOME="$HOME/elsewhere"
	head -c 20000 all.json >cut.json
	try "$PROCTOR" history --import cut.json
	refused 1 "cut.json:"
	jq -c '.sessions[0].events[1].used_ms = 0 | .sessions[0].events[0].used_ms = 5' all.json >event.json
	try "$PROCTOR" history --import event.json
	refused 1 "event 2 is damaged: it cannot have happened"
	sed "s/Amazon S3/Amazon S4/" all.json >text.json
	try "$PROCTOR" history --import text.json
	refused 1 "not that of its digest"
	try "$PROCTOR" history --import nothing.json
	refused 4 "nothing.json"
	try "$PROCTOR" history --import all.json --export
	refused 2 "not both"
	try "$PROCTOR" history --export -f html
	refused 2 "as JSON"
	[ "$("$PROCTOR" history)" = "There is no session yet. Begin one: proctor exam" ]
}

@test "a session that is here with other content is left as it is" {
	"$PROCTOR" exam --jsonl --seed one <<<'{"do":"quit"}' >/dev/null 2>&1
	"$PROCTOR" history --export -o before.json
	"$PROCTOR" resume --jsonl <<<'{"do":"submit"}' >/dev/null
	"$PROCTOR" history --export -o after.json
	try "$PROCTOR" history --import before.json
	refused 1 "is here already with other content, so nothing was imported"
	"$PROCTOR" history --export | cmp - after.json
}
