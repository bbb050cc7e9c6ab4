"""``python -m gouji.standards compile [--check]`` and ``python -m gouji.standards validate``."""

from __future__ import annotations

import sys

from gouji.standards.compile import write_compiled
from gouji.standards.source import PackError


def main(arguments: list[str]) -> int:
    """Compiles or validates the packs. Exit status: 1 where something is wrong or not current, 2 for a wrong call."""
    try:
        if arguments in (["compile"], ["compile", "--check"]):
            check = "--check" in arguments
            stale = write_compiled(check=check)
            if check and stale:
                print(f"编译结果已过期：{'、'.join(stale)}。请运行 python -m gouji.standards compile")
                return 1
            print("编译结果是最新的" if not stale else f"已更新：{'、'.join(stale)}")
            return 0
        if arguments == ["validate"]:
            from gouji.standards.validate import validate

            errors = validate()
            print("\n".join(errors) if errors else "标准包全部通过校验")
            return 1 if errors else 0
    except PackError as error:
        print(error)
        return 1
    print("用法：python -m gouji.standards compile [--check] | validate")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
