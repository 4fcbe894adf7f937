#!/usr/bin/env bats
# What to do on which day. The plan depends on the day it is asked, so dates are counted
# from it; after four in the morning, when a study day begins, or that much before.
load common

# The study day so many days from now, in UTC.
day() { date -u -d "-4 hours +$1 days" +%F; }

plan() { "$PROCTOR" plan "$@"; }

# Takes an exam, all questions answered somehow.
sit_exam() {
	"$PROCTOR" exam --seed "$1" --jsonl < <(
		for i in $(seq 65); do
			jq -nc --argjson n "$i" 'range(1; 7) as $k |
				{do: "respond", number: $n, letters: (["A", "B", "C", "D", "E", "F"] | .[:$k])},
				{do: "respond", number: $n, pairs: ([range(1; $k + 1) | {key: tostring, value: "A"}] | from_entries)}'
		done
		echo '{"do":"submit"}'
	) >/dev/null
}

@test "who knows nothing yet is told so, and begins with a mock exam" {
	try plan --exam-date "$(day 40)"
	[ "$status" = 0 ]
	[[ $out == *"in 40 days"* ]]
	[[ $out == *"nothing yet: no question was answered"* ]]
	[[ $out == *"Today     proctor exam mla-c01"* ]]
	[[ $(echo "$out" | tail -4 | head -1) == *"  exam" ]]
	[ "$(echo "$out" | wc -l)" -le 40 ]
}

@test "a plan is a page, for a year too, and no line is wider than the screen" {
	for days in 0 1 2 3 7 30 84 365 3000; do
		for columns in 40 80 200; do
			COLUMNS=$columns plan --exam-date "$(day $days)" >page
			[ "$(wc -L <page)" -le "$columns" ]
			[ $columns = 40 ] || [ "$(wc -l <page)" -le 48 ] || [ $days = 3000 ]
		done
	done
}

@test "an exam today, tomorrow, and one that is over" {
	try plan --exam-date "$(day 0)"
	[[ $out == *"the exam is today"* ]]
	try plan --exam-date "$(day 1)"
	[[ $out == *"tomorrow"* && $out == *"then stop, and sleep"* ]]
	try plan --exam-date "$(day -1)"
	refused 2 "is over"
	for date in 2027-02-30 tomorrow 2027-1-1 '' 99999-01-01; do
		try plan --exam-date "$date"
		refused 2 ""
	done
	try plan --exam-date "$(day 5000)"
	refused 2 "too far"
	try plan --format html
	refused 2 "wants text or json"
}

@test "after a mock exam the day is done, and what came too fast is not known" {
	sit_exam a
	try plan --exam-date "$(day 20)"
	[[ $out == *"nothing yet: 65 answers came too fast"* ]]
	[[ $out == *"done for today: 65 questions"* ]]
	[[ $out == *"drill what you missed"* ]]
	plan --exam-date "$(day 20)" --format json | jq -e '
		.format == "proctor-plan/1" and .of == 0 and .too_fast == 65 and .done_today == 65 and
		(.days | length == 21 and first.do == "done" and .[1].do == "missed" and last.do == "exam") and
		(.days | map(select(.do == "mock")) | length == 1) and
		(.tasks | length == 12 and all(.expected > 0 and .expected < 1))'
}

@test "the command that is told for today works" {
	plan --exam-date "$(day 1)" >page
	command=$(sed -n 's/^Today *proctor //p' page)
	[ -n "$command" ]
	try "$PROCTOR" $command --jsonl <<<'{"do":"submit"}'
	[ "$status" = 0 ]
	sit_exam b
	plan --exam-date "$(day 5)" --per-day 80 --format json | jq -e '.days[0].do == "done"'
}

@test "a drill that was left is told, until it has ended" {
	"$PROCTOR" drill --jsonl <<<'{"do":"respond","number":1,"letters":["A"]}' >left
	id=$(sed -n 1p left | jq -r .id)
	try plan
	[[ $(echo "$out" | tr -s ' \n' ' ') == *"Open proctor resume $id This drill is not finished, and counts when it is."* ]]
	[ "$(plan --format json | jq -r .unfinished)" = "$id" ]
	"$PROCTOR" resume "$id" --jsonl <<<'{"do":"submit"}' >/dev/null
	try plan
	[[ $out != *Open* ]]
	[ "$(plan --format json | jq -r .unfinished)" = null ]
}

@test "the command that is told has what made the bank trusted" {
	mkdir "my bank"
	cp -r "$ROOT/tests/fixtures/screens" "my bank/screens"
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	"$PROCTOR" bank sign "my bank/screens" --secret key >sign.txt 2>&1
	cp "$ROOT/tests/vectors/minisign/plain.pub" .
	plan --bank "my bank/screens" --key plain.pub --exam-date "$(day 1)" >page
	command=$(awk '/^Today/ { on = 1; sub(/^Today *proctor /, "") } on; on && !/\\$/ { exit }' page)
	eval "\"\$PROCTOR\" $command --jsonl" <<<'{"do":"submit"}' | tail -1 | grep -q '"is":"result"'
}

@test "answers that came too fast are no repetitions" {
	sit_exam c
	plan --format json | jq -e '.cards == [] and .due == 0'
	try "$PROCTOR" drill --due
	refused 1 "answered too fast to count"
}
