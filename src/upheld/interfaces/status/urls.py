"""The addresses of the status page: the files of its folder, no others."""

from django.urls import URLPattern, path

from upheld.interfaces.status.serving import show_file

urlpatterns: list[URLPattern] = [
    path("", show_file, name="status"),
    path("<str:name>", show_file, name="status-file"),
    path("heads/<str:name>", show_file, {"folder": "heads"}, name="status-heads"),
    path("history/<str:name>", show_file, {"folder": "history"}, name="status-history"),
]
