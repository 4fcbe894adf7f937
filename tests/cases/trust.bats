#!/usr/bin/env bats
load common

# From here on this person is at the keyboard.
as() {
	export HOME="$BATS_TEST_TMPDIR/$1"
	export XDG_STATE_HOME="$HOME/state" XDG_CONFIG_HOME="$HOME/config" XDG_DATA_HOME="$HOME/data"
	mkdir -p "$HOME"
}

# A small bank of the author's own, not signed yet.
make_bank() {
	cp -r "$ROOT/tests/fixtures/demo-bank" "$1"
}

# An author's key, without password, and a bank signed with it: version 2.
author() {
	"$PROCTOR" key new --no-password author >key.txt
	make_bank demo
	"$PROCTOR" bank sign demo -s author.key >/dev/null
	id=$(sed -n 's/^key id *//p' key.txt)
}

# Sits an exam from the bank, to its result.
sit() {
	try "$PROCTOR" exam --jsonl --bank "$@" <<<'{"do":"submit"}'
	[ "$status" = 0 ] && [[ $out == *'"is":"result"'* ]]
}

# This word is nowhere in the file.
lacks() {
	if grep -qF "$2" "$1"; then
		echo "$1 has \"$2\""
		return 1
	fi
}

# A manifest signed by Debian's minisign, with the comment that belongs to it.
minisign_it() {
	local comment
	comment=$(jq -r '"proctor-bank/1 id=\(.id) version=\(.version)"' "$1/bank.json")
	minisign -S -s "$2" -m "$1/bank.json" -t "$comment" >/dev/null
}

# The comments may differ: minisign 0.11 leaves out zeros at the front of the id.
same_key() {
	[ "$(tail -1 "$1")" = "$(tail -1 "$2")" ]
}

needs_minisign() {
	command -v minisign >/dev/null || skip "minisign is not installed"
}

# Types answers into a terminal, each when its prompt stands there: at PROMPT ANSWER ... --
# COMMAND. What was shown is in the file "screen"; the status is the command's.
typing() {
	local prompts=() answers=() i
	while [ "$1" != -- ]; do
		prompts+=("$1") answers+=("$2")
		shift 2
	done
	shift
	rm -f screen keys
	: >screen
	mkfifo keys
	timeout 60 script -q -e -f -c "$(printf '%q ' "$@")" screen <keys >/dev/null 3>&- &
	local pid=$!
	exec 8>keys
	for i in "${!prompts[@]}"; do
		wait_until grep -qF "${prompts[i]}" screen
		printf '%s\n' "${answers[i]}" >&8
	done
	status=0
	wait $pid || status=$?
	exec 8>&-
}

@test "a stranger makes a key, and what it signs is as good as the trust in it" {
	as author
	author
	[[ $(cat key.txt) == *"RW"* ]]
	cp -r demo second-edition
	"$PROCTOR" bank sign second-edition -s author.key

	# The second user has the bank and, by another way, the public key.
	as candidate
	try "$PROCTOR" exam --bank demo
	refused 3 "signed with key $id, which is not trusted here"
	try "$PROCTOR" key trust author.pub
	[ "$status" = 0 ]
	[[ $out == *"$id"* && $out == *"$(tail -1 author.pub)"* ]]
	sit demo
	[ "$(echo "$out" | head -1 | jq -r .bank.signed_by)" = "$id" ]

	# A copy that was tampered with.
	cp -r demo tampered
	sed -i 's/"correct": true/"correct": false/' tampered/questions/1.json
	try "$PROCTOR" exam --bank tampered
	refused 3 "questions/1.json: changed since the bank was signed"

	# The next edition, and then the old one again.
	sit second-edition
	try "$PROCTOR" exam --bank demo
	refused 3 "version 2 of bank demo is older than version 3"
	try "$PROCTOR" bank verify demo
	refused 3 "version 2 of bank demo is older than version 3"
	sit demo --allow-downgrade
	try "$PROCTOR" exam --bank demo
	refused 3 "is older than version 3"

	# The key has leaked.
	try "$PROCTOR" key revoke "$id"
	[ "$status" = 0 ]
	[[ $out == *REVOKED* ]]
	for bank in demo second-edition; do
		try "$PROCTOR" exam --bank $bank --allow-downgrade
		refused 3 "signed with key $id, which is revoked"
	done
	try "$PROCTOR" exam --bank second-edition --key author.pub
	refused 3 "which is revoked"
	try "$PROCTOR" key trust author.pub
	refused 3 "this key is revoked"

	# The author never trusted anybody, not even herself.
	as author
	try "$PROCTOR" exam --bank demo
	refused 3 "not trusted here"
}

@test "another bank under the same version is refused, always" {
	author
	sit demo --key author.pub
	sed -i 's/Because/Why not/' demo/questions/1.json
	"$PROCTOR" bank sign demo -s author.key --set-version 2
	try "$PROCTOR" exam --bank demo --key author.pub --allow-downgrade --allow-unsigned
	refused 3 "this is not the version 2 of bank demo that was used here before"
	# Also when it is not the highest one.
	"$PROCTOR" bank sign demo -s author.key
	sit demo --key author.pub
	"$PROCTOR" bank sign demo -s author.key --set-version 2
	try "$PROCTOR" exam --bank demo --key author.pub --allow-downgrade
	refused 3 "this is not the version 2"
	try "$PROCTOR" bank forget demo
	[ "$status" = 0 ]
	sit demo --key author.pub
	try "$PROCTOR" bank forget nothing
	refused 2 'no bank "nothing"'
}

@test "a bank that was signed once is refused without its signature" {
	author
	cp -r demo never-signed
	rm demo/bank.json.minisig never-signed/bank.json.minisig
	jq '.id = "never-signed"' demo/bank.json >never-signed/bank.json
	sit demo --allow-unsigned
	"$PROCTOR" bank sign demo -s author.key
	sit demo --key author.pub
	rm demo/bank.json.minisig
	try "$PROCTOR" exam --bank demo --allow-unsigned
	refused 3 "bank demo was signed when it was used here before"
	sit demo --allow-unsigned --allow-downgrade
	try "$PROCTOR" exam --bank demo --allow-downgrade
	refused 3 "not signed"
	sit never-signed --allow-unsigned
}

@test "a version that leaps out of reach is refused" {
	author
	sit demo --key author.pub
	needs_minisign
	jq '.version = 1000003' demo/bank.json >bank.json && mv bank.json demo
	minisign_it demo author.key
	try "$PROCTOR" exam --bank demo --key author.pub
	refused 3 "more than 1000000 above version 2"
}

@test "an old bank is warned about, and refused when that is asked for" {
	needs_minisign
	author
	jq '.issued = "2020-01-01" | .valid_until = "2021-01-01"' demo/bank.json >bank.json
	mv bank.json demo
	minisign_it demo author.key
	sit demo --key author.pub
	[[ $err == *"warning: bank demo was issued "*" days ago"* ]]
	[[ $err == *"warning: bank demo was valid until 2021-01-01"* ]]
	try "$PROCTOR" bank verify demo --key author.pub
	[ "$status" = 0 ]
	[[ $err == *"days ago"* ]]
	for words in "bank verify demo" "exam --bank demo"; do
		try "$PROCTOR" $words --key author.pub --strict
		refused 3 "days ago"
	done
	jq '.issued = "2999-01-01" | del(.valid_until) | .version = 3' demo/bank.json >bank.json
	mv bank.json demo
	minisign_it demo author.key
	try "$PROCTOR" bank verify demo --key author.pub --strict
	refused 3 "which is yet to come"
	"$PROCTOR" bank sign demo -s author.key
	try "$PROCTOR" bank verify demo --key author.pub --strict
	[ "$status" = 0 ]
	[ -z "$err" ]
}

@test "what was verified is told as JSON too" {
	author
	try "$PROCTOR" bank verify demo --key author.pub --json
	[ "$status" = 0 ]
	[ "$(echo "$out" | jq -r .signature.key_id)" = "$id" ]
	[ "$(echo "$out" | jq -r .signature.key)" = "$(tail -1 author.pub)" ]
	[ "$(echo "$out" | jq -c '[.id, .version, .signature.comment, .warnings]')" = \
		'["demo",2,"proctor-bank/1 id=demo version=2",[]]' ]
	[ "$(echo "$out" | jq -r '.files[] | "\(.bytes) \(.path)"')" = \
		"$(cd demo && stat -c '%s %n' blueprints/*.json questions/*.json)" ]
	[ "$(echo "$out" | jq -r '.files[0].blake2b')" = \
		"$(b2sum -l 256 demo/blueprints/tiny.json | cut -d' ' -f1)" ]
	try "$PROCTOR" bank verify demo --json
	refused 3 "not trusted here"
	[ -z "$out" ]
	rm demo/bank.json.minisig
	try "$PROCTOR" bank verify demo --json --allow-unsigned --allow-downgrade
	[ "$(echo "$out" | jq .signature)" = null ]
}

@test "signing tells what it takes in anew, and signs nothing that could not be sat" {
	author
	jq '.questions |= map(.stem = "What else, than \(.id)?" | .id += "-more"
		| .options |= map(.text += " more"))' demo/questions/1.json >demo/questions/3.json
	try "$PROCTOR" bank sign demo -s author.key
	[ "$status" = 0 ]
	[[ $out == *"new         questions/3.json"* && $out == *"version 3, signed with $id"* ]]
	cp -r demo before
	jq '.minutes = 0' before/blueprints/tiny.json >demo/blueprints/tiny.json
	try "$PROCTOR" bank sign demo -s author.key
	refused 1 "blueprints/tiny.json"
	cp before/blueprints/tiny.json demo/blueprints
	jq '.default_blueprint = "none"' before/bank.json >demo/bank.json
	try "$PROCTOR" bank sign demo -s author.key
	[ "$status" != 0 ]
	cp before/bank.json demo
	rm demo/questions/2.json
	try "$PROCTOR" bank sign demo -s author.key
	refused 1 "questions/2.json: missing"
	ln -s 1.json demo/questions/4.json
	cp before/questions/2.json demo/questions
	try "$PROCTOR" bank sign demo -s author.key
	refused 1 "demo: questions/4.json: a link, or below one: links are refused [missing-file] (error 1 of 1;"
	rm demo/questions/4.json
	cmp demo/bank.json before/bank.json
	cmp demo/bank.json.minisig before/bank.json.minisig
	[ "$(ls demo | wc -l)" = 4 ]
}

@test "a new key is private, whole, and never put over another one" {
	make_bank demo
	try "$PROCTOR" bank sign demo
	refused 2 "signing.key: make one with proctor key new"
	try "$PROCTOR" key new --no-password
	[ "$status" = 0 ]
	own="$XDG_CONFIG_HOME/proctor"
	[ "$(stat -c %a "$own/signing.key")" = 600 ]
	[ "$(stat -c %a "$own")" = 700 ]
	[[ $out == *"$own/signing.pub"* ]]
	make_bank demo
	try "$PROCTOR" bank sign demo # the key it finds by itself
	[ "$status" = 0 ]
	cp "$own/signing.key" kept
	try "$PROCTOR" key new --no-password
	refused 2 "$own/signing.key: is there already"
	cmp "$own/signing.key" kept
	: >other.pub
	try "$PROCTOR" key new --no-password other.key
	refused 2 "other.pub: is there already"
	[ ! -e other.key ]
	ln -s nowhere link.key
	try "$PROCTOR" key new --no-password link
	[ "$status" != 0 ]
	[ ! -e nowhere ]
	try "$PROCTOR" key new --no-password no/such/folder
	refused 4 "no/such/folder"
}

@test "a password is asked for twice, on the terminal, and not shown" {
	typing 'new signing key: ' 'geheim-1' 'again: ' 'geheim-2' -- "$PROCTOR" key new pair
	[ "$status" = 1 ]
	grep -q 'the two passwords differ' screen
	lacks screen geheim
	[ ! -e pair.key ]
	typing 'new signing key: ' '' -- "$PROCTOR" key new pair
	[ "$status" = 2 ]
	grep -q 'say --no-password' screen
	try setsid "$PROCTOR" key new pair </dev/null
	refused 4 "there is no terminal"
	[ ! -e pair.key ]
	[ ! -e pair.pub ]
}

@test "while a key is in memory there are no core files" {
	ulimit -S -c "$(ulimit -H -c)"
	[ "$(ulimit -S -c)" != 0 ] || skip "there are none here anyway"
	mkfifo keys
	: >screen
	timeout 60 script -q -e -f -c "echo \$\$ >pid; exec '$PROCTOR' key new pair" screen \
		<keys >/dev/null 3>&- &
	exec 8>keys
	wait_until grep -qF 'new signing key: ' screen
	grep -q '^Max core file size  *0  *0 ' "/proc/$(cat pid)/limits"
	echo >&8
	wait $! || true
	exec 8>&-
}

@test "a key under a password signs with it, and minisign takes the key as well" {
	free=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)
	[ "${free:-0}" -gt 1500000 ] || skip "no 1 GiB of memory to spare"
	typing 'new signing key: ' 'geheim' 'again: ' 'geheim' -- "$PROCTOR" key new pair
	[ "$status" = 0 ]
	[ "$(stat -c %a pair.key)" = 600 ]
	make_bank demo
	typing 'Password of the signing key: ' 'falsch' -- "$PROCTOR" bank sign demo -s pair.key
	[ "$status" = 1 ]
	grep -q 'pair.key: wrong password' screen
	[ ! -e demo/bank.json.minisig ]
	typing 'Password of the signing key: ' 'geheim' -- "$PROCTOR" bank sign demo -s pair.key
	[ "$status" = 0 ]
	lacks screen geheim
	try "$PROCTOR" bank verify demo --key pair.pub
	[ "$status" = 0 ]
	needs_minisign
	echo geheim | minisign -R -s pair.key -p again.pub >/dev/null
	same_key pair.pub again.pub
}

@test "with too little memory the password is not called wrong" {
	install -m 600 "$ROOT/tests/vectors/minisign/enc.key" enc.key
	make_bank demo
	"$PROCTOR" --version >/dev/null
	if ! (ulimit -v 700000 && "$PROCTOR" --version) >/dev/null 2>&1; then
		skip "this build needs more memory itself"
	fi
	typing 'Password of the signing key: ' 'test-password-1' -- \
		sh -c "ulimit -v 700000; '$PROCTOR' bank sign demo -s enc.key"
	[ "$status" = 4 ]
	grep -q 'needs 1024 MiB of memory' screen
}

@test "minisign and we sign for each other" {
	needs_minisign
	# Their key, their signature, our verification.
	minisign -G -W -p theirs.pub -s theirs.key >/dev/null
	chmod 600 theirs.key
	make_bank demo
	"$PROCTOR" bank sign demo -s theirs.key
	minisign_it demo theirs.key
	try "$PROCTOR" bank verify demo --key theirs.pub
	[ "$status" = 0 ]
	# Without our comment it is no signature of a bank.
	minisign -S -s theirs.key -m demo/bank.json >/dev/null
	try "$PROCTOR" bank verify demo --key theirs.pub
	refused 3 "what was signed is"
	minisign -S -l -s theirs.key -m demo/bank.json -t "proctor-bank/1 id=demo version=2" >/dev/null
	try "$PROCTOR" bank verify demo --key theirs.pub
	refused 3 "legacy"
	# Our key, our signature, their verification; and our key in their hands.
	"$PROCTOR" key new --no-password ours >/dev/null
	"$PROCTOR" bank sign demo -s ours.key
	minisign -V -H -p ours.pub -m demo/bank.json
	sed -n 4p demo/bank.json.minisig >by-us
	minisign_it demo ours.key
	sed -n 4p demo/bank.json.minisig | cmp - by-us
	minisign -R -s ours.key -p again.pub >/dev/null
	same_key ours.pub again.pub
}

@test "a key is trusted for what its policy says" {
	author
	try "$PROCTOR" key trust author.pub --banks 'az400-* de*' --not-after 2999-12-31
	[[ $out == *"az400-* de*"* && $out == *2999-12-31* ]]
	sit demo
	try "$PROCTOR" key trust author.pub --banks 'az400-*'
	[ "$status" = 0 ]
	try "$PROCTOR" exam --bank demo
	refused 3 'may sign only the banks "az400-*", not "demo"'
	try "$PROCTOR" key trust "$(tail -1 author.pub)" --not-after 2020-01-01
	[[ $out == *ENDED* ]]
	try "$PROCTOR" exam --bank demo
	refused 3 "was to be trusted until 2020-01-01"
	try "$PROCTOR" key trust author.pub --not-after 2020-02-31
	refused 2 "is not a date"
	# Without one, what was said before stays said.
	try "$PROCTOR" key trust author.pub
	[[ $out == *2020-01-01* ]]
}

@test "the list of keys says where each is from and what it may do" {
	author
	try "$PROCTOR" key list
	[[ $out == *"RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona"*"built in"* ]]
	[[ $out != *"$id"* ]]
	"$PROCTOR" key revoke author.pub # before it was ever trusted
	try "$PROCTOR" key list
	[[ $out == *"$id"*"revoked.d/$id.pub"*REVOKED* ]]
	try "$PROCTOR" key trust "$(tail -1 author.pub | cut -c 1-55)"
	refused 1 "has 55 characters instead of 56"
	try "$PROCTOR" bank verify demo --key RWQx
	refused 1 "--key: malformed public key"
	"$PROCTOR" key revoke 48e9825989f14b3c
	try "$PROCTOR" exam
	refused 3 "which is revoked"
	try "$PROCTOR" key revoke 0123456789ABCDEF
	refused 2 "no key with the id"
	try "$PROCTOR" key trust "$ROOT/README.md"
	refused 1 "README.md"
}

@test "a forged key of the same id neither replaces nor saves the real one" {
	author
	"$PROCTOR" key trust author.pub
	# Another key, under the id of the first.
	"$PROCTOR" key new --no-password forged >/dev/null
	perl -MMIME::Base64 -e 'my ($real, $other) = map { decode_base64($_) } @ARGV;
		print "untrusted comment: x\n", encode_base64(substr($real, 0, 10) . substr($other, 10))' \
		"$(tail -1 author.pub)" "$(tail -1 forged.pub)" >same-id.pub
	try "$PROCTOR" key trust same-id.pub
	refused 3 "another key has this id"
	try "$PROCTOR" key revoke same-id.pub
	[ "$status" = 0 ]
	sit demo
	try "$PROCTOR" key revoke author.pub
	[ "$status" = 0 ]
	[ "$(ls "$XDG_CONFIG_HOME/proctor/revoked.d" | wc -l)" = 2 ]
	try "$PROCTOR" exam --bank demo
	refused 3 "which is revoked"
}

@test "keys that others may change are not believed" {
	author
	"$PROCTOR" key trust author.pub
	chmod g+w "$XDG_CONFIG_HOME/proctor/trusted.d/$id.pub"
	try "$PROCTOR" exam --bank demo
	refused 3 "is writable by others (mode 664)"
	chmod g-w "$XDG_CONFIG_HOME/proctor/trusted.d/$id.pub"
	chmod o+w "$XDG_CONFIG_HOME/proctor"
	try "$PROCTOR" key list
	refused 3 "is writable by others"
}

@test "what lies about in a bank's folder and is not listed is not there" {
	author
	cp demo/questions/1.json demo/questions/stray.json
	mkfifo demo/questions/fifo.json
	ln -s /etc/passwd demo/passwd.json
	cp demo/bank.json demo/BANK.JSON
	head -c 100000000 /dev/zero >demo/huge
	sit demo --key author.pub
	try "$PROCTOR" bank verify demo --key author.pub
	[ "$status" = 0 ]
	[[ $out != *stray* ]]
}

@test "what a hostile folder puts in a file's place is refused, and not waited for" {
	author
	list() { for bank in "$@"; do cp -r demo "$bank"; done; }
	list link fifo folder case huge twice outside
	ln -sf ../../demo/questions/1.json link/questions/1.json
	rm fifo/questions/1.json && mkfifo fifo/questions/1.json
	rm folder/questions/1.json && mkdir folder/questions/1.json
	mv case/questions case/Questions
	truncate -s 1T huge/questions/1.json || truncate -s 100M huge/questions/1.json
	for name in link fifo folder huge; do
		try timeout 20 "$PROCTOR" exam --bank $name --key author.pub
		refused 3 "questions/1.json"
		try timeout 20 "$PROCTOR" bank verify $name --key author.pub
		refused 3 "questions/1.json"
	done
	try "$PROCTOR" exam --bank case --key author.pub
	refused 3 "missing"
	# The manifest itself, for a bank that nobody signed.
	rm {twice,outside}/bank.json.minisig
	cp twice/questions/1.json twice/questions/ONE.json
	cp twice/questions/1.json twice/questions/one.json
	jq '.id = "twice" | .questions |= [.[0] | .path = ("questions/one.json", "questions/ONE.json")]' \
		demo/bank.json >twice/bank.json
	jq '.id = "outside" | .questions[0].path = "../demo/questions/1.json"' \
		demo/bank.json >outside/bank.json
	try "$PROCTOR" bank verify twice --allow-unsigned
	refused 1 "which may be one file"
	try "$PROCTOR" bank verify outside --allow-unsigned
	refused 1 "no plain path"
	jq '.id = "loud" | .questions[0].blake2b |= ascii_upcase' demo/bank.json >twice/bank.json
	try "$PROCTOR" bank verify twice --allow-unsigned
	refused 1 "bank.json:18:18: questions[0].blake2b: must be 64 hexadecimal digits"
	# A manifest, a signature that are no files.
	for name in bank.json bank.json.minisig; do
		rm -rf odd && cp -r demo odd && rm odd/$name && mkfifo odd/$name
		try timeout 20 "$PROCTOR" exam --bank odd --key author.pub
		[ "$status" = 3 ] || [ "$status" = 1 ]
		[[ $err == *"not a regular file"* ]]
	done
}

# 444 is landlock_create_ruleset() everywhere; with these arguments it gives its version.
has_landlock() {
	perl -e 'exit(syscall(444, 0, 0, 1) > 0 ? 0 : 1)'
}

@test "who sits an exam is confined before the bank is parsed" {
	has_landlock || skip "no Landlock in this kernel"
	author
	mkfifo hold
	"$PROCTOR" exam --jsonl --bank demo --key author.pub <hold >first 2>/dev/null &
	pid=$!
	exec 8>hold
	wait_until test -s first
	grep -q '^NoNewPrivs:.*1' /proc/$pid/status
	echo '{"do":"submit"}' >&8
	exec 8>&-
	wait $pid
}

@test "who lints a bank is confined before it is parsed" {
	has_landlock || skip "no Landlock in this kernel"
	mkfifo hold
	"$PROCTOR" bank lint - <hold >out 2>&1 &
	pid=$!
	exec 8>hold
	wait_until grep -q '^NoNewPrivs:.*1' /proc/$pid/status
	exec 8>&-
	wait $pid || true
}

@test "who signs a bank is confined before it is parsed" {
	has_landlock || skip "no Landlock in this kernel"
	command -v script >/dev/null || skip "no script"
	cp -r "$ROOT/question_banks/aws-mle" bank
	install -m 600 "$ROOT/tests/vectors/minisign/enc.key" key
	{ wait_until grep -qs Password typescript &&
		wait_until grep '^NoNewPrivs:.*1' "/proc/$(cat pid)/status" >confined
		printf '\003'; } |
		script -qefc "echo \$\$ >pid; exec '$PROCTOR' bank sign bank -s key" typescript >/dev/null || true
	[ -s confined ]
}

@test "who compares two banks is confined before they are parsed" {
	has_landlock || skip "no Landlock in this kernel"
	make_bank old
	make_bank new
	jq '.questions |= [range(2000) as $n | .[0] | .id = "a-question-of-so-long-a-name-\($n)"]' \
		"$ROOT/tests/fixtures/demo-bank/questions/1.json" >old/questions/1.json
	# More than a pipe takes: it waits for its reader.
	mkfifo said
	"$PROCTOR" bank diff old new >said &
	local pid=$!
	exec 8<said
	wait_until grep -qs '^NoNewPrivs:.*1' "/proc/$pid/status"
	exec 8<&-
	wait $pid || true
}
