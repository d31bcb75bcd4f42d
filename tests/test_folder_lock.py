from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from colloquia.folder_lock import FolderInUse, folder_lock

HOLD = """
import sys
from pathlib import Path
from colloquia.folder_lock import folder_lock
with folder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_lock_refuses_a_second_holder_until_the_first_is_killed(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(FolderInUse), folder_lock(tmp_path):
            pass
        holder.kill()
    with folder_lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
