"""Every address: each interface that stands brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from upheld.project.rooms import list_addresses

urlpatterns: list[URLPattern | URLResolver] = [path(begin, include(module)) for begin, module in list_addresses()]

# What nobody's address is, and what fails, is told in the console's frame.
handler403 = "upheld.interfaces.console.problems.show_not_allowed"
handler404 = "upheld.interfaces.console.problems.show_not_found"
handler500 = "upheld.interfaces.console.problems.show_failure"
