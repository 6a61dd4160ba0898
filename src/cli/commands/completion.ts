import { command } from '../../platform/command-line/index.js';
import type { ToolContext } from '../tool-context.js';
import { ToolError } from '../tool-error.js';

const HELP = `Print a script that completes commands and flags in a shell.

  bash: source <(tocsin completion bash)
  zsh:  source <(tocsin completion zsh)
  fish: tocsin completion fish | source
`;

/** Each asks the program itself, so that they are never out of step with it. Words are handed on after `--`. */
const SCRIPTS: ReadonlyMap<string, string> = new Map([
  [
    'bash',
    `_tocsin() {
    local IFS=$'\\n' cur="\${COMP_WORDS[COMP_CWORD]}"
    local words=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
    # "=" is a word of its own to bash, but not to the program.
    if [[ $cur == "=" || \${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then return; fi
    COMPREPLY=($("\${COMP_WORDS[0]}" complete -- "\${words[@]}" "$cur" 2>/dev/null | cut -f1))
}
complete -o default -F _tocsin tocsin
`,
  ],
  [
    'zsh',
    `#compdef tocsin
_tocsin() {
    local -a candidates
    local line
    while IFS= read -r line; do
        candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( \${#candidates} )); then
        _describe 'tocsin' candidates
    else
        _files
    fi
}
compdef _tocsin tocsin
`,
  ],
  [
    'fish',
    `function __tocsin_complete
    set -l words (commandline -opc)
    set -l found ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c tocsin -f -a '(__tocsin_complete)'
`,
  ],
]);

export const completion = command({
  name: 'completion',
  help: HELP,
  positional: { name: 'shell', help: 'bash, zsh or fish.', repeated: false, choices: [...SCRIPTS.keys()] },
  run(_values, [shell = ''], { io }: ToolContext) {
    const script = SCRIPTS.get(shell);
    if (script === undefined) throw new ToolError(`shell must be one of ${[...SCRIPTS.keys()].join(', ')}`);
    io.out(script);
  },
});
