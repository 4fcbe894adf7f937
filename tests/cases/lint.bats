#!/usr/bin/env bats
load common

LINT="$PROCTOR bank lint"

# A bank of one file, small and without a flaw.
small_bank() {
	mkdir -p small
	cat >small/bank.json <<'END'
{"format": "proctor-bank/1", "id": "small", "version": 1, "title": "Small",
 "language": "en", "license": "CC0-1.0", "issued": "2026-11-20",
 "blueprints": [{"format": "proctor-blueprint/1", "id": "s", "exam": "s", "title": "S",
  "minutes": 5, "scored": 1, "unscored": 0, "scale": {"min": 0, "max": 1, "pass": 1},
  "types": ["multiple-choice"], "domains": [{"id": "1", "title": "D", "weight": 1,
  "tasks": [{"id": "1.1", "title": "T"}]}]}],
 "questions": [{"format": "proctor-questions/1", "questions": [
QUESTIONS
 ]}]}
END
}

# question ID STEM [MORE]
question() {
	cat <<END
{"id": "$1", "type": "multiple-choice", "objectives": ["s:1.1"], "difficulty": "easy",
 "stem": "$2",
 "options": [{"id": "a", "text": "The first", "correct": true, "rationale": "It is."},
  {"id": "b", "text": "The second", "rationale": "No."},
  {"id": "c", "text": "The third", "rationale": "No."}],
 "explanation": "Counting begins at one.",
 "references": [{"title": "N", "url": "https://example.org/n"}],
 "reviewed": "$(date +%F)", "status": "active"$3}
END
}

put_questions() {
	small_bank
	sed -e '/^QUESTIONS$/{' -e 'r /dev/stdin' -e 'd' -e '}' -i small/bank.json
}

@test "the shipped bank lints clean" {
	try $LINT --fail-on warning --ignore expired-bank --format gcc "$ROOT/question_banks/aws-mle"
	[ "$status" = 0 ] || { echo "$out" | grep -v ': note: '; return 1; }
	[[ $out != *": error: "* && $out != *": warning: "* ]]
}

@test "a finding is told with its line, a caret, the path and what to do" {
	question one "Which of these is not the first in a row?" | put_questions
	try $LINT --format pretty small
	[ "$status" = 0 ]
	[[ $out == *'small/bank.json:9:29: warning: "not" in the question'* ]]
	[[ $out == *'      9 | "stem": "Which of these is not the first in a row?",'* ]]
	[[ $out == *'        |                            ^~~'* ]]
	[[ $out == *'question one, /questions/0/questions/0/stem'* ]]
	[[ $out == *'= Write NOT in capitals.'* ]]
	[[ $out == *'; an unsigned working copy'* ]]
}

@test "everything is told in one run" {
	{
		question Bad_Id "Which of these is not the first in a row?" ', "statsu": 1'
		echo ,
		question two "It is <b>here</b>, is it not?" ', "enemies": ["twoo"]'
		echo ,
		question two "Which is it now that it all depends?" ', "case": "none"'
	} | put_questions
	try $LINT --format gcc small
	[ "$status" = 1 ]
	[ "$(wc -l <err.txt)" = 1 ]
	for rule in bad-id unknown-field duplicate-id unknown-enemy unknown-case markup \
		negative-unemphasised; do
		[[ $out == *"[$rule]"* ]] || { echo "no $rule in: $out"; return 1; }
	done
	[[ $out == *'did you mean "two"?'* && $out == *'did you mean "status"?'* ]]
}

@test "findings decide the status from the severity that is asked for" {
	question one "Which of these is not the first in a row?" | put_questions
	try $LINT --fail-on warning small
	[ "$status" = 1 ]
	try $LINT --fail-on warning --ignore negative-unemphasised small
	[ "$status" = 0 ]
	try $LINT --fail-on info --select structure small
	[ "$status" = 0 ]
	try $LINT --fail-on never --select structure small
	[ "$status" = 0 ]
	try $LINT --fail-on warnings small
	refused 2 "--fail-on wants one of"
	try $LINT --select longest-key small
	refused 2 "there is no rule"
	try $LINT --format xml small
	refused 2 "pretty, gcc, json"
	try $LINT nowhere
	[ "$status" = 4 ] || [ "$status" = 2 ] || [ "$status" = 1 ]
}

@test "a question says which rule does not hold for it, and a needless word is told" {
	question one "Which of these is not the first in a row?" \
		', "lint": {"ignore": ["negative-unemphasised"], "why": "it is in order"}' | put_questions
	try $LINT --fail-on warning --format pretty small
	[ "$status" = 0 ]
	[[ $out == *"(1 suppressed)"* ]]
	question one "Which of these is the first in a row?" \
		', "lint": {"ignore": ["negative-unemphasised"], "why": "it is in order"}' | put_questions
	try $LINT --fail-on warning small
	[ "$status" = 1 ]
	[[ $out == *"[unused-suppression]"* ]]
}

@test "standard input is one file" {
	question one "Which of these is not the first in a row?" | put_questions
	try sh -c "$LINT --stdin-name q.json - <small/bank.json"
	[[ $out == *"q.json:9:29: warning:"* ]]
	try sh -c "printf '{\"format\": ' | $LINT -"
	[ "$status" = 1 ]
	[[ $out == "stdin:1:12: error: "*"[json-syntax]" ]]
}

@test "json, jsonl, sarif and gitlab are JSON" {
	question one "Which of these is not the first in a row?" | put_questions
	$LINT --format json small | jq -e '.format == "proctor-lint/1" and (.findings | length) > 0'
	$LINT --format jsonl small | jq -e .rule
	$LINT --format gitlab small | jq -e 'any(.fingerprint and .location.lines.begin == 9)'
	$LINT --format sarif small >x.sarif
	jq -e '.version == "2.1.0" and any(.runs[0].results[]; .locations[0].physicalLocation.region.startLine == 9)' x.sarif
	[ "$(jq -r '[.runs[0].results[].partialFingerprints[]] | length - (unique | length)' x.sarif)" = 0 ]
}

@test "a file is named as code hosts know it" {
	question one "Which of these is not the first in a row?" | put_questions
	cd small
	for name in . ./ ././ ./bank.json; do
		[ "$($LINT --select negative-stem --format gitlab $name | jq -r '.[0].location.path')" = bank.json ]
		[ "$($LINT --select negative-stem --format sarif $name | jq -r '.. | .uri? // empty')" = bank.json ]
	done
	[ "$($LINT --select negative-stem --format sarif "$PWD/" | jq -r '.. | .uri? // empty')" = "file://$PWD/bank.json" ]
	cd ..
	mv small "a #%20"
	[ "$($LINT --select negative-stem --format sarif "./a #%20" | jq -r '.. | .uri? // empty')" = a%20%23%2520/bank.json ]
}

# The rules that fired, in the order of their findings, each once for each.
rules_of() { sed 's/.*\[\(.*\)\]$/\1/' <<<"$out" | sort | uniq -c | awk '{ printf "%s %s ", $1, $2 }'; }

@test "a blueprint that cannot be read makes no other faults" {
	copy_bank
	cp -r copy/aws-mle whole
	rm bank/blueprints/mla-c02-beta.json
	sed -i '3s/,$//' bank/blueprints/mla-c02.json
	try $LINT --select structure bank
	[ "$(rules_of)" = "1 json-syntax 1 missing-file " ] || { echo "$out"; return 1; }
	rm -r copy/aws-mle && cp -r whole copy/aws-mle
	jq '.blueprints |= map(select(.path == "blueprints/mla-c01.json")) + [{"path": "../x.json", "blake2b": ("0" * 64)}]' \
		whole/bank.json >bank/bank.json
	rm bank/blueprints/mla-c02*.json
	try $LINT --select structure bank
	[ "$(rules_of)" = "1 bad-path " ] || { echo "$out"; return 1; }
}

@test "a blueprint with a fault hides no others" {
	"$PROCTOR" bank new bank >/dev/null
	jq '.minutes = -5 | .types = ["multiple-choice", "multiple-choice", "ordering"] |
		.mix = {"ordering": [3, 2], "multiple-choice": [2, 1]} |
		.accommodations = [{"id": "a", "title": "A", "extra_minutes": 0},
			{"id": "b", "title": "B", "extra_minutes": 1}, {"id": "b", "title": "B", "extra_minutes": 1}]' \
		bank/blueprints/example.json >x
	mv x bank/blueprints/example.json
	sed -i 's/"default_blueprint": "example"/"default_blueprint": "exmple"/' bank/bank.json
	sed -i '0,/example:1.1/s//example:1.2/; 0,/example:1.1/s//other:1.1/' bank/questions/example.json
	try $LINT --select structure bank
	[ "$(rules_of)" = "2 bad-mix 2 duplicate-id 1 unknown-default 2 unknown-objective 2 wrong-kind " ] ||
		{ echo "$out"; return 1; }
}

@test "two blueprints have two ids" {
	"$PROCTOR" bank new bank >/dev/null
	cp bank/blueprints/example.json bank/blueprints/more.json
	try $LINT --select duplicate-id bank
	[ "$out" = "bank/blueprints/more.json:3:9: error: another blueprint has this id [duplicate-id]" ]
	[ "$status" = 1 ]
}

@test "an old name is told in the list of services as well" {
	question one "Which of these is the first in a row?" ', "services": ["Old Star", "New Star"]' |
		put_questions
	sed -i 's/"issued": [^,]*,/&"names": [{"old": "Old Star", "now": "New Star"}],/' small/bank.json
	try $LINT --select text --format gcc small
	[ "$out" = 'small/bank.json:15:62: warning: one: "Old Star" is now "New Star" [renamed-service]' ] ||
		{ echo "$out"; return 1; }
	sed -i 's/, "now": "New Star"//' small/bank.json
	try $LINT --select text --format gcc small
	[[ $out == *'"Old Star" is gone [retired-service]' ]]
}

@test "what is hidden is named and counted" {
	question one 'Which \u202eof these \u200bis the\u0007 first?' | put_questions
	try $LINT --select text --format gcc small
	[ "$out" = "small/bank.json:9:17: warning: one: <U+202E> and 2 more: control, invisible or direction-changing [hidden-character]" ]
	question one 'Which \u06cc\u200c\u062e of these \u0007is the first?' | put_questions
	try $LINT --select text --format gcc small
	[[ $out == *"small/bank.json:9:45: warning: one: ^G: control"* ]] || { echo "$out"; return 1; }
}

@test "what is no date is not called old as well" {
	question one "Which of these is the first in a row?" | sed 's/"reviewed": "[^"]*"/"reviewed": "21.11.2019"/' | put_questions
	sed -i 's/"issued": [^,]*,/&"valid_until": "1.2.201999",/' small/bank.json
	try $LINT --ignore few-forms --format gcc small
	[ "$(echo "$out" | sed 's/.*\[//' | paste -sd ' ')" = "bad-date] bad-date]" ] || { echo "$out"; return 1; }
}

@test "a question without an id is told by its place alone" {
	question "" "Which of these is not the first in a row?" | put_questions
	try $LINT --format gcc small
	[[ $out == *'small/bank.json:9:29: warning: "not" in the question'* ]] || { echo "$out"; return 1; }
}

@test "tap is what prove reads" {
	question one "Which of these is not the first in a row?" | put_questions
	$LINT --format tap small >x.tap
	try prove -e cat x.tap
	[[ $out == *"Failed test:  2"* && $out != *"Parse errors"* ]]
}

@test "a bank's text commands no workflow" {
	question one '::error::gotcha\n::stop-commands::x\n##[error]y %0A::warning::z Which is not it?' | put_questions
	try $LINT --format github small
	# Outside of the stretch in which commands are stopped, there are ours alone.
	bad=$(echo "$out" | awk '/^::stop-commands::/ { token = $0; sub(/.*::/, "", token) }
		token == "" && /^::/ && !/^::(error|warning|notice) file=small/ && !/^::(end)?group::/ { print }
		token != "" && $0 == "::" token "::" { token = "" }')
	[ -z "$bad" ] || { echo "$bad"; return 1; }
	[[ $out != *$'\n'"::error::gotcha"* ]]
}

@test "a terminal's escapes in a bank do not come through" {
	question one 'Which \u001b[31m of these is the first in a row?' | put_questions
	for format in pretty gcc github junit tap; do
		$LINT --format $format --color never small >x
		! grep -q "$(printf '\033')" x
	done
}

@test "a baseline hides what was there and can only shrink" {
	question one "Which of these is not the first in a row?" | put_questions
	$LINT --baseline b.json --write-baseline small
	try $LINT --fail-on warning --baseline b.json small
	[ "$status" = 0 ]
	{
		question one "Which of these is the first in a row?"
		echo ,
		question two "Which of those is not the third in a line?"
	} | put_questions
	try $LINT --fail-on warning --baseline b.json small
	[ "$status" = 1 ]
	[[ $out == *"[stale-baseline]"* && $out == *"two: "*"[negative-unemphasised]"* ]]
	$LINT --baseline b.json --write-baseline small
	[ "$(jq '.findings | map(select(.where == "two" and .rule == "negative-unemphasised")) | length' b.json)" = 0 ]
	try $LINT --baseline missing.json small
	refused 2 "--write-baseline"
}

@test "fix mends what is safe, and diff shows it first" {
	copy_bank
	file=bank/questions/2.1-choose-an-approach.json
	cp $file before
	jq '.questions[0].stem += " \n" | del(.questions[0].options[1].id)' before >$file
	cp -r copy/aws-mle spoilt
	try $LINT --fix --diff bank
	refused 1 "--fix would change 1 file"
	[[ $out == "--- a/bank/questions/"* ]]
	diff -r bank/ spoilt
	echo "$out" >x.patch
	$LINT --fix bank >/dev/null
	[ "$(jq -r '.questions[0].options[1].id' $file)" = b ]
	[ "$(jq '.questions[0].stem' $file)" = "$(jq '.questions[0].stem' before)" ]
	mv copy/aws-mle fixed
	mv spoilt copy/aws-mle
	patch -s -p1 <x.patch
	diff -r copy/aws-mle fixed
	try $LINT --fix --diff bank
	[ "$status" = 0 ]
	[ -z "$out" ] || { echo "$out"; return 1; }
}

@test "the status of diff is about what fix would do, and nothing else" {
	"$PROCTOR" bank new bank >/dev/null
	try $LINT --fix --diff bank
	[ "$status$out" = 0 ]
	sed -i 's/"correct": true/"correct": false/' bank/questions/example.json
	try $LINT --fix --diff bank
	[ "$status$out" = 0 ]
	echo >>bank/questions/example.json
	try $LINT --fix --diff bank
	refused 1 "bank: --fix would change 1 file"
	[ -n "$out" ]
	try $LINT --fix --diff --fail-on never bank
	[ "$status" = 0 ]
	[ -n "$out" ]
	try $LINT --fix --diff -o x.patch bank/questions/example.json
	refused 1 "example.json: --fix would change 1 file"
	patch -s -p1 <x.patch
	echo '{"format": ' >bank/questions/more.json
	try $LINT --fix --diff bank
	refused 1 "bank: 1 file can be mended by hand only: not JSON"
	echo >>bank/questions/example.json
	try $LINT --fix --diff bank
	refused 1 "--fix would change 1 file; 1 can be mended by hand only: not JSON"
}

@test "a file that fix mends is as open to others as it was" {
	"$PROCTOR" bank new bank >/dev/null
	for mode in 600 644 664; do
		echo >>bank/questions/example.json
		chmod $mode bank/questions/example.json
		$LINT --fix bank
		[ "$(stat -c %a bank/questions/example.json)" = $mode ]
	done
}

@test "missing and new files are told" {
	copy_bank
	mv bank/questions/1.1-ingest-and-store.json bank/questions/new.json
	try $LINT bank
	[ "$status" = 1 ]
	[[ $out == *"bank/bank.json:"*"[missing-file]"* ]]
	[[ $out == *"bank/questions/new.json:1:1: note: "*"[unlisted-file]"* ]]
	[[ $out != *"[unknown-enemy]"* ]]
}

@test "a bank with lint errors is not signed" {
	copy_bank
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	file=bank/questions/2.1-choose-an-approach.json
	jq '.questions[0].options[1].text = .questions[0].options[0].text' $file >x
	mv x $file
	cp bank/bank.json before
	try "$PROCTOR" bank sign bank -s key
	refused 1 "[duplicate-option]"
	cmp bank/bank.json before
}

@test "the page of the rules is that of the program" {
	"$ROOT/scripts/make-lint-docs" "$PROCTOR" >page
	cmp page "$ROOT/docs/lint-rules.md"
	try $LINT --explain longest-is-key
	[[ $out == "longest-is-key (warning, item)"* ]]
	try $LINT --explain longest-is-kee
	refused 2 'did you mean "longest-is-key"'
}

# One report of each look: for editors, for people, for code scanning (of which the results
# alone are compared). REGEN=1 writes them anew.
@test "a careless author is told everything in one run" {
	cp -r "$ROOT/tests/vectors/careless" .
	for format in gcc pretty sarif; do
		expected=$ROOT/tests/vectors/careless.$format
		try $LINT --format $format --ignore stale-review --color never careless
		[ "$status" = 1 ]
		[ $format != sarif ] || { echo "$out" >x.sarif; out=$(jq -c '.runs[].results[]' x.sarif); }
		[ -z "${REGEN:-}" ] || echo "$out" >"$expected"
		diff <(echo "$out") "$expected"
	done
	[ "$(sed 's/.*\[//' "$ROOT/tests/vectors/careless.gcc" | sort -u | wc -l)" -ge 45 ]
	# The three tell the same, and what code scanning asks for is there.
	count=$(wc -l <"$ROOT/tests/vectors/careless.gcc")
	[ "$(grep -c '^careless/' "$ROOT/tests/vectors/careless.pretty")" = "$count" ]
	jq -e --argjson n "$count" '.version == "2.1.0" and (.runs | length) == 1 and
		(.runs[0].results | length) == $n and
		(.runs[0].tool.driver.rules | map(.id)) as $rules |
		all(.runs[0].results[]; ([.ruleId] | inside($rules)) and .message.text and
			(.level | IN("error", "warning", "note")) and
			.locations[0].physicalLocation.artifactLocation.uri)' x.sarif
}

@test "what the CI kit runs, runs" {
	cp -r "$ROOT/question_banks/aws-mle" bank
	mkdir path
	ln -s "$PROCTOR" path/proctor
	cd bank
	# Each command that a workflow, a job or a hook has, as it stands there.
	{
		sed -n 's/^ *\(- \|run: \)\(\.\.\/proctor\/build\/\)\{0,1\}\(proctor bank lint\)/\3/p' "$ROOT"/docs/ci/*.yml
		sed -n -e 's/^ *entry: //p' -e 's/^ *args: \[\(.*\)\]/\1/p' "$ROOT/.pre-commit-hooks.yaml" | paste -s -d ' '
	} >../commands
	[ "$(wc -l <../commands)" = 6 ]
	while read -r command; do
		PATH="$BATS_TEST_TMPDIR/path:$PATH" BANK=. sh -c "$command" >../out ||
			{ echo "$command"; cat ../out; return 1; }
	done <../commands
	jq -e .runs bank.sarif && jq -e type gl-code-quality-report.json && [ -s junit.xml ]
	! grep -rn 'repository: [a-z]' "$ROOT/docs/ci"
}

@test "how many threads there are makes no difference" {
	cp -r "$ROOT/tests/vectors/careless" .
	for format in json pretty; do
		for bank in "$ROOT/question_banks/aws-mle" careless; do
			$LINT --format $format --fail-on never -j 1 $bank >one
			for jobs in 2 7 16; do
				$LINT --format $format --fail-on never -j $jobs $bank | cmp - one
			done
		done
	done
}

@test "a new bank lints clean, and an exam can be sat with it" {
	try "$PROCTOR" bank new "My Bank"
	[ "$status" = 0 ]
	try $LINT --fail-on info "My Bank"
	[ "$status" = 0 ]
	[ -z "$out" ]
	[ "$(jq -r .id "My Bank/bank.json")" = my-bank ]
	try "$PROCTOR" exam --bank "My Bank" --allow-unsigned --jsonl </dev/null
	[ "$status" = 0 ]
	try "$PROCTOR" bank new "My Bank"
	refused 2 "exists already"
	try "$PROCTOR" bank new
	refused 2 "say where"
}

@test "diff tells changed keys before all else" {
	copy_bank
	cp -r copy/aws-mle new
	file=new/questions/2.1-choose-an-approach.json
	jq '.questions[3].stem += " Now?" | .questions[0].id = "fresh-01" |
		(.questions[] | select(.type == "multiple-choice") | select(.id != "fresh-01")) |= .' $file >x
	mv x $file
	one=$(jq -r '[.questions[] | select(.type == "multiple-choice" and .id != "fresh-01")][2].id' $file)
	jq --arg id "$one" '(.questions[] | select(.id == $id) | .options) |=
		(map(.correct) as $c | to_entries | map(.value + {correct: ($c[(.key + 1) % length] // false)}))' $file >x
	mv x $file
	try "$PROCTOR" bank diff bank new
	[ "$status" = 0 ]
	[ "$(echo "$out" | head -1)" = "KEY CHANGED        $one" ]
	[[ $out == *"stem changed "* && $out == *"new                fresh-01"* && $out == *"removed "* ]]
	try "$PROCTOR" bank diff bank bank
	[ -z "$out" ]
}
