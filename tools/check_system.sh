#!/bin/sh
# Say what the system lacks, all of it, before anything is made. $1: run or test. $PYTHON: a Python >= 3.11, if found.

missing=""
if [ -z "$PYTHON" ]; then
    echo "Python 3.11 or newer was not found (looked for python3, python3.13, python3.12, python3.11)." >&2
    missing="$missing python3 python3-venv"
elif ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$PYTHON cannot make an environment: its modules venv and ensurepip are a package of their own." >&2
    missing="$missing python3-venv"
fi

if [ "$1" = test ]; then
    wanted=""
    command -v git >/dev/null || missing="$missing git"
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        wanted="$wanted chromium"
    command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || wanted="$wanted nginx"
    command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ] || wanted="$wanted dovecot-imapd dovecot-lmtpd"
    [ -x /usr/sbin/postfix ] || command -v postfix >/dev/null || wanted="$wanted postfix"
    command -v node >/dev/null || wanted="$wanted nodejs"
    if [ -n "$wanted" ] && [ "$CI" = true ]; then
        missing="$missing$wanted"
    elif [ -n "$wanted" ]; then
        echo "Some tests will be LEFT OUT: they need$wanted. As root: apt-get install$wanted" >&2
    fi
fi

if [ -n "$missing" ]; then
    echo "Missing:$missing. On Debian or Ubuntu, as root: apt-get install$missing" >&2
    exit 1
fi
