"""`make audit`: asks osv.dev whether a release in constraints.txt has a known hole.

Exit codes: 0 none known, 1 some, 2 the database could not be asked, so that nothing is known either way.
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

DATABASE = "https://api.osv.dev/v1/querybatch"


def main() -> int:
    """Print what is known of every pinned release."""
    lines = Path("constraints.txt").read_text(encoding="utf-8").split()
    pins = [line.split("==") for line in lines if "==" in line]
    asked = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in pins]
    request = urllib.request.Request(
        DATABASE, json.dumps({"queries": asked}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
            results = json.load(reply)["results"]
    except (OSError, ValueError, KeyError) as error:
        print(f"{DATABASE} could not be asked ({type(error).__name__}): NOTHING WAS CHECKED", file=sys.stderr)  # noqa: T201
        return 2
    holes = [
        f"{name} {version}: {hole['id']}  https://osv.dev/{hole['id']}"
        for (name, version), result in zip(pins, results, strict=True)
        for hole in result.get("vulns", [])
    ]
    print("\n".join(holes) or f"{len(pins)} releases, no known hole")  # noqa: T201
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
