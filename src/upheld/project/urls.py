"""Every address: the doors, and each interface that stands brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from upheld.project.rooms import list_addresses

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("upheld.doors.urls")),
    *(path(begin, include(module)) for begin, module in list_addresses()),
]

# What nobody's address is, and what fails, is told in the frame of who asks.
handler403 = "upheld.doors.problems.show_not_allowed"
handler404 = "upheld.doors.problems.show_not_found"
handler500 = "upheld.doors.problems.show_failure"
