"""Completion for bash, zsh and fish: commands, options, codes and case numbers, never names.

The shell runs the program with COLLECTDESK_COMPLETE set to its name and the words typed so far as arguments,
the last of them unfinished; each candidate comes back on a line, for zsh and fish with its help. Nothing that
goes wrong here may reach the prompt, so every failure completes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer._click.shell_completion import (
    CompletionItem,
    ShellComplete,
    _resolve_context,
    _resolve_incomplete,
)

from collectdesk.commands.frame import SETTINGS
from collectdesk.commands.session import Session
from collectdesk.lang import _, worded

VARIABLE = "COLLECTDESK_COMPLETE"
CHOICES = re.compile(r"[A-Za-z_]+(\|[A-Za-z_]+)+")
SPECIAL = re.compile(r"""[\s'"\\()|&;<>$`*?!#\[\]{}~]""")
"""What bash would not take as it stands inside a word."""

SCRIPTS = {
    "bash": """\
_collectdesk() {
  local IFS=$'\\n'
  COMPREPLY=( $(COLLECTDESK_COMPLETE=bash collectdesk "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null) )
}
complete -o default -F _collectdesk collectdesk
""",
    "zsh": """\
#compdef collectdesk
_collectdesk() {
  local -a found
  found=("${(@f)$(COLLECTDESK_COMPLETE=zsh collectdesk "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "${found[1]}" ]]; then _describe collectdesk found; else _files; fi
}
if [[ "${funcstack[1]}" == _collectdesk ]]; then _collectdesk "$@"; else compdef _collectdesk collectdesk; fi
""",
    "fish": """\
function __collectdesk
  set -l found (env COLLECTDESK_COMPLETE=fish collectdesk (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c collectdesk -f -a '(__collectdesk)'
""",
}


class _Words(ShellComplete):
    """typer's resolver, given the words directly."""

    name = "words"
    source_template = ""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What may follow ``args``; nothing after a word that is no command."""
        context = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        if getattr(context, "_protected_args", None):
            return []
        target, incomplete = _resolve_incomplete(context, args, incomplete)
        choices = _spelt_out(target)
        if choices:
            return [CompletionItem(choice) for choice in choices if choice.startswith(incomplete)]
        return target.shell_complete(context, incomplete)

    def source_vars(self) -> dict[str, Any]:
        return {}

    def get_completion_args(self) -> tuple[list[str], str]:
        return [], ""

    def format_completion(self, item: CompletionItem) -> str:
        return str(item.value)


def complete(command: Any, session: Session, shell: str, words: Sequence[str]) -> str:  # noqa: ANN401
    """What may stand in the place of the last of ``words``, one candidate a line, as ``shell`` reads them."""
    quoted = shell == "bash" and bool(words) and words[-1][:1] in ("'", '"')
    *before, unfinished = [_plain(word) for word in words] if shell == "bash" and words else words or [""]
    resolver = _Words(command, {"obj": session}, "collectdesk", VARIABLE)
    said = [word for word in before if word != "="]  # bash takes --reason=x for three words
    items = resolver.get_completions(said, unfinished)
    return "".join(f"{_line(item, shell, quoted=quoted)}\n" for item in items)


def _plain(word: str) -> str:
    """A word as bash hands it over, still with the quotes and backslashes it was typed with, without them."""
    if word[:1] in ("'", '"'):
        return word[1:].removesuffix(word[0])
    return re.sub(r"\\(.)", r"\1", word)


def _spelt_out(target: Any) -> list[str]:  # noqa: ANN401 - typer's own parameter class is private
    """The words a parameter's placeholder spells out: ``zh_CN|en``."""
    placeholder = getattr(target, "metavar", None) or ""
    return placeholder.split("|") if CHOICES.fullmatch(placeholder) else []


def _line(item: CompletionItem, shell: str, *, quoted: bool) -> str:
    value = str(item.value)
    if shell == "bash":
        return value if quoted else SPECIAL.sub(r"\\\g<0>", value)
    words = " ".join((_("Show this page.") if value in SETTINGS["help_option_names"] else worded(item.help)).split())
    if not words:
        return value
    if shell == "fish":
        return f"{value}\t{words}"
    return f"{value.replace(':', chr(92) + ':')}:{words}"
