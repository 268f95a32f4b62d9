"""An installation of its own, in a temporary folder, before anything of Django is imported."""

import atexit
import os
import shutil
import tempfile


def start_installation() -> None:
    """Settings, and a database on SQLite with its tables; its folder goes when this process ends."""
    home = tempfile.mkdtemp(prefix="upheld-tamper-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ.pop("UPHELD_DATABASE_URL", None)
    os.environ |= {
        "UPHELD_HOME": home,
        "UPHELD_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "upheld.project.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
