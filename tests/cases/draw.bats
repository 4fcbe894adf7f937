#!/usr/bin/env bats
load common

SMALL="$ROOT/tests/fixtures/banks/small"
MIXED="$ROOT/tests/fixtures/banks/mixed"

draw() {
	"$PROCTOR" bank draw --allow-unsigned "$@"
}

# The files of the page, and two that its transcripts speak of.
write_examples() {
	awk '/^`[^`]+\.json`:$/ { file = substr($0, 2, length - 3); next }
		inside && /^```/ { inside = 0; file = ""; next }
		inside { print > file }
		/^```json$/ && file { inside = 1 }' "$ROOT/docs/blueprints.md"
	sed 's/"scored": 6/"scored": 0/' evening.json >wrong.json
	jq 'del(.difficulty) | .id = "long" | .scored = 40' evening.json >long.json
}

# A pattern of the shape that [[ ]] matches, of text in which "[...]" is any lines.
pattern_of() {
	while IFS= read -r row; do
		case $row in
		'[...]') printf '*' ;;
		*) printf '%s\n' "$row" | sed 's/[][*?\\()|]/\\&/g' ;;
		esac
	done
}

@test "every transcript of blueprints.md comes out as it is printed" {
	write_examples
	ln -s "$ROOT/tests" tests
	count=0
	awk '/^```transcript$/ { inside = 1; n++; next } /^```/ { inside = 0 }
		inside { print > ("shown." n) }' "$ROOT/docs/blueprints.md"
	for shown in shown.*; do
		read -r _ _ args <"$shown"
		# shellcheck disable=SC2086
		got=$("$PROCTOR" $args 2>&1) || true
		pattern=$(tail -n +2 "$shown" | pattern_of)
		# shellcheck disable=SC2053
		[[ $got == $pattern ]] || { cat "$shown"; echo "$got"; return 1; }
		count=$((count + 1))
	done
	[ $count = 6 ]
}

@test "what is drawn is the exam of that seed" {
	"$PROCTOR" exam --jsonl --seed same <<<'{"do":"submit"}' 2>/dev/null | tail -1 |
		jq -c '.questions[] | [.number, .id, .domain, .task, .type, .scored, .key]' >exam
	draw --seed same --answers --format json |
		jq -c '.forms[0].questions[] | [.number, .id, .domain, .task, .type, .scored, .key]' >drawn
	[ "$(wc -l <drawn)" = 65 ]
	cmp exam drawn
}

@test "the key is shown only when asked" {
	try draw --seed s
	[ "$status" = 0 ]
	[ "$(grep -cE ': ([A-Z] ?)+$|: 1[A-Z]' <<<"$out")" = 0 ]
	try draw --seed s --answers
	[ "$(grep -cE '^ +[0-9]+ .*: ([0-9]?[A-Z] ?)+$' <<<"$out")" = 65 ]
	try draw --seed s --format json
	[ "$(jq '[.. | .key? // empty] | length' <<<"$out")" = 0 ]
}

@test "without a seed it is another form each time, and the seed is told" {
	draw --format json >one
	draw --format json >two
	[ "$(jq -r .seed one)" != "$(jq -r .seed two)" ]
	draw --format json --seed "$(jq -r .seed one)" >again
	cmp one again
}

@test "forms apart share nothing, and the first is the form of the seed" {
	draw --bank "$MIXED" sums --seed s --forms 2 --format json >two
	[ "$(jq '[.forms[].questions[].id] | length' two)" = 60 ]
	[ "$(jq '[.forms[].questions[].id] | unique | length' two)" = 60 ]
	[ "$(jq -c '[.apart.wanted, .apart.found, .apart.proven]' two)" = '[2,2,true]' ]
	draw --bank "$MIXED" sums --seed s --format json >alone
	[ "$(jq -c '.forms[0]' two)" = "$(jq -c '.forms[0]' alone)" ]
}

@test "for each blueprint of the shipped bank it is proven how many forms are apart" {
	for blueprint in mla-c01 mla-c02 mla-c02-beta; do
		draw $blueprint --forms 100 --format json >forms
		[ "$(jq '.apart | .found == .at_most and .proven and .found > 1' forms)" = true ]
		[ "$(jq '[.forms[].questions[].id] | length == (unique | length)' forms)" = true ]
		[ "$(jq '.apart.why_not_more | length > 1' forms)" = true ]
		[ "$(jq -r '.apart.why_not_more[]' forms | grep -c '^write [0-9]* more active ')" -gt 0 ]
	done
}

@test "statistics of many forms count what they say" {
	draw --bank "$SMALL" --seed s --stats 200 --format json >stats
	[ "$(jq -c '.stats | [.forms, .length, .drawable, .not_proven]' stats)" = '[200,10,42,0]' ]
	[ "$(jq '.stats.exposure.mean * 42 | round' stats)" = 2000 ]
	[ "$(jq -c '.stats.domains_and_tasks."2.1"' stats)" = '{"least":4,"mean":4,"most":4}' ]
	for number in 1 2 200; do
		draw --bank "$SMALL" --seed "s#$number" --format json | jq -r '.forms[0].questions[].id'
	done >ids
	[ "$(sort ids | uniq -c | sort -n | tail -1 | awk '{print $1}')" -le 3 ]
	try draw --bank "$SMALL" --seed s --stats 200
	[[ $out == *"times drawn"*"overlap, any two"*"  task 1.2"*"mean difficulty"* ]]
}

@test "another length is shared out by Webster, all of it scored" {
	for n in 1 7 20 65; do
		draw --seed s -n $n --format json >form
		[ "$(jq '.forms[0].questions | length' form)" = $n ]
		[ "$(jq '[.forms[0].questions[] | select(.scored)] | length' form)" = $n ]
	done
	draw --seed s -n 20 --format json | jq -r '.forms[0].questions[].domain' | sort | uniq -c |
		awk '{print $1}' | tr '\n' ' ' >seats
	[ "$(cat seats)" = '6 5 4 5 ' ]
	try draw -n 2000
	refused 2 "from 1 to 1000,"
}

@test "a band is kept, whatever the seed" {
	for seed in 1 2 3 4 5 6 7 8; do
		sum=$(draw --bank "$MIXED" sums-hard --seed $seed --format json |
			jq '[.forms[0].questions[].difficulty | {"easy": 1, "medium": 2, "hard": 3}[.]] | add')
		[ "$sum" -ge 44 ]
		[ "$sum" -le 48 ]
	done
}

@test "a blueprint of one's own is sat, resumed and reported without its file" {
	write_examples
	try "$PROCTOR" exam --bank "$SMALL" --allow-unsigned --blueprint evening.json --jsonl <<<'{"do":"quit"}'
	[ "$status" = 0 ]
	[ "$(head -1 <<<"$out" | jq -c '[.blueprint, .questions, .limit_ms]')" = '["evening",6,600000]' ]
	rm evening.json
	try "$PROCTOR" resume --jsonl <<<'{"do":"submit"}'
	[ "$status" = 0 ]
	try "$PROCTOR" report --format json
	[ "$(jq -c '[.blueprint.id, .blueprint.title, .score.of]' <<<"$out")" = \
		'["evening","Six sums for the evening",6]' ]
}

@test "a blueprint of one's own comes from standard input, too" {
	write_examples
	try draw --bank "$SMALL" --blueprint - --seed s <evening.json
	[ "$status" = 0 ]
	[[ $out == *"blueprint   evening"* ]]
}

@test "what is wrong with a blueprint of one's own is told with its place" {
	write_examples
	for command in "bank draw" exam; do
		try "$PROCTOR" $command --blueprint wrong.json
		refused 1 "wrong.json:7:13: scored"
	done
	sed 's/\[1.8, 2.2\]/[2.2, 1.8]/' evening.json >band.json
	try draw --blueprint band.json
	refused 1 "band.json:11:17: difficulty: not a least and a most"
	sed 's/"minutes"/"minuets"/' evening.json >word.json
	try draw --blueprint word.json
	refused 1 'word.json:6:14: minuets: unknown field (did you mean "minutes"?)'
	printf '{\n "format": }' >grammar.json
	try draw --blueprint grammar.json
	refused 1 "grammar.json:2:12"
	try draw --blueprint none.json
	refused 4 "none.json"
	try draw mla-c01 --blueprint evening.json
	refused 2 "one blueprint at a time"
	try draw --blueprint evening.json
	refused 2 'is for the exam "sums"; bank aws-mle has questions for mla-c01, mla-c02'
}

@test "of several banks the one with questions for the exam is drawn from" {
	write_examples
	mkdir banks
	cp -r "$SMALL" banks/small
	cp -r "$ROOT/question_banks/aws-mle" banks/aws-mle
	export PROCTOR_BANKS="$PWD/banks"
	try draw --blueprint evening.json
	[ "$status" = 0 ]
	[[ $out == *"bank        small"* ]]
	cp -r "$MIXED" banks/mixed
	try draw --blueprint evening.json
	refused 2 'several banks have questions for the exam "sums"'
}

@test "the history is avoided as far as it can be, and the overlap is told" {
	try draw --bank "$SMALL" --history
	[[ $out == *"no exam of this bank was begun yet"* ]]
	for i in 1 2 3; do
		"$PROCTOR" exam --bank "$SMALL" --allow-unsigned --jsonl <<<'{"do":"submit"}' >/dev/null
	done
	draw --bank "$SMALL" --history --format json >next
	[ "$(jq -c '[.history.exams, .history.overlap[0].questions, .history.overlap[1].questions]' next)" = '[3,0,0]' ]
	# Fourteen questions of task 2.1: the fourth exam must repeat two.
	[ "$(jq -c '.history.overlap[2]' next)" = '{"last":3,"questions":2,"minimum":2,"proven":true}' ]
	try draw --bank "$SMALL" --history
	[[ $out == *"overlap with the last 3 exams: 2, minimum possible 2"* ]]
}

@test "verify counts what each blueprint can draw" {
	try "$PROCTOR" bank verify --count "$SMALL" --allow-unsigned
	[ "$status" = 0 ]
	[[ $out == *"blueprint sums: 42 questions for forms of 10: at most 3 forms with no question in common; why not 4:"* ]]
	try "$PROCTOR" bank verify --count --json
	[ "$status" = 0 ]
	[ "$(jq -c '[.blueprints[].id]' <<<"$out")" = '["mla-c01","mla-c02-beta","mla-c02"]' ]
	[ "$(jq '[.blueprints[] | .apart_at_most > 1 and .proven] | all' <<<"$out")" = true ]
}

@test "what cannot be drawn is told in full, as text and as JSON" {
	try draw --bank "$SMALL" --length 40
	[ "$status" = 1 ]
	[[ $out == *$'\nno form is possible:\n  domain '* ]]
	[ "$(tail -1 <<<"$out")" = "  write 2 more active multiple-choice questions for task 2.1" ]
	[[ $err == "proctor: blueprint sums cannot be met: domain "* ]]
	try draw --bank "$SMALL" --length 40 --forms 2 --format json
	[ "$status" = 1 ]
	[ "$(jq -c '[.forms, .proven]' <<<"$out")" = '[[],true]' ]
	[ "$(jq -r '.why_not[-1]' <<<"$out")" = "write 2 more active multiple-choice questions for task 2.1" ]
	try draw --bank "$SMALL" --length 40 --stats 3
	[ "$status" = 1 ]
	[ "$(tail -1 <<<"$out")" = "  write 2 more active multiple-choice questions for task 2.1" ]
	# A bank of many domains has more to say than a line of a message holds.
	jq '.blueprints[0].scored = 160 | .blueprints[0].domains = [range(1; 17) | {id: "\(.)", title: "D", weight: 1,
		tasks: [{id: "\(.).1", title: "T"}, {id: "\(.).2", title: "T"}]}]' \
		"$SMALL/bank.json" >many.json
	mkdir many
	mv many.json many/bank.json
	try draw --bank many
	[ "$(grep -c '^  write [56] more' <<<"$out")" -ge 28 ]
	[[ $(tail -1 <<<"$out") == *"task 16.2" ]]
	try "$PROCTOR" exam --bank many --allow-unsigned --jsonl
	[ "$status" = 1 ]
	[[ $err == "proctor: blueprint sums cannot be met: domain "*"; and "[0-9]*" more" ]]
}

@test "verify says which blueprint can draw nothing, and all that is missing" {
	mkdir poor
	jq '.questions[0].questions |= map(select(.objectives[0] != "sums:2.1"))' "$SMALL/bank.json" >poor/bank.json
	try "$PROCTOR" bank verify --count poor --allow-unsigned
	[ "$status" = 1 ]
	[[ $out == *"blueprint sums: 28 questions for forms of 10: no form"* ]]
	[[ $out == *"  write 4 more active multiple-choice questions for task 2.1"* ]]
	[[ $err == *"blueprint sums of bank small can draw nothing: domain 2 needs 4, 0 can be drawn"* ]]
	try draw --bank poor
	refused 1 "blueprint sums cannot be met: domain 2 needs 4, 0 can be drawn"
}

@test "drafts are offered, and never drawn" {
	mkdir drafts
	jq '.questions[0].questions |= map(if .objectives[0] == "sums:2.1" then .status = "draft" else . end)' \
		"$SMALL/bank.json" >drafts/bank.json
	try draw --bank drafts
	[ "$status" = 1 ]
	[[ $out == *"write 4 more active multiple-choice questions for task 2.1, or set 4 of its 14 drafts active" ]]
}

@test "options that do not go together are refused" {
	try draw --stats 3 --forms 3
	refused 2 "--stats goes without"
	try draw --history --forms 3
	refused 2 "--forms goes without --history"
	try draw --format yaml
	refused 2 "--format wants text or json"
	try draw mla-c01 mla-c02
	refused 2 "one argument too many"
	try draw az-400
	refused 2 "az-400"
}

@test "the golden forms are what the script makes of the banks" {
	mkdir -p build
	ln -s "$(realpath "$PROCTOR")" build/proctor
	"$ROOT/scripts/make-golden-forms" build >golden.txt
	cmp golden.txt "$ROOT/tests/fixtures/draw/golden.txt"
}
