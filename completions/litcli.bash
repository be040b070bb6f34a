# bash completion for litcli, made by: litcli completion bash
# It needs bash 4.4 or later and no other package.

# Print each pair of a word and its help, with a tab between, where the word begins with what is typed.
_litcli_offer() {
    while (($#)); do
        [[ $1 == "$word"* ]] && printf '%s\t%s\n' "$1" "$2"
        shift 2
    done
}

_litcli_commands() {
    _litcli_offer \
        init 'Start an empty library here.' \
        import 'Read papers into the library.' \
        fill 'Complete entries from files, and take in no new ones.' \
        list 'Show entries as a table; without a query, all of them.' \
        filter 'Print the entries that match, for pipes; exit 1 if none does.' \
        show 'Show entries in full.' \
        open 'Open a paper in the browser, or the files of it.' \
        why 'Say where an entry, or a field of it, came from.' \
        stats 'Count entries by year, venue, author and tag, as bars.' \
        tags 'List the tags there are, with how many entries have each.' \
        tag 'Add tags to entries and remove them.' \
        set 'Set fields of entries, or remove them.' \
        edit 'Edit an entry as TOML in $VISUAL or $EDITOR.' \
        note 'Write your own note on an entry.' \
        attach 'Name a file that belongs to an entry.' \
        remove 'Remove entries from the library; litcli undo brings them back.' \
        keys 'Give entries new keys by a pattern; without a query, all of them.' \
        rename 'Give an entry another key; the old one stays as an alias.' \
        dedupe 'Find entries that are one work, or may be; exit 1 if there are.' \
        merge 'Make one entry of several, under the first key.' \
        distinct 'Remember that entries are different works.' \
        export 'Write entries as BibTeX, biblatex or another format.' \
        cite-check 'Compare what documents cite with the library.' \
        check 'Find faults in entries; exit 1 if there are any.' \
        undo 'Take back the last change, or the one of a number.' \
        redo 'Make the change again that was undone last, or of a number.' \
        log 'List the changes of the library, the newest first.' \
        help 'Explain a subject: query, keys, export, import or library.' \
        completion 'Print the completion script for a shell.'
}

_litcli_options() {
    case $command in
        '')
            _litcli_offer \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --lock-timeout 'How long to wait while another litcli changes the library [default: 60].' \
                --version 'Print the version.' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        init)
            _litcli_offer \
                --git 'Have git merge it entry by entry, in this clone; one that is there already stays.' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        import)
            _litcli_offer \
                --format 'Read the sources as this format, whatever they look like.' \
                --tag 'Give each paper this tag; may be repeated.' \
                --as-of 'The day the page was read (2026-05-20): completes dates that lack a year.' \
                --dry-run 'Say what would happen and change nothing.' \
                --strict 'All or nothing: change nothing if anything cannot be read.' \
                --json 'Print the counts, problems and keys as JSON.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        fill)
            _litcli_offer \
                --format 'Read the files as this format, whatever they look like.' \
                --dry-run 'Say what would happen and change nothing.' \
                --json 'Print the counts, problems and entries as JSON.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        list | filter | show)
            _litcli_offer \
                --sort 'Order by these fields; -FIELD for descending: -year,authors.' \
                --limit 'At most so many.' \
                --columns 'The fields to show: key,year,title.' \
                --json 'Print one JSON document.' \
                --jsonl 'Print one JSON entry a line.' \
                -k 'Print the keys only, one a line.' \
                --keys 'Print the keys only, one a line.' \
                -0 'With --keys or --template: end each with a NUL byte, not a line.' \
                --template 'Print this for each: '\''{key}: {title}'\''.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        open)
            _litcli_offer \
                --file 'Open the attached files instead.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        why | edit | note | attach | cite-check | undo | redo)
            _litcli_offer \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        stats)
            _litcli_offer \
                --svg 'Draw into this SVG file.' \
                --json 'Print all counts as JSON.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        tags)
            _litcli_offer \
                --json 'Print one JSON document.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        tag)
            _litcli_offer \
                --batch 'Read the same from standard input, one a line.' \
                --rename 'Give a tag another name, wherever it is.' \
                --library 'The library to use.' \
                --help 'Show this message and exit.'
            ;;
        set | merge | distinct)
            _litcli_offer \
                --dry-run 'Say what would happen and change nothing.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        remove)
            _litcli_offer \
                --yes 'Do not ask.' \
                --dry-run 'Say what would happen and change nothing.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        keys)
            _litcli_offer \
                --pattern 'Such as [auth:lower][year], or scholar, bbt, jabref [default: the library'\''s own].' \
                --dry-run 'Say what would happen and change nothing.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        rename)
            _litcli_offer \
                --tex 'Rewrite the citations in these documents too ('\''src/*.tex'\''); may be repeated.' \
                --dry-run 'Say what would happen and change nothing.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        dedupe)
            _litcli_offer \
                --apply 'Merge the certain ones.' \
                --review 'Ask about one after the other; each answer is kept at once.' \
                --dry-run 'Say what would happen and change nothing.' \
                --json 'Print one JSON document.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        export)
            _litcli_offer \
                -o 'Write to this file, whole or not at all [default: standard output].' \
                --output 'Write to this file, whole or not at all [default: standard output].' \
                --to 'bibtex, biblatex, markdown, csl-json, ris, csv or json [default: by FILE'\''s suffix, else bibtex].' \
                --cited-in 'Only what this .tex, .aux, .bcf or Markdown file cites; may be repeated.' \
                --into 'Update our entries in this shared .bib, and leave every other byte alone.' \
                --check 'Write nothing; exit 1 if the file of -o or --into is not current.' \
                --prefer 'Works that are known in both forms: published or preprint [default: published].' \
                --group-by 'Markdown: a heading for each tag, year or venue.' \
                --omit 'Leave these fields out: abstract,url.' \
                --keys-from 'The keys to export, one a line; - for standard input.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        check)
            _litcli_offer \
                --fix 'Mend what can be mended safely, then say what is left.' \
                --report 'text, json or github.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        log)
            _litcli_offer \
                --limit 'The newest N.' \
                --json 'Print one JSON document.' \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        help | completion)
            _litcli_offer \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
    esac
}

# Print what an option takes, or what stands in a place of the command: '#1' is its first argument.
# Where an option takes two words, its name and '#2' stand for the second.
_litcli_kind() {
    case "$command $1" in
        ' #1')
            echo 'commands'
            ;;
        ' -L' | ' --library' | 'init #1' | 'import #'[1-9]* | 'import -L' | 'import --library' | 'fill #'[1-9]* | \
            'fill -L' | 'fill --library' | 'list -L' | 'list --library' | 'filter -L' | 'filter --library' | \
            'show -L' | 'show --library' | 'open -L' | 'open --library' | 'why -L' | 'why --library' | \
            'stats --svg' | 'stats -L' | 'stats --library' | 'tags -L' | 'tags --library' | 'tag --library' | \
            'set -L' | 'set --library' | 'edit -L' | 'edit --library' | 'note -L' | 'note --library' | 'attach #2' | \
            'attach -L' | 'attach --library' | 'remove -L' | 'remove --library' | 'keys -L' | 'keys --library' | \
            'rename #'[3-9]* | 'rename --tex' | 'rename -L' | 'rename --library' | 'dedupe -L' | 'dedupe --library' | \
            'merge -L' | 'merge --library' | 'distinct -L' | 'distinct --library' | 'export -o' | 'export --output' | \
            'export --cited-in' | 'export --into' | 'export --keys-from' | 'export -L' | 'export --library' | \
            'cite-check #'[1-9]* | 'cite-check -L' | 'cite-check --library' | 'check -L' | 'check --library' | \
            'undo -L' | 'undo --library' | 'redo -L' | 'redo --library' | 'log -L' | 'log --library')
            echo 'file'
            ;;
        ' --lock-timeout' | 'import --as-of' | 'list --limit' | 'list --template' | 'filter --limit' | \
            'filter --template' | 'show --limit' | 'show --template' | 'note #'[2-9]* | 'rename #2' | 'undo #1' | \
            'redo #1' | 'log --limit')
            echo 'text'
            ;;
        'import --format' | 'fill --format')
            echo 'words homepage paper-feed acl-anthology hf-papers grouped-list reference-list paper-page bibtex ris csl-json litcli'
            ;;
        'import --tag' | 'tag --rename' | 'tag --rename #2')
            echo 'tags'
            ;;
        'list #'[1-9]* | 'filter #'[1-9]* | 'stats #'[1-9]* | 'remove #'[1-9]* | 'keys #'[1-9]* | \
            'dedupe #'[1-9]* | 'export #'[1-9]* | 'check #'[1-9]*)
            echo 'query'
            ;;
        'list --sort' | 'filter --sort' | 'show --sort')
            echo 'order'
            ;;
        'list --columns' | 'filter --columns' | 'show --columns' | 'why #2' | 'export --omit')
            echo 'fields'
            ;;
        'show #'[1-9]* | 'open #1' | 'why #1' | 'edit #1' | 'note #1' | 'attach #1' | 'rename #1' | \
            'merge #'[1-9]* | 'distinct #'[1-9]*)
            echo 'keys'
            ;;
        'tag #'[1-9]*)
            echo 'signs'
            ;;
        'set #'[1-9]*)
            echo 'set'
            ;;
        'keys --pattern')
            echo 'words scholar bbt jabref'
            ;;
        'export --to')
            echo 'words bibtex biblatex markdown csl-json ris csv json'
            ;;
        'export --prefer')
            echo 'words published preprint'
            ;;
        'export --group-by')
            echo 'words tag year venue'
            ;;
        'check --report')
            echo 'words text json github'
            ;;
        'help #1')
            echo 'words query keys export import library'
            ;;
        'completion #1')
            echo 'words bash zsh fish'
            ;;
    esac
}

# Print the candidates of some kinds, a line each: a word, a tab and its help.
_litcli_candidates() {
    local kind
    if [[ $1 == words\ * ]]; then
        for kind in ${1#words }; do
            _litcli_offer "$kind" ''
        done
        return
    fi
    for kind in $1; do
        case $kind in
            commands) _litcli_commands ;;
            options) _litcli_options ;;
            keys | tags | query | set | fields | order)
                LITCLI_LIBRARY=${library:-${LITCLI_LIBRARY-}} litcli --complete "$kind" "$word" 2>/dev/null
                ;;
        esac
    done
}

_litcli() {
    local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT} i c
    COMPREPLY=()

    # Read the words before the cursor as bash does; those in COMP_WORDS are cut at colons and still quoted.
    # readline will replace $2, the end of the line: 'kept' is what the word says before it, 'open' a quote open there.
    local words=() word quote='' redirected='' kept='' open=''
    unset -v word
    for ((i = 0; i <= ${#line}; i++)); do
        ((i == ${#line} - ${#2})) && kept=${word-} open=$quote
        c=${line:i:1}
        if [[ $c == \\ && $quote != \' ]]; then
            c=${line:$((++i)):1}
            [[ $quote && $c != [\\\"\$\`] ]] && c=\\$c
            word+=$c
        elif [[ $quote && $c == "$quote" ]]; then
            quote=''
        elif [[ ! $quote && $c == [\'\"] ]]; then
            quote=$c
            word+=''
        elif [[ ! $quote && $c == [[:space:]\<\>] ]]; then
            [[ -v word && ! $redirected && $c == [[:space:]] ]] && words+=("$word")
            [[ -v word ]] && redirected=''
            [[ $c == [\<\>] ]] && redirected=1
            unset -v word
        elif [[ $c ]]; then
            word+=$c
        fi
    done
    word=${word-}

    # What they say: the command, the library, whether there was a tag with its sign, or '--', and how many arguments.
    local command='' library='' sign='' dashes='' count=0
    for ((i = 1; i < ${#words[@]}; i++)); do
        c=${words[i]}
        case "$command $c" in
            "$command --") dashes=1 && break ;;
            "$command --library") library=${words[++i]-} ;;
            "$command --library="*) library=${c#*=} ;;
            'init -L'* | 'tag -L'* | 'help -L'* | 'completion -L'*) sign=1 ;;
            "$command -L") library=${words[++i]-} ;;
            "$command -L"*) library=${c#-L} ;;
            "$command "[-+]*)
                sign=1
                [[ $(_litcli_kind "$c") ]] && ((++i))
                [[ $(_litcli_kind "$c #2") ]] && ((++i))
                ;;
            *) [[ $command ]] && ((++count)) || command=$c ;;
        esac
    done
    [[ $dashes ]] && ((count += ${#words[@]} - i - 1))

    # What is wanted here: the value of an option, an option, or an argument.
    local kind='' option=''
    if [[ $redirected ]]; then
        kind=file
    elif [[ ! $dashes ]]; then
        kind=$(_litcli_kind "${words[-1]}")
        [[ ! $kind ]] && ((${#words[@]} > 1)) && kind=$(_litcli_kind "${words[-2]} #2")
        if [[ ! $kind && $word == --*=* ]]; then
            option=${word%%=*}=
            word=${word#*=}
            kind=$(_litcli_kind "${option%=}")
        fi
    fi
    if [[ ! $kind && ! $option ]]; then
        kind=$(_litcli_kind "#$((count + 1))")
        if [[ $kind == signs ]]; then
            if [[ $dashes || $word == [!-+]* || (! $word && $sign) ]]; then
                kind=query
            else
                kind=tags
                word=${word:-+}
            fi
        fi
        if [[ ! $dashes && ($word == -* || ! $kind) ]]; then
            [[ $kind == tags ]] && kind='options tags' || kind=options
        fi
    fi
    if [[ $kind == file ]]; then
        compopt -o default
        return
    fi

    # Give back what takes the place of $2, quoted as the quote that is open there asks.
    local value help notes=() width=0
    while IFS=$'\t' read -r value help; do
        value=$option$value
        [[ $value == "$kept"?* ]] || continue
        value=${value#"$kept"}
        case $open in
            \') value=${value//\'/\'\\\'\'} ;;
            \") for c in \\ \" \$ \`; do value=${value//"$c"/"\\$c"}; done ;;
            *) printf -v value %q "$value" ;;
        esac
        # readline closes the quote, but not behind a word that ends in such a quote itself.
        [[ $open && $value == *"$open" ]] && value+=$open
        COMPREPLY+=("$value")
        notes+=("$help")
        ((${#value} > width)) && width=${#value}
    done < <(_litcli_candidates "$kind")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[:=] ]]; then
        compopt -o nospace
    elif [[ ${#COMPREPLY[@]} -gt 1 && ${COMP_TYPE-} == 63 ]]; then
        # The second TAB only shows the list: here the help can stand beside the words.
        for i in "${!COMPREPLY[@]}"; do
            [[ ${notes[i]} ]] || continue
            printf -v c '%*s' $((width - ${#COMPREPLY[i]})) ''
            c="${COMPREPLY[i]}$c  ${notes[i]}"
            COMPREPLY[i]=${c:0:${COLUMNS:-80} - 2}
        done
    fi
}

complete -F _litcli litcli
