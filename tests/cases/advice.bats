#!/usr/bin/env bats
load common

# Sits an exam in which every question with one right option is answered with A, being sure.
sit_badly() {
	"$PROCTOR" bank draw --seed bad --answers --format json |
		jq -c '.forms[0].questions[] | select(.type == "multiple-choice") |
			{do: "respond", number, letters: ["A"]},
			{do: "confidence", number, level: "sure"}' >typed
	echo '{"do":"submit"}' >>typed
	"$PROCTOR" exam --seed bad --jsonl <typed >said
	[ "$(tail -1 said | jq -r .is)" = result ]
}

# The commands of the last report, those cut in two whole again.
advised() {
	COLUMNS=$1 "$PROCTOR" report | sed -n '/^ *proctor /{s/^ *//;:a;/\\$/{N;s/ *\\\n */ /;ba};p}'
}

@test "every command that a report advises can be typed as it stands" {
	sit_badly
	advised 80 >wide
	advised 40 >narrow
	diff wide narrow
	grep -q '^proctor review [0-9a-f-]* --wrong$' wide
	grep -q '^proctor drill mla-c01 --domain ' wide
	grep -q '^proctor exam mla-c01$' wide
	ln -s "$PROCTOR" proctor
	while IFS= read -r command; do
		PATH="$PWD:$PATH" sh -c "$command" </dev/null >out 2>err || {
			echo "$command: $(cat err)"
			return 1
		}
	done <wide
}

@test "a report in full has every question, topic and task" {
	sit_badly
	"$PROCTOR" report --full >full
	[ "$(grep -cE '^ *[0-9]+  (right|WRONG|OPEN )' full)" = 65 ]
	grep -q '^All tasks' full
	grep -q '^Topics, most missed first' full
	grep -q '^4.3 ' full
}
