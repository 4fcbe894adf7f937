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
