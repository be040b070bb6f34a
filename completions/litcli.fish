# fish completion for litcli, made by: litcli completion fish

# Into the caller's variables, what the words before the cursor say: the command, the library, whether there was a tag
# with its sign, or '--'.
function __litcli_read --no-scope-shadowing
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch "$words[$i]"
            case --
                set dashes 1
                break
            case --library
                set i (math $i + 1)
                set library "$words[$i]"
            case '--library=*'
                set library (string replace -- --library= '' $words[$i])
            case '-L*'
                if contains -- "$command" completion init tag
                    set sign 1
                else if test $words[$i] = -L
                    set i (math $i + 1)
                    set library "$words[$i]"
                else
                    set library (string sub -s 3 -- $words[$i])
                end
            case '-*' '+*'
                set sign 1
            case '*'
                test -n "$command"; or set command $words[$i]
        end
        set i (math $i + 1)
    end
end

# Whether one of these commands stands before the cursor; '' is none yet.
function __litcli_is
    set -l command ''
    set -l library
    set -l sign
    set -l dashes
    __litcli_read
    contains -- "$command" $argv
end

# Offer keys, tags or query words of the library; tags go with their sign, where one is wanted, and then a query.
function __litcli_ask
    set -l command ''
    set -l library $LITCLI_LIBRARY
    set -l sign
    set -l dashes
    __litcli_read
    set -l word (commandline -ct | string unescape | string replace -r -- '^--[a-z-]+=' '')
    set -l kind $argv[1]
    if test $kind != signs -a -z "$dashes"; and string match -q -- '-*' "$word"
        return
    else if test $kind = signs
        set kind tags
        if set -q dashes[1]; or string match -qr '^[^+-]' -- "$word"; or test -z "$word" -a -n "$sign"
            set kind query
        else if test -z "$word"
            set word +
        end
    end
    LITCLI_LIBRARY="$library" litcli --complete $kind "$word" 2>/dev/null
end

# No file names, but where a file is meant.
complete -c litcli -f
complete -c litcli -n '__litcli_is ""' -a check -d 'Find faults in entries: missing fields, malformed identifiers, damaged text; exit 1 if there are any.'
complete -c litcli -n '__litcli_is ""' -a cite-check -d 'Compare what documents cite with the library; exit 1 if a citation has no entry.'
complete -c litcli -n '__litcli_is ""' -a completion -d 'Print the completion script for a shell.'
complete -c litcli -n '__litcli_is ""' -a export -d 'Write entries as BibTeX, biblatex or another format; without a query, all of them.'
complete -c litcli -n '__litcli_is ""' -a filter -d 'Print the entries that match, for pipes; exit 1 if none does.'
complete -c litcli -n '__litcli_is ""' -a import -d 'Read papers into the library.'
complete -c litcli -n '__litcli_is ""' -a init -d 'Start an empty library here.'
complete -c litcli -n '__litcli_is ""' -a list -d 'Show entries as a table; without a query, all of them.'
complete -c litcli -n '__litcli_is ""' -a show -d 'Show entries in full.'
complete -c litcli -n '__litcli_is ""' -a tag -d 'Add tags to entries and remove them.'
complete -c litcli -n '__litcli_is ""' -a tags -d 'List the tags there are, with how many entries have each.'
complete -c litcli -n '__litcli_is ""' -a why -d 'Say where an entry or a field of it came from; for a title, the reason of each brace and escape.'

complete -c litcli -n '__litcli_is check' -f -a '(__litcli_ask query)'
complete -c litcli -n '__litcli_is cite-check' -F
complete -c litcli -n '__litcli_is completion' -f -a 'bash zsh fish'
complete -c litcli -n '__litcli_is export' -f -a '(__litcli_ask query)'
complete -c litcli -n '__litcli_is filter' -f -a '(__litcli_ask query)'
complete -c litcli -n '__litcli_is import' -F
complete -c litcli -n '__litcli_is init' -F
complete -c litcli -n '__litcli_is list' -f -a '(__litcli_ask query)'
complete -c litcli -n '__litcli_is show' -f -a '(__litcli_ask keys)'
complete -c litcli -n '__litcli_is tag' -f -a '(__litcli_ask signs)'
complete -c litcli -n '__litcli_is why' -f -a '(__litcli_ask keys)'

complete -c litcli -n '__litcli_is "" check cite-check export filter import list show tags why' -s L -l library -r -F -d 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].'
complete -c litcli -n '__litcli_is ""' -l version -d 'Print the version.'
complete -c litcli -n '__litcli_is "" check cite-check completion export filter import init list show tag tags why' -s h -l help -d 'Show this message and exit.'
complete -c litcli -n '__litcli_is check' -l fix -d 'Mend what can be mended safely, then say what is left.'
complete -c litcli -n '__litcli_is check' -l report -r -f -d 'text, json or github.'
complete -c litcli -n '__litcli_is export' -s o -l output -r -F -d 'Write to this file, whole or not at all [default: standard output].'
complete -c litcli -n '__litcli_is export' -l to -r -f -a 'bibtex biblatex markdown csl-json ris csv json' -d 'bibtex, biblatex, markdown, csl-json, ris, csv or json [default: by FILE\'s suffix, else bibtex].'
complete -c litcli -n '__litcli_is export' -l cited-in -r -F -d 'Only what this .tex, .aux, .bcf or Markdown file cites; may be repeated.'
complete -c litcli -n '__litcli_is export' -l into -r -F -d 'Update our entries in this shared .bib, and leave every other byte alone.'
complete -c litcli -n '__litcli_is export' -l check -d 'Write nothing; exit 1 if the file of -o or --into is not current.'
complete -c litcli -n '__litcli_is export' -l prefer -r -f -d 'Works that are known in both forms: published or preprint [default: published].'
complete -c litcli -n '__litcli_is export' -l group-by -r -f -a 'tag year venue' -d 'Markdown: a heading for each tag, year or venue.'
complete -c litcli -n '__litcli_is export' -l omit -r -f -d 'Leave these fields out: abstract,url.'
complete -c litcli -n '__litcli_is export' -l keys-from -r -F -d 'The keys to export, one a line; - for standard input.'
complete -c litcli -n '__litcli_is filter list show' -l sort -r -f -d 'Order by these fields; -FIELD for descending: -year,authors.'
complete -c litcli -n '__litcli_is filter list show' -l limit -r -f -d 'At most so many.'
complete -c litcli -n '__litcli_is filter list show' -l columns -r -f -d 'The fields to show: key,year,title.'
complete -c litcli -n '__litcli_is filter list show tags' -l json -d 'Print one JSON document.'
complete -c litcli -n '__litcli_is filter list show' -l jsonl -d 'Print one JSON entry a line.'
complete -c litcli -n '__litcli_is filter list show' -s k -l keys -d 'Print the keys only, one a line.'
complete -c litcli -n '__litcli_is filter list show' -s 0 -d 'With --keys or --template: end each with a NUL byte, not a line.'
complete -c litcli -n '__litcli_is filter list show' -l template -r -f -d 'Print this for each: \'{key}: {title}\'.'
complete -c litcli -n '__litcli_is import' -l format -r -f -a 'homepage paper-feed acl-anthology hf-papers grouped-list bibtex ris csl-json litcli' -d 'Read the sources as this format, whatever they look like.'
complete -c litcli -n '__litcli_is import' -l tag -r -f -a '(__litcli_ask tags)' -d 'Give each paper this tag; may be repeated.'
complete -c litcli -n '__litcli_is import' -l as-of -r -f -d 'The day the page was read (2026-05-20): completes dates that lack a year.'
complete -c litcli -n '__litcli_is import' -l dry-run -d 'Say what would happen and change nothing.'
complete -c litcli -n '__litcli_is import' -l strict -d 'All or nothing: change nothing if anything cannot be read.'
complete -c litcli -n '__litcli_is import' -l json -d 'Print the counts, problems and keys as JSON.'
complete -c litcli -n '__litcli_is tag' -l library -r -F -d 'The library to use.'
