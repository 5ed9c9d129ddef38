"""Completion for bash, zsh and fish. It is made from the parsers of the commands.

Called by cli/__init__.py.
"""

import argparse

from onthisday.cli import COMMANDS, command_parser


def script(shell: str) -> str:
    """Return the script that a shell must read: `source <(onthisday --completion bash)`."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]()


def _bash() -> str:
    cases = "\n".join(f'    {name}) words="{" ".join(_options(name))}" ;;' for name in COMMANDS)
    return f"""\
_onthisday() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" command="" words="{" ".join(COMMANDS)} --config --help"
  local each
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {" ".join(COMMANDS)} " in *" $each "*) command="$each"; break ;; esac
  done
  case "$command" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
}}
complete -o filenames -F _onthisday onthisday
"""


def _zsh() -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash()}"


def _fish() -> str:
    no_command = "not __fish_seen_subcommand_from " + " ".join(COMMANDS)
    lines = [
        f"complete -c onthisday -n '{no_command}' -a {name} -d '{_quoted(text)}'"
        for name, text in COMMANDS.items()
    ]
    for name in COMMANDS:
        seen = f"__fish_seen_subcommand_from {name}"
        lines += [
            f"complete -c onthisday -n '{seen}' -l {option.removeprefix('--')}"
            for option in _options(name)
            if option.startswith("--")
        ]
    return "\n".join(lines) + "\n"


def _options(name: str) -> list[str]:
    """Return a command's options and the words that it takes."""
    words: list[str] = []
    for action in command_parser(name)._actions:
        words += [option for option in action.option_strings if option.startswith("--")]
        if not action.option_strings and action.choices:
            words += list(action.choices)
        if isinstance(action, argparse._SubParsersAction):
            words += list(action.choices)
    return words


def _quoted(text: str) -> str:
    return text.replace("'", "\\'")
