"""What went wrong, in words for a person, and whether the target or the prober's own machine is at fault."""

from __future__ import annotations

import errno
import os
import socket
import ssl

from upheld.gateways.probe.answer import Verdict

Judged = tuple[Verdict, str]

# Raised before anything left this machine: nothing was learnt about the target.
_OWN_FAULT = {
    errno.EMFILE: "this prober has no file descriptor left; raise its limit of open files",
    errno.ENFILE: "this machine has no file descriptor left",
    errno.ENOBUFS: "this machine has no network buffers left",
    errno.ENOMEM: "this machine has no memory left",
    errno.EADDRNOTAVAIL: "this machine has no free local port or address for the connection",
    errno.EAFNOSUPPORT: "this machine does not speak the target's kind of address",
    errno.ENETDOWN: "this machine's network is down",
    errno.EACCES: "this machine's own firewall forbids the connection",
    errno.EPERM: "this machine's own firewall forbids the connection",
}
_NO_ROUTE = "this machine has no route to the target's address"
_TARGET_FAULT = {
    errno.ECONNREFUSED: "the target refused the connection",
    errno.ECONNRESET: "the target broke the connection off",
    errno.EPIPE: "the target broke the connection off",
    errno.ECONNABORTED: "the connection was broken off",
    errno.EHOSTUNREACH: "the network says that the target's host cannot be reached",
    errno.ENETUNREACH: "the network says that the target's network cannot be reached",
    errno.ETIMEDOUT: "the target's host did not answer the connection",
}
_CERTIFICATE = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate is signed by itself, not by an authority",
    19: "the certificate's authority is not trusted here",
    20: "the certificate's issuer is not trusted here, or an intermediate certificate is missing",
    21: "the certificate's issuer is missing",
    23: "the certificate was revoked",
    62: "the certificate is for another host name",
    64: "the certificate is for another address",
}


def judge_connect(code: int, *, at_once: bool) -> Judged:
    """A failed connection by its error number. `at_once`: the kernel said so before anything was sent."""
    if code in _OWN_FAULT:
        return Verdict.HINDERED, _OWN_FAULT[code]
    if at_once and code in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return Verdict.HINDERED, _NO_ROUTE
    words = _TARGET_FAULT.get(code) or f"the connection failed: {os.strerror(code)}"
    return Verdict.FAILED, words


def judge_broken(problem: OSError, *, doing: str) -> Judged:
    """A connection that broke after it was made, by what was being done with it. The fault is the target's."""
    if isinstance(problem, ssl.SSLCertVerificationError):
        words = _CERTIFICATE.get(problem.verify_code) or f"the certificate is not accepted: {problem.verify_message}"
        return Verdict.FAILED, words
    if isinstance(problem, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Verdict.FAILED, f"the target closed the connection {doing}"
    if isinstance(problem, ssl.SSLError):
        if problem.reason in ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"):
            return Verdict.FAILED, f"the target did not speak TLS {doing}"
        cause = (problem.reason or str(problem)).replace("_", " ").lower()
        return Verdict.FAILED, f"TLS failed {doing}: {cause}"
    if problem.errno in (errno.ENOMEM, errno.ENOBUFS):
        return Verdict.HINDERED, _OWN_FAULT[problem.errno]
    cause = _TARGET_FAULT.get(problem.errno or 0) or f"the connection broke: {problem.strerror or problem}"
    return Verdict.FAILED, f"{cause} {doing}"


def judge_lookup(problem: Exception, host: str) -> Judged:
    """A name that could not be resolved. Whether the resolver or the name is at fault, only a control can tell."""
    if isinstance(problem, socket.gaierror):
        if problem.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
            return Verdict.FAILED, f"the name {host} has no address"
        if problem.errno == socket.EAI_AGAIN:
            return Verdict.FAILED, f"no answer came for the name {host}"
        if problem.errno in (socket.EAI_MEMORY, socket.EAI_SYSTEM):
            return Verdict.HINDERED, f"this machine could not resolve names: {problem.strerror}"
        return Verdict.FAILED, f"the name {host} could not be resolved: {problem.strerror}"
    return Verdict.FAILED, f"the name {host} could not be resolved: {problem}"
