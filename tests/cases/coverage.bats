#!/usr/bin/env bats
load common

# A tree of its own for the script, to be spoilt.
copy_tree() {
	mkdir -p tree/docs tree/question_banks
	cp -r "$ROOT/scripts" tree/scripts
	cp -r "$ROOT/question_banks/aws-mle" tree/question_banks/aws-mle
	cp "$ROOT/docs/coverage.md" tree/docs/coverage.md
}

@test "docs/coverage.md is what scripts/coverage-table makes of the bank" {
	try "$ROOT/scripts/coverage-table" --check
	[ "$status" = 0 ] || { echo "$err"; return 1; }
}

@test "no skill of the exam guides is without a question, and every topic is a skill" {
	[ "$(grep -c '^Skills with no question: none\.$' "$ROOT/docs/coverage.md")" = 2 ]
	! grep -q '^Not skills of the guides' "$ROOT/docs/coverage.md"
}

@test "coverage-table tells an old page, a skill that lost its question and one that is none" {
	copy_tree
	file=tree/question_banks/aws-mle/questions/4.1-monitor-inference.json
	sed -i 's/"mla-c01:4\.1-k1"/"mla-c01:4.1-k9"/' "$file"
	try tree/scripts/coverage-table --check
	[ "$status" = 1 ]
	[[ $err == *"docs/coverage.md is old"* ]]
	tree/scripts/coverage-table
	grep -qF 'Skills with no question: `mla-c01:4.1-k1`.' tree/docs/coverage.md
	grep -qF 'Not skills of the guides: `mla-c01:4.1-k9`.' tree/docs/coverage.md
	tree/scripts/coverage-table --check
}
