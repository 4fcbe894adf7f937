#!/usr/bin/env bats
# The completions, as each shell would use them.
load common

# What bash offers behind these words, the last of which is being typed.
in_bash() {
	bash -c 'source /dev/stdin; COMP_WORDS=(proctor "$@") COMP_CWORD=$#; _proctor
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@" < <("$PROCTOR" completion bash)
}

# zsh's own part is stood in for: it is given the choices, or told to look for files.
in_zsh() {
	"$PROCTOR" completion zsh >_proctor
	zsh -f -c 'compdef() { :; }
		_describe() { for c in $choices; do case $c in ($PREFIX*) print -r -- ${c%%:*};; esac; done; }
		_files() { print files $1; }
		source ./_proctor; words=(proctor "$@") CURRENT=$(($# + 1)) PREFIX=${@[-1]}; _proctor' zsh "$@"
}

in_fish() {
	"$PROCTOR" completion fish >proctor.fish
	fish --no-config -c 'source proctor.fish; complete -C "$argv"' "proctor $*" | cut -f1
}

@test "commands, options and values are offered where they belong" {
	mkdir folder
	: >file
	for shell in bash zsh fish; do
		command -v $shell >/dev/null || skip "no $shell"
		[ "$(in_$shell ex)" = exam ]
		[ "$(in_$shell bank sig)" = sign ]
		[ "$(in_$shell exam --accom)" = --accommodation ]
		[ "$(in_$shell exam mla-c02 --accom)" = --accommodation ]
		[ -z "$(in_$shell bank list --accom)" ]
		[ "$(in_$shell completion fi)" = fish ]
	done
	[ "$(in_bash bank verify fo)" = folder ]
	[ "$(in_bash exam --blueprint fi)" = file ]
	[ "$(in_zsh bank verify fo)" = "files -/" ]
	[ "$(in_zsh exam --blueprint fi)" = "files" ]
	[ "$(in_fish bank verify fo)" = folder/ ]
	[ "$(in_fish exam --blueprint fi)" = file ]
}

# The path of every command: what help lists, all the way down.
paths() {
	"$PROCTOR" help $1 | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' |
		while read -r name; do
			echo "$1 $name"
			case $name in bank | key) paths "$name" ;; esac
		done
}

@test "every option of every command is offered" {
	count=0
	"$PROCTOR" completion bash >bash.sh
	while read -r path; do
		choices=$(in_bash $path --)
		for name in $("$PROCTOR" $path --help | grep -o '^  \(-., \)\?--[a-z-]*' | grep -o -- '--.*'); do
			grep -qx -- "$name" <<<"$choices"
			count=$((count + 1))
		done
	done < <(paths)
	[ "$count" -gt 50 ]
}

@test "each shell finds its script well formed, and no other shell is known" {
	for shell in bash zsh fish; do
		command -v $shell >/dev/null || skip "no $shell"
		"$PROCTOR" completion $shell >script
		$shell -n script
	done
	try "$PROCTOR" completion tcsh
	refused 2 "bash, zsh or fish"
	try "$PROCTOR" completion
	refused 2 "bash, zsh or fish"
}
