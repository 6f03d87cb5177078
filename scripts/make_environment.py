"""Make .venv from the locks, once: the second start, and the second of two at once, find it made."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SERVICE, TESTS = "requirements.lock", "requirements-dev.lock"
COMMAND = """#!{python}
import sys
from ledger.cli import main
sys.exit(main())
"""


def say(line: str) -> None:
    """Tell the person waiting; standard output belongs to the command that follows."""
    print(line, file=sys.stderr, flush=True)


def stamp(lock: str) -> Path:
    """Where .venv notes what it was made from."""
    return VENV / f"{lock}.installed"


def wanted(lock: str) -> str:
    """What the note must say: the lock, and the folder, for a virtual environment cannot be moved."""
    return hashlib.sha256(f"{ROOT}\n".encode() + (ROOT / lock).read_bytes()).hexdigest()


def installed(lock: str) -> bool:
    """Whether .venv holds exactly this lock."""
    return stamp(lock).is_file() and stamp(lock).read_text() == wanted(lock)


def python_works() -> bool:
    """Whether the Python that .venv was made with is still there."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0  # nosec B603 # our own Python


def create() -> None:
    """Make an empty .venv that knows the ledger.

    The project is not built: a path file and a command of four lines do what an editable install does. They
    need no build backend, which a new virtual environment lacks since Python 3.12.
    """
    say(f"Making .venv with Python {sys.version.split()[0]} …")
    venv.create(VENV, clear=True, with_pip=True)
    packages = next(VENV.glob("lib/python*/site-packages"))
    (packages / "ledger.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "ledger"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def install(lock: str) -> None:
    """Install a lock: only files whose hashes it names, and only wheels, so that nothing is compiled."""
    say(f"Installing {lock} …")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    exact = ["--require-hashes", "--only-binary", ":all:", "--requirement", ROOT / lock]
    if subprocess.run([*pip, *exact], check=False).returncode != 0:  # nosec B603 # our own Python
        sys.exit(f"pip could not install {lock}: its own words stand above.")
    stamp(lock).write_text(wanted(lock))


def main() -> None:
    """Bring .venv to what is asked for; whoever comes second waits and then finds nothing to do."""
    tests = sys.argv[1:] == ["dev"]
    with (ROOT / ".venv.lock").open("w") as lock:
        # The kernel lets go of this lock when the process dies, so a killed start blocks nobody.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not installed(SERVICE) or not python_works():
            create()
            install(SERVICE)
        if tests and not installed(TESTS):
            install(TESTS)


if __name__ == "__main__":
    main()
