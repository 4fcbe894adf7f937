#!/usr/bin/env bats
load common

# What was typed stands behind the prompts of the transcript.
typed() {
	sed -n 's/^[0-9]* of 65> //p' "$1"
}

@test "the transcript in the README comes out as it is printed" {
	sed -n '/^```transcript$/,/^```$/p' "$ROOT/README.md" | sed '1,2d;$d' >shown
	[ "$(wc -l <shown)" -gt 40 ]
	# Piped input is not echoed: the next line follows the prompt.
	typed shown | "$PROCTOR" exam --seed first >out
	sed -i -E 's/^([0-9]+ of 65> ).*$/\1/' shown
	sed -i -E '/ of 65> $/{N;s/\n//}' shown
	for file in shown out; do
		sed -i -E 's/[0-9]{8}-[0-9a-f]{6}/ID/; s/begun .*/begun WHEN/' $file
	done
	# "[...]" stands for lines left out.
	pattern=
	while IFS= read -r row; do
		case $row in
		'[...]') pattern+='*' ;;
		*) pattern+=$(printf '%s' "$row" | sed 's/[][*?\\()|]/\\&/g')$'\n' ;;
		esac
	done <shown
	[[ $(cat out)$'\n' == $pattern ]] || {
		grep -vxF '[...]' shown | grep -vxFf out
		return 1
	}
}

@test "the README names the two commands and the size of the bank truly" {
	grep -q '^make run ' "$ROOT/README.md"
	grep -q '^make check ' "$ROOT/README.md"
	count=$("$PROCTOR" bank show | sed -n 's/^questions *\([0-9]*\),.*/\1/p')
	grep -q "a bank of $count questions" "$ROOT/README.md"
}

@test "the report in the README is one that the program writes" {
	sed -n '/^```report$/,/^```$/p' "$ROOT/README.md" | sed '1d;$d' >shown
	diff shown "$ROOT/tests/fixtures/report/story-80.txt"
}

@test "the bank holds as many exams without a repeated question as the README says" {
	tr -s ' \n' ' ' <"$ROOT/README.md" |
		grep -q 'five MLA-C01 exams, or six MLA-C02 exams, without one repeated question'
	"$PROCTOR" bank draw mla-c01 --forms 5 >/dev/null
	"$PROCTOR" bank draw mla-c02 --forms 6 >/dev/null
}
