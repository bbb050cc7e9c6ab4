"""``gouji read``: what was read of a document, without judging it."""

from __future__ import annotations

import argparse
import sys

from gouji.cli.faults import fault_sentence, trouble_sentence
from gouji.cli.inputs import Inputs, inputs_of
from gouji.cli.outputs import emit, overwritten
from gouji.documents import UnreadableError
from gouji.rendering.checked import Failure


def run_read(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status."""
    given = inputs_of(chosen.files, apart=(chosen.output,))
    lost = overwritten((chosen.output,), [f.path for f in given.files])
    if lost:
        print(f"{lost}：这是要读取的文件，不能覆盖它。请给输出换一个名字。", file=sys.stderr)
        return 2
    if chosen.text and len(given.files) > 1:
        print(f"--text 一次只能输出一份文件的文本，现在有 {len(given.files)} 份；请逐份运行。", file=sys.stderr)
        return 2
    content, failures = _text(given) if chosen.text else _dossiers(given)
    for sentence in (*(failure.message for failure in failures), *given.notes):
        print(sentence, file=sys.stderr)
    if content is not None:
        try:
            emit(content, chosen.output)
        except OSError as error:
            if not chosen.output:
                raise
            print(trouble_sentence(error, chosen.output), file=sys.stderr)
            return 2
    return 2 if failures else 0


def _text(given: Inputs) -> tuple[bytes | None, list[Failure]]:
    """The canonical text of the one file, nothing added: every place of a report points into it."""
    failures = list(given.failures)
    for file in given.files:
        try:
            return file.document().text.encode("utf-8", "replace"), failures
        except UnreadableError as error:
            failures.append(Failure(file.path, str(error)))
        except Exception as error:
            failures.append(Failure(file.path, fault_sentence(file.path, error)))
    return None, failures


def _dossiers(given: Inputs) -> tuple[bytes, list[Failure]]:
    from gouji.extraction.read import read_dossier
    from gouji.rendering.data import dossier_json

    failures = list(given.failures)
    dossiers = []
    for file in given.files:
        try:
            dossiers.append(read_dossier(file.document())[0])
        except UnreadableError as error:
            failures.append(Failure(file.path, str(error)))
        except Exception as error:
            failures.append(Failure(file.path, fault_sentence(file.path, error)))
    return dossier_json(dossiers, failures).encode(), failures
