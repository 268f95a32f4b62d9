"""The doors themselves: the same for every interface, open to anybody, and nothing that is kept is shown there."""

from django.urls import URLPattern

from upheld.doors import passwords, signing_in
from upheld.doors.addresses import address
from upheld.doors.frames import anybody

DOORS: list[URLPattern] = [
    *address("", "home", show=signing_in.go_home, may=anybody),
    *address("sign-in", "sign-in", show=signing_in.show_sign_in, do=signing_in.sign_in, may=anybody, is_once=False),
    *address("sign-out", "sign-out", do=signing_in.sign_out, may=anybody, is_once=False),
    *address("forgotten", "forgotten", show=passwords.show_forgotten, do=passwords.send_link, may=anybody, is_once=False),
    *address(
        "password/<str:token>", "password", show=passwords.show_choosing, do=passwords.choose, may=anybody, is_once=False
    ),
    *address("theme", "theme", do=signing_in.choose_theme, may=anybody, is_once=False),
]

urlpatterns = DOORS
