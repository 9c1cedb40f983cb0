# Completes the words of `todo` in bash 4 and later. Nothing of what is completed is ever evaluated.

# Reads the line up to the cursor as bash does, into the variables of _todo. COMP_WORDS can't say it: readline splits words
# at colons and equals signs too, and replaces only what stands behind the last one (`kept` letters stay).
__todo_read() {
  local line=${COMP_LINE:0:COMP_POINT} char next begun='' break=0 open=0 at
  for ((at = 0; at < ${#line}; at++)); do
    char=${line:at:1}
    if [[ $quote && $char == "$quote" ]]; then
      quote=''
    elif [[ $quote == "'" ]]; then
      word+=$char
    elif [[ $char == \\ ]]; then
      next=${line:at+1:1} begun=1
      ((at += 1))
      [[ $quote && $next != [\"\$\`\\] ]] && word+=$char
      word+=$next
    elif [[ $quote ]]; then
      word+=$char
    elif [[ $char == [\'\"] ]]; then
      quote=$char open=${#word} begun=1
    elif [[ $char == [[:space:]\<\>] ]]; then
      # The number in `2>` is no word.
      [[ $char == [\<\>] && $word != *[!0-9]* ]] && begun=''
      [[ $begun && ! $target ]] && words+=("$word")
      [[ $begun ]] && target=''
      [[ $char == [\<\>] ]] && target=1
      word='' begun='' break=0
    else
      word+=$char begun=1
      [[ $COMP_WORDBREAKS == *"$char"* ]] && break=${#word}
    fi
  done
  kept=$break
  [[ $quote ]] && kept=$open
}

# Sets `text` to what must be typed for it where the cursor is.
__todo_quote() {
  local plain=$text char at
  if [[ ! $quote ]]; then
    [[ $plain ]] && printf -v text %q "$plain"
    return
  fi
  text=''
  for ((at = 0; at < ${#plain}; at++)); do
    char=${plain:at:1}
    case $quote$char in
      "''") text+="'\\''" ;;
      '"!') text+=\"\'!\'\" ;; # the history has no other way out of these quotes
      '""' | '"$' | '"`' | '"\') text+=\\$char ;;
      *) text+=$char ;;
    esac
  done
}

# Puts the descriptions behind the candidates when bash only lists them.
__todo_describe() {
  local at width=0 text
  for text in "${COMPREPLY[@]}"; do ((${#text} > width)) && width=${#text}; done
  for at in "${!COMPREPLY[@]}"; do
    [[ ${descriptions[at]} ]] || continue
    printf -v text '%*s' $((width - ${#COMPREPLY[at]})) ''
    text="${COMPREPLY[at]}$text  ${descriptions[at]}"
    COMPREPLY[at]=${text:0:${COLUMNS:-80}-1}
  done
}

__todo_complete() {
  local words=() word='' kept=0 quote='' target='' lines=() descriptions=() line value text
  __todo_read
  COMPREPLY=()
  [[ $target ]] || mapfile -t lines < <(command todo __complete -- "${words[@]:1}" "$word" 2>/dev/null)
  if [[ $target || ${lines[0]-} == $'\tfiles' ]]; then
    compopt -o bashdefault -o default
    return
  fi
  for line in "${lines[@]}"; do
    value=${line%%$'\t'*}
    [[ $value == "${word:0:kept}"* ]] || continue
    text=${value:kept}
    __todo_quote
    COMPREPLY+=("$text")
    descriptions+=("${line#*$'\t'}")
  done
  compopt -o nosort 2>/dev/null # bash 4.4
  if ((${#COMPREPLY[@]} == 1)); then
    [[ ${COMPREPLY[0]} == *: ]] && compopt -o nospace
  elif [[ ! $quote && $COMP_TYPE == @(33|63|64) ]]; then
    __todo_describe
  fi
}

# A shell with `set -e` would end at the first test that fails, except on the left of `||`.
_todo() {
  __todo_complete || :
}

complete -F _todo todo
