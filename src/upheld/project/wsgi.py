"""The entry for a web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
application = get_wsgi_application()

# After the settings are there, which its modules read.
from upheld.interfaces.console.warming import begin_to_warm  # noqa: E402

begin_to_warm()
