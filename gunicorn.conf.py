"""How the app is served: `gunicorn app:server` reads this file by itself.

Each worker opens the editions for itself, after the fork (a DuckDB handle does not survive one): hence no preload. It
shows a new current edition by itself; nothing needs to be started again.
"""

import subprocess
import sys
from pathlib import Path

from dashboard.config import Misconfigured, settings

try:
    _SETTINGS = settings()
except Misconfigured as wrong:
    sys.exit(str(wrong))

bind = f"[{_SETTINGS.host}]:{_SETTINGS.port}" if ":" in _SETTINGS.host else f"{_SETTINGS.host}:{_SETTINGS.port}"
workers = _SETTINGS.workers
threads = _SETTINGS.threads
worker_class = "gthread"
preload_app = False
keepalive = 75  # longer than a proxy's, or the proxy meets closed connections
timeout = 60
graceful_timeout = 30
max_requests = 5000  # a worker is renewed now and then, so that no leak lasts
max_requests_jitter = 500  # and not all at once
limit_request_line = 4094
limit_request_fields = 60
forwarder_headers = ""  # nobody names our paths for us: a forged SCRIPT_NAME ended in a fault of the server
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # heartbeats do not wait for a busy disk
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server):
    """Build the embedded edition once, before any worker, in a process of its own: it leaves no handle open here."""
    print("Preparing the embedded edition (some seconds at the first start) ...", flush=True)
    made = subprocess.run([sys.executable, "-m", "data_access", "editions", "ready"], stdout=subprocess.PIPE)
    if made.returncode:  # it has said why, in one sentence
        sys.exit(made.returncode)
    print("Measuring the commitments (only after something has changed) ...", flush=True)
    subprocess.run([sys.executable, "-m", "data_access", "registry", "ready"])  # workers that miss it do it themselves


def post_worker_init(worker):
    """The first request sets Dash up and is not safe among threads: it is made here, before anyone else's."""
    answer = worker.wsgi.test_client().get("/")
    if answer.status_code != 200:
        raise SystemExit(f"The overview answered {answer.status_code} at the start.")
    worker.wsgi.extensions["later"]()  # what may still be made while the first readers are answered
    if worker.age == 1:
        print(f"Ready: {_SETTINGS.address}", flush=True)
