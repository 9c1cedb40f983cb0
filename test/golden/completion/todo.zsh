#compdef todo
# Completes the words of `todo` in zsh 5. Nothing of what is completed is ever evaluated.

_todo() {
  local line value
  local -a lines words_begun whole
  # What is left of an open quote is closed, so that the word can be read.
  local word="${(Q)${:-$QIPREFIX$IPREFIX$PREFIX$compstate[quote]}}"
  lines=("${(@f)$(command todo __complete -- "${(@Q)words[2,CURRENT-1]}" "$word" 2>/dev/null)}")
  if [[ $lines[1] == $'\tfiles' ]]; then
    compset -P '--*='
    _files
    return
  fi
  for line in $lines; do
    value=${line%%$'\t'*}
    # _describe takes a colon for the end of the value.
    line=${${value//\\/\\\\}//:/\\:}:${line#*$'\t'}
    if [[ $value == *: ]]; then words_begun+=("$line"); else whole+=("$line"); fi
  done
  local found=1
  _describe -V -t keys key words_begun -S '' && found=0
  _describe -V -t words word whole && found=0
  return found
}

if [[ $funcstack[1] == _todo ]]; then
  _todo "$@"
else
  compdef _todo todo
fi
