"""Every address: each interface that stands brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from upheld.project.rooms import list_addresses

urlpatterns: list[URLPattern | URLResolver] = [path(begin, include(module)) for begin, module in list_addresses()]
