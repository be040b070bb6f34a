# fish completion for litcli, made by: litcli completion fish

# Into the caller's variables, what the words before the cursor say: the command, the library, whether there was a tag
# with its sign, or '--', the place of the argument at the cursor, and whether an option takes the word there.
function __litcli_read --no-scope-shadowing
    set command ''
    set place 1
    set -l words (commandline -opc)
    set -l i 2
    while test $i -le (count $words)
        switch "$words[$i]"
            case --
                set dashes 1
                set place (math $place + (count $words) - $i)
                break
            case --library
                set i (math $i + 1)
                set library "$words[$i]"
            case '--library=*'
                set library (string replace -- --library= '' $words[$i])
            case '-L*'
                if contains -- "$command" init tag help completion
                    set sign 1
                else if test $words[$i] = -L
                    set i (math $i + 1)
                    set library "$words[$i]"
                else
                    set library (string sub -s 3 -- $words[$i])
                end
            case '-*' '+*'
                set sign 1
                set -l option $words[$i]
                contains -- $option -L --library --lock-timeout --format --tag --as-of --sort --limit --columns --template --svg --rename --pattern --tex -o --output --to --cited-in --into --prefer --group-by --omit --keys-from --report; and set i (math $i + 1)
                contains -- $option --rename; and set i (math $i + 1)
            case '*'
                if test -n "$command"
                    set place (math $place + 1)
                else
                    set command $words[$i]
                end
        end
        set i (math $i + 1)
    end
    test $i -gt (math (count $words) + 1); and set taken 1
end

# Whether one of these commands stands before the cursor; '' is none yet.
function __litcli_is
    set -l command
    set -l library
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    contains -- "$command" $argv
end

# Whether the argument at the cursor has a place: '-eq 2' is the second, '-ge 2' that one or a later one.
function __litcli_at
    set -l command
    set -l library
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    test $place $argv
end

# Offer keys, tags or query words of the library; tags go with their sign, where one is wanted, and then a query.
function __litcli_ask
    set -l command
    set -l library $LITCLI_LIBRARY
    set -l sign
    set -l dashes
    set -l place
    set -l taken
    __litcli_read
    set -l word (commandline -ct | string unescape | string replace -r -- '^--[a-z-]+=' '')
    set -l kind $argv[1]
    if test -n "$taken" -a $kind = signs
        # The second word of an option, which fish takes for an argument.
        set kind tags
    else if not contains -- $kind signs order; and test -z "$dashes"; and string match -q -- '-*' "$word"
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
complete -c litcli -n '__litcli_is ""' -a init -d 'Start an empty library here.'
complete -c litcli -n '__litcli_is ""' -a import -d 'Read papers into the library.'
complete -c litcli -n '__litcli_is ""' -a fill -d 'Complete entries from files, and take in no new ones.'
complete -c litcli -n '__litcli_is ""' -a list -d 'Show entries as a table; without a query, all of them.'
complete -c litcli -n '__litcli_is ""' -a filter -d 'Print the entries that match, for pipes; exit 1 if none does.'
complete -c litcli -n '__litcli_is ""' -a show -d 'Show entries in full.'
complete -c litcli -n '__litcli_is ""' -a open -d 'Open a paper in the browser, or the files of it.'
complete -c litcli -n '__litcli_is ""' -a why -d 'Say where an entry, or a field of it, came from.'
complete -c litcli -n '__litcli_is ""' -a stats -d 'Count entries by year, venue, author and tag, as bars.'
complete -c litcli -n '__litcli_is ""' -a tags -d 'List the tags there are, with how many entries have each.'
complete -c litcli -n '__litcli_is ""' -a tag -d 'Add tags to entries and remove them.'
complete -c litcli -n '__litcli_is ""' -a set -d 'Set fields of entries, or remove them.'
complete -c litcli -n '__litcli_is ""' -a edit -d 'Edit an entry as TOML in $VISUAL or $EDITOR.'
complete -c litcli -n '__litcli_is ""' -a note -d 'Write your own note on an entry.'
complete -c litcli -n '__litcli_is ""' -a attach -d 'Name a file that belongs to an entry.'
complete -c litcli -n '__litcli_is ""' -a remove -d 'Remove entries from the library; litcli undo brings them back.'
complete -c litcli -n '__litcli_is ""' -a keys -d 'Give entries new keys by a pattern; without a query, all of them.'
complete -c litcli -n '__litcli_is ""' -a rename -d 'Give an entry another key; the old one stays as an alias.'
complete -c litcli -n '__litcli_is ""' -a dedupe -d 'Find entries that are one work, or may be; exit 1 if there are.'
complete -c litcli -n '__litcli_is ""' -a merge -d 'Make one entry of several, under the first key.'
complete -c litcli -n '__litcli_is ""' -a distinct -d 'Remember that entries are different works.'
complete -c litcli -n '__litcli_is ""' -a export -d 'Write entries as BibTeX, biblatex or another format.'
complete -c litcli -n '__litcli_is ""' -a cite-check -d 'Compare what documents cite with the library.'
complete -c litcli -n '__litcli_is ""' -a check -d 'Find faults in entries; exit 1 if there are any.'
complete -c litcli -n '__litcli_is ""' -a undo -d 'Take back the last change, or the one of a number.'
complete -c litcli -n '__litcli_is ""' -a redo -d 'Make the change again that was undone last, or of a number.'
complete -c litcli -n '__litcli_is ""' -a log -d 'List the changes of the library, the newest first.'
complete -c litcli -n '__litcli_is ""' -a help -d 'Explain a subject: query, keys, export, import or library.'
complete -c litcli -n '__litcli_is ""' -a completion -d 'Print the completion script for a shell.'

complete -c litcli -n '__litcli_is init; and __litcli_at -eq 1' -F
complete -c litcli -n '__litcli_is import fill cite-check; and __litcli_at -ge 1' -F
complete -c litcli -n '__litcli_is list filter stats remove keys dedupe export check; and __litcli_at -ge 1' -f -a '(__litcli_ask query)'
complete -c litcli -n '__litcli_is show merge distinct; and __litcli_at -ge 1' -f -a '(__litcli_ask keys)'
complete -c litcli -n '__litcli_is open why edit note attach rename; and __litcli_at -eq 1' -f -a '(__litcli_ask keys)'
complete -c litcli -n '__litcli_is why; and __litcli_at -eq 2' -f -a '(__litcli_ask fields)'
complete -c litcli -n '__litcli_is tag; and __litcli_at -ge 1' -f -a '(__litcli_ask signs)'
complete -c litcli -n '__litcli_is set; and __litcli_at -ge 1' -f -a '(__litcli_ask set)'
complete -c litcli -n '__litcli_is note; and __litcli_at -ge 2' -f
complete -c litcli -n '__litcli_is attach; and __litcli_at -eq 2' -F
complete -c litcli -n '__litcli_is rename; and __litcli_at -eq 2' -f
complete -c litcli -n '__litcli_is rename; and __litcli_at -ge 3' -F
complete -c litcli -n '__litcli_is undo redo; and __litcli_at -eq 1' -f
complete -c litcli -n '__litcli_is help; and __litcli_at -eq 1' -f -a 'query keys export import library'
complete -c litcli -n '__litcli_is completion; and __litcli_at -eq 1' -f -a 'bash zsh fish'

complete -c litcli -n '__litcli_is "" import fill list filter show open why stats tags set edit note attach remove keys rename dedupe merge distinct export cite-check check undo redo log' -s L -l library -r -F -d 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].'
complete -c litcli -n '__litcli_is ""' -l lock-timeout -r -f -d 'How long to wait while another litcli changes the library [default: 60].'
complete -c litcli -n '__litcli_is ""' -l version -d 'Print the version.'
complete -c litcli -n '__litcli_is "" init import fill list filter show open why stats tags set edit note attach remove keys rename dedupe merge distinct export cite-check check undo redo log help completion' -s h -l help -d 'Show this message and exit.'
complete -c litcli -n '__litcli_is init' -l git -d 'Have git merge it entry by entry, in this clone; one that is there already stays.'
complete -c litcli -n '__litcli_is import' -l format -r -f -a 'homepage paper-feed acl-anthology hf-papers grouped-list reference-list paper-page bibtex ris csl-json litcli' -d 'Read the sources as this format, whatever they look like.'
complete -c litcli -n '__litcli_is import' -l tag -r -f -a '(__litcli_ask tags)' -d 'Give each paper this tag; may be repeated.'
complete -c litcli -n '__litcli_is import' -l as-of -r -f -d 'The day the page was read (2026-05-20): completes dates that lack a year.'
complete -c litcli -n '__litcli_is import fill set remove keys rename dedupe merge distinct' -l dry-run -d 'Say what would happen and change nothing.'
complete -c litcli -n '__litcli_is import' -l strict -d 'All or nothing: change nothing if anything cannot be read.'
complete -c litcli -n '__litcli_is import' -l json -d 'Print the counts, problems and keys as JSON.'
complete -c litcli -n '__litcli_is fill' -l format -r -f -a 'homepage paper-feed acl-anthology hf-papers grouped-list reference-list paper-page bibtex ris csl-json litcli' -d 'Read the files as this format, whatever they look like.'
complete -c litcli -n '__litcli_is fill' -l json -d 'Print the counts, problems and entries as JSON.'
complete -c litcli -n '__litcli_is list filter show' -l sort -r -f -a '(__litcli_ask order)' -d 'Order by these fields; -FIELD for descending: -year,authors.'
complete -c litcli -n '__litcli_is list filter show' -l limit -r -f -d 'At most so many.'
complete -c litcli -n '__litcli_is list filter show' -l columns -r -f -a '(__litcli_ask fields)' -d 'The fields to show: key,year,title.'
complete -c litcli -n '__litcli_is list filter show tags dedupe log' -l json -d 'Print one JSON document.'
complete -c litcli -n '__litcli_is list filter show' -l jsonl -d 'Print one JSON entry a line.'
complete -c litcli -n '__litcli_is list filter show' -s k -l keys -d 'Print the keys only, one a line.'
complete -c litcli -n '__litcli_is list filter show' -s 0 -d 'With --keys or --template: end each with a NUL byte, not a line.'
complete -c litcli -n '__litcli_is list filter show' -l template -r -f -d 'Print this for each: \'{key}: {title}\'.'
complete -c litcli -n '__litcli_is open' -l file -d 'Open the attached files instead.'
complete -c litcli -n '__litcli_is stats' -l svg -r -F -d 'Draw into this SVG file.'
complete -c litcli -n '__litcli_is stats' -l json -d 'Print all counts as JSON.'
complete -c litcli -n '__litcli_is tag' -l batch -d 'Read the same from standard input, one a line.'
complete -c litcli -n '__litcli_is tag' -l rename -r -f -a '(__litcli_ask tags)' -d 'Give a tag another name, wherever it is.'
complete -c litcli -n '__litcli_is tag' -l library -r -F -d 'The library to use.'
complete -c litcli -n '__litcli_is tag' -l help -d 'Show this message and exit.'
complete -c litcli -n '__litcli_is remove' -l yes -d 'Do not ask.'
complete -c litcli -n '__litcli_is keys' -l pattern -r -f -a 'scholar bbt jabref' -d 'Such as [auth:lower][year], or scholar, bbt, jabref [default: the library\'s own].'
complete -c litcli -n '__litcli_is rename' -l tex -r -F -d 'Rewrite the citations in these documents too (\'src/*.tex\'); may be repeated.'
complete -c litcli -n '__litcli_is dedupe' -l apply -d 'Merge the certain ones.'
complete -c litcli -n '__litcli_is dedupe' -l review -d 'Ask about one after the other; each answer is kept at once.'
complete -c litcli -n '__litcli_is export' -s o -l output -r -F -d 'Write to this file, whole or not at all [default: standard output].'
complete -c litcli -n '__litcli_is export' -l to -r -f -a 'bibtex biblatex markdown csl-json ris csv json' -d 'bibtex, biblatex, markdown, csl-json, ris, csv or json [default: by FILE\'s suffix, else bibtex].'
complete -c litcli -n '__litcli_is export' -l cited-in -r -F -d 'Only what this .tex, .aux, .bcf or Markdown file cites; may be repeated.'
complete -c litcli -n '__litcli_is export' -l into -r -F -d 'Update our entries in this shared .bib, and leave every other byte alone.'
complete -c litcli -n '__litcli_is export' -l check -d 'Write nothing; exit 1 if the file of -o or --into is not current.'
complete -c litcli -n '__litcli_is export' -l prefer -r -f -a 'published preprint' -d 'Works that are known in both forms: published or preprint [default: published].'
complete -c litcli -n '__litcli_is export' -l group-by -r -f -a 'tag year venue' -d 'Markdown: a heading for each tag, year or venue.'
complete -c litcli -n '__litcli_is export' -l omit -r -f -a '(__litcli_ask fields)' -d 'Leave these fields out: abstract,url.'
complete -c litcli -n '__litcli_is export' -l keys-from -r -F -d 'The keys to export, one a line; - for standard input.'
complete -c litcli -n '__litcli_is check' -l fix -d 'Mend what can be mended safely, then say what is left.'
complete -c litcli -n '__litcli_is check' -l report -r -f -a 'text json github' -d 'text, json or github.'
complete -c litcli -n '__litcli_is log' -l limit -r -f -d 'The newest N.'
