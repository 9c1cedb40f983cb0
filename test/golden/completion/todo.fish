# Completes the words of `todo` in fish 3 and later. Nothing of what is completed is ever evaluated.

function __todo_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l token (commandline -ct)
    set -l word (string unescape -- "$token")
    set -l lines (command todo __complete -- $words "$word" 2>/dev/null)
    if test "$lines" != \tfiles
        string join \n -- $lines
        return
    end
    set -l option (string match -r -- '^--[^=]+=' "$token")
    set -l rest (string replace -- "$option" '' "$token")
    set -l files (complete -C "'' $rest")
    string join \n -- "$option"$files
end

complete -c todo -k -f -a '(__todo_complete)'
