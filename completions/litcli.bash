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
        check 'Find faults in entries: missing fields, malformed identifiers, damaged text; exit 1 if there are any.' \
        cite-check 'Compare what documents cite with the library; exit 1 if a citation has no entry.' \
        completion 'Print the completion script for a shell.' \
        export 'Write entries as BibTeX, biblatex or another format; without a query, all of them.' \
        filter 'Print the entries that match, for pipes; exit 1 if none does.' \
        import 'Read papers into the library.' \
        init 'Start an empty library here.' \
        list 'Show entries as a table; without a query, all of them.' \
        show 'Show entries in full.' \
        tag 'Add tags to entries and remove them.' \
        tags 'List the tags there are, with how many entries have each.' \
        why 'Say where an entry or a field of it came from; for a title, the reason of each brace and escape.'
}

_litcli_options() {
    case $command in
        '')
            _litcli_offer \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --version 'Print the version.' \
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
        cite-check | why)
            _litcli_offer \
                -L 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                --library 'The library to use [default: $LITCLI_LIBRARY, the nearest library.toml above, your own].' \
                -h 'Show this message and exit.' \
                --help 'Show this message and exit.'
            ;;
        completion | init)
            _litcli_offer \
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
        filter | list | show)
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
        tag)
            _litcli_offer \
                --library 'The library to use.' \
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
    esac
}

# Print what an option takes or, without an option, what the arguments of the command are.
_litcli_kind() {
    case "$command $1" in
        ' ')
            echo 'commands'
            ;;
        ' -L' | ' --library' | 'check -L' | 'check --library' | 'cite-check ' | 'cite-check -L' | \
            'cite-check --library' | 'export -o' | 'export --output' | 'export --cited-in' | 'export --into' | \
            'export --keys-from' | 'export -L' | 'export --library' | 'filter -L' | 'filter --library' | 'import ' | \
            'import -L' | 'import --library' | 'init ' | 'list -L' | 'list --library' | 'show -L' | \
            'show --library' | 'tag --library' | 'tags -L' | 'tags --library' | 'why -L' | 'why --library')
            echo 'file'
            ;;
        'check ' | 'export ' | 'filter ' | 'list ')
            echo 'query'
            ;;
        'check --report' | 'export --prefer' | 'export --omit' | 'filter --sort' | 'filter --limit' | \
            'filter --columns' | 'filter --template' | 'import --as-of' | 'list --sort' | 'list --limit' | \
            'list --columns' | 'list --template' | 'show --sort' | 'show --limit' | 'show --columns' | \
            'show --template')
            echo 'text'
            ;;
        'completion ')
            echo 'bash zsh fish'
            ;;
        'export --to')
            echo 'bibtex biblatex markdown csl-json ris csv json'
            ;;
        'export --group-by')
            echo 'tag year venue'
            ;;
        'import --format')
            echo 'homepage paper-feed acl-anthology hf-papers grouped-list bibtex ris csl-json litcli'
            ;;
        'import --tag')
            echo 'tags'
            ;;
        'show ' | 'why ')
            echo 'keys'
            ;;
        'tag ')
            echo 'signs'
            ;;
    esac
}

# Print the candidates of some kinds, a line each: a word, a tab and its help.
_litcli_candidates() {
    local kind
    for kind in $1; do
        case $kind in
            commands) _litcli_commands ;;
            options) _litcli_options ;;
            keys | tags | query)
                LITCLI_LIBRARY=${library:-${LITCLI_LIBRARY-}} litcli --complete "$kind" "$word" 2>/dev/null
                ;;
            text) ;;
            *) _litcli_offer "$kind" '' ;;
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

    # What they say: the command, the library, whether there was a tag with its sign, or '--'.
    local command='' library='' sign='' dashes=''
    for ((i = 1; i < ${#words[@]}; i++)); do
        c=${words[i]}
        case "$command $c" in
            "$command --") dashes=1 && break ;;
            "$command --library") library=${words[++i]-} ;;
            "$command --library="*) library=${c#*=} ;;
            'completion -L'* | 'init -L'* | 'tag -L'*) sign=1 ;;
            "$command -L") library=${words[++i]-} ;;
            "$command -L"*) library=${c#-L} ;;
            "$command "[-+]*) sign=1 ;;
            *) command=${command:-$c} ;;
        esac
    done

    # What is wanted here: the value of an option, an option, or an argument.
    local kind='' option=''
    if [[ $redirected ]]; then
        kind=file
    elif [[ ! $dashes ]]; then
        kind=$(_litcli_kind "${words[-1]}")
        if [[ ! $kind && $word == --*=* ]]; then
            option=${word%%=*}=
            word=${word#*=}
            kind=$(_litcli_kind "${option%=}")
        fi
    fi
    if [[ ! $kind && ! $option ]]; then
        kind=$(_litcli_kind '')
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
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]]; then
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
