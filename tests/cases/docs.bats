#!/usr/bin/env bats
load common

DOCS="$ROOT/docs"
PUB="$ROOT/tests/vectors/minisign/plain.pub"

# The files of a page: a line that is a path in backticks and a colon, then its block.
write_files() {
	awk '/^`[^`]+`:$/ { file = substr($0, 2, length - 3); next }
		inside && /^```/ { close(file); inside = 0; file = ""; next }
		inside { print > file }
		/^```json$/ && file { inside = 1; dir = file; sub("/[^/]*$", "", dir); system("mkdir -p " dir) }' "$1"
}

# The banks of bank-format.md, signed.
make_banks() {
	write_files "$DOCS/bank-format.md"
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	for bank in shell-basics one-file; do
		"$PROCTOR" bank sign $bank --secret key --set-version 1
	done
}

# The lines of all blocks of jsonl.md of this kind that begin with this mark, without it.
transcript() {
	awk -v mark="$1 " -v kind="\`\`\`jsonl$2" '/^```/ { inside = $0 == kind; next }
		inside && index($0, mark) == 1 { print substr($0, 3) }' "$DOCS/jsonl.md"
}

# What differs from one sitting to the next.
blur() {
	sed -E 's/"id":"[0-9]{8}-[0-9a-f]{6}"/"id":"ID"/; s/"digest":"[0-9a-f]{64}"/"digest":"DIGEST"/
		s/"(remaining|spent)_ms":[0-9]+/"\1_ms":MS/'
}

# The sitting of jsonl.md into out.jsonl.
sit_example() {
	make_banks
	transcript '>' >in.jsonl
	[ -s in.jsonl ]
	"$PROCTOR" exam --jsonl --seed example-223 --bank shell-basics --key "$PUB" <in.jsonl >out.jsonl
}

@test "the banks of bank-format.md are signed, verified and sat" {
	make_banks
	for bank in shell-basics one-file; do
		try "$PROCTOR" bank verify $bank --key "$PUB"
		[ "$status" = 0 ]
		[[ $out == *"good: signature and every file"* ]]
		try "$PROCTOR" exam --bank $bank --key "$PUB" --jsonl <<<'{"do":"submit"}'
		[ "$status" = 0 ]
		[ "$(echo "$out" | tail -1 | jq -r .is)" = result ]
	done
	[ "$(jq -r '.questions[].path' shell-basics/bank.json)" = $'questions/files.json\nquestions/programs.json' ]
}

@test "a draw from the example keeps what bank-format.md says of it" {
	make_banks
	for seed in 1 2 3 4 5 6; do
		"$PROCTOR" exam --bank shell-basics --key "$PUB" --seed $seed --jsonl <<<'{"do":"submit"}' 2>/dev/null |
			tail -1 | jq -c '.questions' >form
		jq -e '([.[] | select(.domain == "1")] | length) == 2 and
			([.[] | select(.domain == "2")] | length) == 4 and
			([.[] | select(.scored)] | length) == 4 and
			([.[] | select(.id == "list-hidden-files" or .id == "show-dot-files")] | length) == 1 and
			(map(.id) as $ids | ($ids | index("nightly-backup-02")) - ($ids | index("nightly-backup-01")) == 1)' form
	done
}

# same_lines KIND: out.jsonl is what the page says of the blocks of this kind.
same_lines() {
	transcript '<' "$1" | blur >wanted
	blur <out.jsonl >got
	[ "$(wc -l <wanted)" = "$(wc -l <got)" ]
	while IFS= read -r wanted <&3 && IFS= read -r got <&4; do
		case $wanted in
		*,...\}) got=${got:0:${#wanted}-4}...\} ;;
		esac
		[ "$wanted" = "$got" ] || { echo "wanted $wanted"; echo "got    $got"; return 1; }
	done 3<wanted 4<got
}

@test "the program answers as jsonl.md says, line by line" {
	sit_example
	same_lines ''
}

@test "a drill goes as jsonl.md says, line by line" {
	make_banks
	transcript '>' ' drill' >in.jsonl
	[ -s in.jsonl ]
	"$PROCTOR" drill --jsonl --seed example --type ordering -n 1 --bank shell-basics \
		--key "$PUB" <in.jsonl >out.jsonl
	same_lines ' drill'
	jq -r 'select(.is == "feedback" or .is == "session") | keys[]' out.jsonl | sort -u >fields
	[ "$(wc -l <fields)" -ge 15 ]
	while read -r field; do
		grep -q "\`$field\`" "$DOCS/jsonl.md" || { echo "no $field"; return 1; }
	done <fields
}

@test "a review goes as jsonl.md says, line by line" {
	make_banks
	transcript '>' ' drill' | "$PROCTOR" drill --jsonl --seed example --type ordering -n 1 \
		--bank shell-basics --key "$PUB" >/dev/null
	transcript '>' ' review' >in.jsonl
	[ -s in.jsonl ]
	"$PROCTOR" review --jsonl <in.jsonl >out.jsonl
	same_lines ' review'
	for field in $(jq -r 'keys[]' out.jsonl | sort -u); do
		grep -q "\`$field\`" "$DOCS/jsonl.md" || { echo "no $field"; return 1; }
	done
}

@test "jsonl.md shows every request, every field and every kind of answer" {
	sit_example
	for request in goto respond flag strike confidence status pause unpause submit; do
		grep -q "\"do\":\"$request\"" in.jsonl
	done
	# All requests of the example are answered, each with one line, after "session".
	[ "$(wc -l <out.jsonl)" = $(($(wc -l <in.jsonl) + 1)) ]
	jq -r 'select(.is != "result") | keys[]' out.jsonl | sort -u >fields
	[ "$(wc -l <fields)" -ge 20 ]
	while read -r field; do
		grep -q "\`$field\`" "$DOCS/jsonl.md" || { echo "no $field"; return 1; }
	done <fields
}

@test "nothing before the result tells what the result tells first" {
	sit_example
	head -n -1 out.jsonl >before
	[ -s before ]
	[ -z "$(grep -E '"(key|right|scored|task|correct|score|raw|position|match|rationale|explanation)":' before)" ]
	[ -z "$(grep '"domain":[^n]' before)" ]
	tail -1 out.jsonl | jq -e '.questions[0].key and .score and .questions[0].task'
}

@test "how a sitting in jsonl ends is as jsonl.md says" {
	make_banks
	sit="$PROCTOR exam --jsonl --bank shell-basics --key $PUB"
	try $sit <<<'{"do":"quit"}'
	[ "$status $(echo "$out" | wc -l)" = "0 1" ]
	try $sit </dev/null
	[ "$status $(echo "$out" | wc -l)" = "0 1" ]
	try $sit < <(printf '{"do":"submit"}')
	[ "$status $(echo "$out" | wc -l)" = "0 2" ]
	try $sit < <(head -c 70000 /dev/zero | tr '\0' ' '; printf '\n{"do":"pause"}\n')
	[ "$(echo "$out" | jq -r .is | tr '\n' ' ')" = "session error status " ]
	try "$PROCTOR" resume --jsonl <<<'{"do":"status"}'
	[ "$(echo "$out" | jq -r .paused | tail -1)" = false ]
}

@test "report.md names every field of a report, and no other" {
	sit_example
	awk '/^```json$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$DOCS/report.md" >example
	names='[paths | map(select(type == "string")) | select(length > 0 and .[-2:-1] != ["response"]) | join(".")] | unique[]'
	jq -r "$names" example | sort >wanted
	tail -1 out.jsonl | jq -r "del(.is) | del(.questions[].response, .questions[].key) | $names" | sort >got
	grep -vE '^questions\.(response|key)$' wanted >wanted2
	[ -s wanted2 ]
	diff wanted2 got
}

# What is wrong with a document by a schema of docs, a line each.
by_schema() {
	jq -r --argjson schema "$(cat "$DOCS/$1.schema.json")" -f "$ROOT/tests/cases/schema.jq" "$2"
}

# All of these documents are as the schema says.
all_by_schema() {
	local schema=$1 file
	shift
	for file in "$@"; do
		[ -s "$file" ]
		[ -z "$(by_schema "$schema" "$file")" ] || { echo "$file"; by_schema "$schema" "$file"; return 1; }
	done
}

# What the schema refuses of a document: one spoilt in each of these ways.
none_by_schema() {
	local schema=$1 file=$2 spoil
	shift 2
	for spoil in "$@"; do
		jq "$spoil" "$file" >spoilt.json
		! jq -e --slurpfile was "$file" '. == $was[0]' spoilt.json >/dev/null
		[ -n "$(by_schema "$schema" spoilt.json)" ] || { echo "$spoil passed"; return 1; }
	done
}

# The one block of JSON of a page behind this line.
example_of() {
	awk -v from="$2" '$0 == from { on = 1 } /^```/ { inside = on && $0 == "```json"; if (!inside && n) exit; next }
		inside { n++; print }' "$DOCS/$1"
}

@test "every report is one by report.schema.json, and so is the example" {
	sit_example
	tail -1 out.jsonl >report.json
	"$PROCTOR" report --format json >two.json
	example_of report.md "## The document" >example.json
	all_by_schema report report.json two.json example.json "$ROOT"/tests/fixtures/report/*.json*
}

@test "report.schema.json is strict" {
	none_by_schema report "$ROOT/tests/fixtures/report/strange.json" \
		'.more = 1' 'del(.gaps)' '.score.sem = "56"' '.score.raw = 3.5' '.kind = "mock"' \
		'.all.low = 2' '.pace.thirds = []' '.questions[0].key = ["Z"]' '.questions[0].rapid = null' \
		'.questions[0].response = {"0": "A"}' '.domains[0].tasks[0].state = "bad"' '.bank.digest = "00"'
}

# A home with an exam that is over, one that is not, and a drill whose answers took their
# time: its clock is set in an export, which is left in slow.json.
sit_all() {
	"$PROCTOR" exam --seed a --jsonl <<<'{"do":"submit"}' >/dev/null
	"$PROCTOR" exam mla-c02 --jsonl <<<'{"do":"quit"}' >/dev/null
	"$PROCTOR" drill -n 40 --seed b --jsonl < <(
		jq -nc 'range(1; 41) as $n |
			{do: "goto", number: $n}, {do: "note", number: $n, text: "why?"},
			{do: "respond", number: $n, letters: ["A"]},
			{do: "respond", number: $n, letters: ["A", "B", "C"]},
			{do: "respond", number: $n, pairs: {"1": "A", "2": "A", "3": "A", "4": "A", "5": "A"}}'
		echo '{"do":"submit"}'
	) >/dev/null
	"$PROCTOR" history --export -o fast.json
	jq '(.sessions[] | select(.kind == "drill") | .events) |=
		(to_entries | map(.value + {used_ms: (.key * 40000)}))' fast.json >slow.json
	rm -r "$XDG_STATE_HOME"
	"$PROCTOR" history --import slow.json
}

@test "every plan is one by plan.schema.json" {
	"$PROCTOR" plan --format json >none.json
	sit_all
	"$PROCTOR" plan --format json >cards.json
	"$PROCTOR" plan --exam-date "$(date -u -d '+20 days' +%F)" --format json >dated.json
	[ "$(jq '(.cards | length > 0) and ([.days[].do] | unique | length >= 3)' dated.json)" = true ]
	all_by_schema plan none.json cards.json dated.json
	none_by_schema plan dated.json '.more = 1' 'del(.due)' '.today = "21.11.2026"' '.exam_date = ""' \
		'.expected = 2' '.per_day = 0' '.days = []' '.days[0].do = "rest"' '.days[0].read = [1]' \
		'.days[0].more = 1' 'del(.cards[0].task) | del(.cards[0].topic)' '.cards[0].recall = "1"' \
		'.tasks[0].missing = -1' '.tasks[0].title = null' '.exam_date = 5'
}

@test "every history is one by trend.schema.json, and so is the example" {
	"$PROCTOR" history --format json >none.json
	sit_all
	"$PROCTOR" history --format json >all.json
	example_of history.md '## `--format json`' >example.json
	all_by_schema trend none.json all.json example.json "$ROOT/tests/fixtures/history/trend.json"
	none_by_schema trend example.json '.format = "proctor-trend/2"' '.exams = null' \
		'del(.exams[0].trend)' '.exams[0].trend.exams = 2' '.exams[0].sessions[0].kind = "drill"' \
		'.exams[0].sessions[0].began = "2026"' '.exams[0].sessions[0].phase = 3' \
		'.exams[0].sessions[0].score = 5' '.exams[0].sessions[0].score.more = 1' \
		'.exams[0].drills = .exams[0].sessions' '.exams[0].domains[0].exams.recent.share = 1.5' \
		'.exams[0].domains[0].drills.over_all = {}' '.exams[0].more = 1'
}

@test "every export is one by history.schema.json, and so is the example" {
	"$PROCTOR" history --export -o none.json
	sit_all
	"$PROCTOR" history --export -o all.json
	cp -r "$ROOT/question_banks/aws-mle" unsigned
	rm unsigned/bank.json.minisig
	XDG_STATE_HOME=other "$PROCTOR" exam --bank unsigned --allow-unsigned --jsonl <<<'{"do":"submit"}' >/dev/null
	XDG_STATE_HOME=other "$PROCTOR" history --export -o unsigned.json
	example_of history.md "## All data as one file" |
		sed "s/<64 hex>/$(printf '%064d' 0)/g; s/RW\.\.\./RW$(printf '%054d' 0)/" >example.json
	all_by_schema history none.json all.json slow.json unsigned.json example.json
	none_by_schema history all.json '.more = 1' 'del(.ledger)' '.texts.short = "x"' '.texts[] = 1' \
		'.sessions[0].id = "x"' '.sessions[0].items = []' '.sessions[0].items[0].shown = "abz"' \
		'.sessions[0].events[0].type = "slept"' '.sessions[0].events[0].more = 1' \
		'.sessions[0].events[0].used_ms = -1' '.sessions[0].bank.signed_by = null' \
		'.sessions[0].strict = 0' '.ledger[0].signed_by = "RW"' '.ledger[0].version = 0'
}

@test "every report of the linter is one by lint.schema.json" {
	lint="$PROCTOR bank lint --fail-on never --format json"
	$lint "$ROOT/question_banks/aws-mle" >shipped.json
	$lint "$ROOT/tests/vectors/careless" >careless.json
	mkdir empty
	$lint empty >empty.json
	$lint - <<<'{' >broken.json
	all_by_schema lint shipped.json careless.json empty.json broken.json
	[ "$(jq '.findings | length > 0 and all(has("line") | not)' empty.json)" = true ]
	none_by_schema lint careless.json '.more = 1' '.bank = 1' '.error = -1' '.findings[0].line = 0' \
		'.findings[0].severity = "note"' '.findings[0].more = 1' 'del(.findings[0].mend)'
}

# "-m, --minutes N", for each option of a command, sorted: from its help, from the page.
help_options() {
	"$PROCTOR" $1 --help | sed -nE 's/^  ((-[a-z], )?--[a-z-]+( [A-Z]+)?).*/\1/p' | sort
}
page_options() {
	awk -v want=".Ss proctor $1" '/^\.S[sh]/ { inside = $0 == want } inside && /^\.It Fl/' "$DOCS/proctor.1" |
		sed -E 's/^\.It //; s/Fl ([a-z]) , /-\1, /; s/Fl -/--/; s/ Ar / /' | sort
}

@test "the manual lists exactly the commands and options that the help lists" {
	commands=$("$PROCTOR" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | grep -vxE 'bank|key')
	for group in bank key; do
		commands+=$'\n'$("$PROCTOR" $group --help | sed -n "/^Commands:/,/^\$/s/^  \([a-z]*\) .*/$group \1/p")
	done
	diff <(echo "$commands" | sort) <(sed -n 's/^\.Ss proctor //p' "$DOCS/proctor.1" | sort)
	while read -r command; do
		diff <(help_options "$command") <(page_options "$command")
	done <<<"$commands"
	[ -n "$(help_options exam)" ]
}

# The words of a help on standard input, and their letters, are in the manual.
words_are_listed() {
	sed -nE 's/^([0-9]+ of [0-9]+> |65> )?([a-z]+)( \((.)\))?: .*/\2 \4/p' | sort -u >words
	[ "$(wc -l <words)" -ge "$1" ]
	while read -r word letter; do
		grep -qE "^\.(It )?Cm (.* )?$word( |$)" page || { echo "no $word"; return 1; }
		[ -z "$letter" ] || grep -qE "^\.It Cm $word , (\\\\&)?[$letter]" page || { echo "no $letter"; return 1; }
	done <words
}

@test "the manual lists the words that the line mode knows, in a review too" {
	sed -n '/^\.Sh LINE MODE/,/^\.Sh TIME/p' "$DOCS/proctor.1" >both
	sed '/^In a review/,$d' both >page
	"$PROCTOR" exam --seed first <<<$'help\nsubmit\nyes' 2>/dev/null | words_are_listed 19
	sed -n '/^In a review/,$p' both >page
	"$PROCTOR" review <<<$'help\nquit' | words_are_listed 16
}

@test "the manual has no warnings" {
	command -v mandoc >/dev/null || skip "no mandoc"
	[ -z "$(mandoc -T lint -W warning "$DOCS/proctor.1" 2>&1)" ]
}
