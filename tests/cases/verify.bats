#!/usr/bin/env bats
load common

# Sits an exam of 65 questions with some of them answered, into report.json.
sit() {
	{
		for i in 1 2 3 4 5 6 7 8; do
			echo "{\"do\":\"respond\",\"number\":$i,\"letters\":[\"A\"]}"
			echo "{\"do\":\"respond\",\"number\":$i,\"letters\":[\"B\"]}"
			echo "{\"do\":\"respond\",\"number\":$i,\"letters\":[\"A\",\"C\"]}"
			echo "{\"do\":\"respond\",\"number\":$i,\"pairs\":{\"1\":\"A\",\"2\":\"B\",\"3\":\"C\"}}"
		done
		echo '{"do":"flag","number":2,"on":true}'
		echo '{"do":"confidence","number":3,"level":"sure"}'
		echo '{"do":"submit"}'
	} | "$PROCTOR" "${@:-exam}" --jsonl 2>/dev/null | tail -1 >line.json
	"$PROCTOR" report -f json >report.json
}

verify() {
	try "$PROCTOR" report --verify "$@"
}

# Its report does not hold, and this is among the reasons.
broken() {
	refused 1 "does not hold"
	[[ $out == *"$1"* ]] || { echo "no \"$1\" in: $out"; return 1; }
}

# The report with this done to it by jq.
change() {
	jq "$1" report.json >changed.json
	verify changed.json
}

@test "a report holds, as document, as line, and written by another program" {
	sit exam --seed one
	verify report.json
	[ "$status" = 0 ]
	[[ $out == "The report holds. Its questions are in bank aws-mle version"* ]]
	[[ $out == *"are what the seed draws."* && $out == *"does not prove who sat it"* ]]
	[[ $out == *"Scored again, the responses give $(jq -r '.score | "\(.raw) of \(.of) right, \(.scaled)"' report.json)"* ]]
	verify line.json
	[ "$status" = 0 ]
	verify - <report.json
	[ "$status" = 0 ]
	change .
	[ "$status" = 0 ]
	change 'with_entries(.)|.questions|=map(to_entries|sort_by(.key)|from_entries)'
	[ "$status" = 0 ]
}

@test "a form that depends on history is not compared with the seed's" {
	sit exam
	verify report.json
	[ "$status" = 0 ]
	[[ $out == *"cannot be told: it depended on more"* ]]
	sit drill -n 8
	jq -e '.score == null and .next_form == null' report.json
	verify report.json
	[ "$status" = 0 ]
	[[ $out == *"right or wrong as it says"* ]]
}

@test "every value that was changed is found" {
	sit exam --seed one
	change '.score.scaled = 1000' && broken "/score/scaled: the report says 1000, the bank gives"
	change '.score.passed |= not' && broken "/score/passed: "
	change '.questions[4].right |= not' && broken "/questions/4/right: "
	change '.questions[4].key = ["L"]' && broken "/questions/4/key/0: "
	change '.questions[0].response = .questions[0].key' && broken "/questions/0/right: "
	change '.questions[9].scored |= not' && broken "by the seed"
	change '.questions[1].shown |= reverse' && broken "in another order"
	change '.questions |= (.[0:1] + .[2:])' && broken "it has 64 questions; the seed draws 65"
	change '.questions[1].id = "nothing"' && broken "question 2, nothing, is not in the bank"
	change '.questions[1].shown = ["a"]' && broken "shown does not name each"
	change '.seed = "two"' && broken "the seed draws"
	change '.domains[0].right += 1' && broken "/domains/0/right: "
	change '.domains[1].tasks[0].low = 0.5' && broken "/domains/1/tasks/0/low: "
	change 'del(.pace)' && broken "/pace is missing"
	change '.more = 1' && broken "/more is no field of a report"
	change '.bank.version = 99' && broken "/bank/version: "
	change '.questions[0].spent_ms = 9999999999' && broken "more time was spent"
	change '.used_ms = 9999999999' && broken "more time was used than there was"
	change '.expired = true' && broken "the clock ended it before the limit"
	change '.questions[0].response = ["Z"]' && broken "no such response"
	change '.questions[0].confidence = "surely"' && broken "/questions/0/confidence: "
}

@test "what was changed is told before what follows from it" {
	sit exam --seed one
	n=$(jq '[.questions[].right] | index(false)' report.json)
	change ".questions[$n].response = .questions[$n].key | .score.scaled = 999"
	broken "/score/scaled: "
	[[ $(sed -n 2p <<<"$out") == "- /questions/$n/right: the report says false, the bank gives true" ]]
}

@test "what is no report, or of another bank, is said to be that" {
	sit exam --seed one
	change '.bank.digest |= ascii_upcase' || true
	refused 2 "cannot be told from it"
	change '.bank.id = "other" | .bank.digest |= ascii_upcase'
	refused 2 "bank other, which was not found"
	change '.blueprint.id = "mine"'
	refused 2 "blueprint mine is not in bank aws-mle"
	change '.format = "proctor-report/2"'
	refused 1 "not proctor-report/1"
	change 'del(.questions)'
	refused 1 "questions is missing"
	change '.questions[3] = 7'
	refused 1 "not an object"
	head -c 500 report.json >cut.json
	verify cut.json
	refused 1 "cut.json:"
	verify nothing.json
	refused 4 "nothing.json"
	verify report.json -o out
	refused 2 "writes none"
}
