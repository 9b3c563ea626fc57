"""How the app is served: `gunicorn app:server` reads this file by itself.

Each worker opens the editions for itself, after the fork (a DuckDB handle does not survive one): hence no preload. It
shows a new current edition by itself; nothing needs to be started again.
"""

import logging
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

from dashboard.config import FILES, Misconfigured, settings

try:
    _SETTINGS = settings()
except Misconfigured as wrong:
    print(wrong, file=sys.stderr)
    sys.exit(os.EX_CONFIG)

bind = f"[{_SETTINGS.host}]:{_SETTINGS.port}" if ":" in _SETTINGS.host else f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = _SETTINGS.workers
threads = _SETTINGS.threads + FILES
worker_class = "gthread"
preload_app = False
keepalive = 75  # longer than a proxy's, or the proxy meets closed connections
timeout = 60
graceful_timeout = 30
max_requests = 5000  # a worker is renewed now and then, so that no leak lasts
max_requests_jitter = 500  # and not all at once
limit_request_line = 4094
limit_request_fields = 60
control_socket_disable = True  # signals are enough; it would lie in the home of the user, one for all servers there
forwarder_headers = ""  # nobody names our paths for us: a forged SCRIPT_NAME ended in a fault of the server
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # heartbeats do not wait for a busy disk
accesslog = None
errorlog = "-"
loglevel = "warning"
STALLED = {socket.SO_RCVTIMEO: 10, socket.SO_SNDTIMEO: 60}  # seconds without a byte asked, or without room for one sent
TAKEN = 300  # seconds for a whole answer or a piece of a file, three megabytes at most: 10 kB a second


def on_starting(server):
    """Build the embedded edition once, before any worker, in a process of its own: it leaves no handle open here."""
    print("Preparing the embedded edition (some seconds at the first start) ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "data_access", "editions", "ready"], stdout=subprocess.PIPE)
    if made.returncode:  # it has said why, in one sentence
        sys.exit(made.returncode)
    print("Measuring the commitments (only after something has changed) ...", flush=True)
    subprocess.run([sys.executable, "-m", "data_access", "registry", "ready"])  # workers that miss it do it themselves


def when_ready(server):
    """Connections inherit from the sockets that they are accepted by: whoever stops in the middle of a request, or of
    the answer, is let go, and holds a thread (and the place of a file) no longer than that."""
    for listener in server.LISTENERS:
        for option, seconds in STALLED.items():
            listener.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", seconds, 0))
    server.log.error_log.addFilter(told)


def pre_request(worker, req):
    """Nor does it help to take a few bytes now and then."""
    if req.method in ("GET", "HEAD"):
        req.unreader.sock.settimeout(TAKEN)


def told(record: logging.LogRecord) -> bool:
    """Whether a line is for the log: that somebody stalled, or sent what is no request, is not; the latter would come
    with the address of who did, and as often as a stranger likes."""
    stalled = record.exc_info and isinstance(record.exc_info[1], BlockingIOError | TimeoutError)
    return not stalled and not record.getMessage().startswith("Invalid request from ip=")


def post_worker_init(worker):
    """The first request sets Dash up and is not safe among threads: it is made here, before anyone else's."""
    answer = worker.wsgi.test_client().get("/")
    if answer.status_code != 200:
        raise SystemExit(f"The overview answered {answer.status_code} at the start.")
    worker.wsgi.extensions["later"]()  # what may still be made while the first readers are answered
    if worker.age == 1:
        print(f"Ready: {_SETTINGS.address}", flush=True)
