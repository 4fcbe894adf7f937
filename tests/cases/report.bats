#!/usr/bin/env bats
load common

# A finished exam with some answers.
sit_some() {
	"$PROCTOR" exam --seed report --jsonl >/dev/null <<-'E'
		{"do":"goto","number":1}
		{"do":"respond","number":1,"letters":["A"]}
		{"do":"confidence","number":1,"level":"sure"}
		{"do":"goto","number":2}
		{"do":"respond","number":2,"letters":["B"]}
		{"do":"submit"}
	E
}

@test "a report is told in every format, the same each time" {
	sit_some
	for format in text html md csv json; do
		try "$PROCTOR" report --format $format
		[ "$status" = 0 ] && [ -n "$out" ] && [ -z "$err" ]
		[ "$("$PROCTOR" report --format $format)" = "$out" ]
	done
}

@test "the web page is XML, and has every question" {
	sit_some
	for expand in "" --expand; do
		"$PROCTOR" report --format html $expand -o report.html
		xmllint --noout report.html
		[ "$(grep -c '<details class="question" id="q' report.html)" = 65 ]
	done
	for part in '<script' '<link' '<img' '<iframe' '<object' ' style="' ' src="' 'url(' '@import'; do
		if grep -F "$part" report.html; then return 1; fi
	done
	for q in $(jq -r '.questions[].id' <("$PROCTOR" report --format json)); do
		grep -qF "$q" report.html
	done
}

@test "the columns of a table of questions are those of report.md" {
	sit_some
	"$PROCTOR" report --format csv >report.csv
	[ "$(wc -l <report.csv)" = 66 ]
	head -1 report.csv | tr -d '\r' | tr , '\n' | sort >got
	sed -n '/^| column /,/^$/p' "$ROOT/docs/report.md" | cut -d'|' -f2 | grep -o '`[a-z_]*`' | tr -d '`' | sort >wanted
	diff wanted got
}

# One with A for every answer: enough to tell of weakness.
sit_all() {
	{
		for n in $(seq 65); do
			echo "{\"do\":\"respond\",\"number\":$n,\"letters\":[\"A\"]}"
		done
		echo '{"do":"submit"}'
	} | "$PROCTOR" exam --seed report --jsonl >/dev/null
}

@test "Markdown has the commands that the document has" {
	sit_all
	"$PROCTOR" report --format md >report.md
	[ "$(wc -c <report.md)" -lt 1048576 ]
	"$PROCTOR" report --format json | jq -r '.study.domains[].command' >commands
	[ "$(wc -l <commands)" = 4 ]
	while read -r command; do
		grep -qF "\`$command\`" report.md
	done <commands
}
