"""Serving for good: refused where it is not safe; else watched over, over TLS; it ends with every request answered."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gameplan.config.safe_to_serve import Asked, refuse_what_is_not_safe
from gameplan.config.settings_file import WrongSettings
from tests.served_shared import GAMEPLAN, free_port

SECONDS_TO_WAIT = 180


# What is refused


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment without settings, and a closed data folder."""
    for name in [name for name in os.environ if name.startswith(("GAMEPLAN_", "DATABASE_"))]:
        monkeypatch.delenv(name)
    tmp_path.chmod(0o700)
    return tmp_path


def test_everything_that_is_not_safe_is_told_at_once(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.chmod(0o755)
    token = bare / "token"
    token.write_text("a", encoding="utf-8")
    token.chmod(0o644)
    for name, value in {
        "GAMEPLAN_DEBUG": "1", "GAMEPLAN_TODAY": "2025-09-03", "GAMEPLAN_METRICS_TOKEN_FILE": str(token),
        "GAMEPLAN_SECRET_KEY": "short", "GAMEPLAN_PROXIES": "one", "GAMEPLAN_LOG": "xml", "GAMEPLAN_HOSTS": "*",
        "GAMEPLAN_BREACHED_PASSWORDS": str(token),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as refused:
        refuse_what_is_not_safe(Asked(bare, "0.0.0.0", 4))
    said = str(refused.value)
    for told in (
        "GAMEPLAN_PROXIES: 'one' is not a whole number",
        "GAMEPLAN_LOG: 'xml' is none of the words",
        "GAMEPLAN_DEBUG: error pages would show",
        "GAMEPLAN_TODAY: ",
        "GAMEPLAN_HTTPS: passwords would travel in the clear.",
        "GAMEPLAN_ADDRESS: it is not set",
        "GAMEPLAN_HOSTS: it lets in any host name",
        "GAMEPLAN_WORKERS: several processes need PostgreSQL",
        f"GAMEPLAN_METRICS_TOKEN_FILE: everybody on this machine can read it. Run: chmod o= '{token}'",
        f"GAMEPLAN_DATA: everybody on this machine can look into {bare}.",
        "GAMEPLAN_SECRET_KEY: it is shorter than 32 letters",
        "GAMEPLAN_BREACHED_PASSWORDS: a line is not HASH:COUNT",
    ):
        assert told in said
    assert "12 things to mend" in said


def test_behind_a_proxy_with_https_it_is_safe(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_HTTPS", "1")
    monkeypatch.setenv("GAMEPLAN_ADDRESS", "https://plans.lakeside.example")
    with pytest.raises(WrongSettings, match=r"GAMEPLAN_PROXIES: .* has to be known"):
        refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 1))
    monkeypatch.setenv("GAMEPLAN_PROXIES", "1")
    refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 1))
    monkeypatch.setenv("DATABASE_URL", "postgres://a@b/c")
    refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 8))


def test_a_certificate_needs_its_own_closed_key(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAMEPLAN_ADDRESS", "https://plans.lakeside.example")
    certificate, key = certificate_in(bare, 1)
    monkeypatch.setenv("GAMEPLAN_CERTIFICATE", str(certificate))
    with pytest.raises(WrongSettings, match="GAMEPLAN_CERTIFICATE_KEY: certificate and key belong together"):
        refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 1))
    monkeypatch.setenv("GAMEPLAN_CERTIFICATE_KEY", str(key))
    refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 1))
    key.chmod(0o644)
    certificate.write_text("no certificate", encoding="utf-8")
    with pytest.raises(WrongSettings, match=r"(?s)GAMEPLAN_CERTIFICATE: it cannot be used.*_KEY: everybody"):
        refuse_what_is_not_safe(Asked(bare, "127.0.0.1", 1))


def test_the_command_refuses_with_exit_code_2(bare: Path) -> None:
    told = [sys.executable, "-c", GAMEPLAN, "serve", "--production", "--data", str(bare)]
    ran = subprocess.run(told, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "This is not safe for real people: 2 things to mend." in ran.stderr
    assert "Traceback" not in ran.stderr


# Serving


class Served:
    """`gameplan serve --production` with a certificate of its own, on SQLite."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.certificate, self.key = certificate_in(data.parent, 1)
        text = (
            f'[reached]\naddress = "https://localhost:{self.port}"\n[watching]\nlog = "json"\n'
            f'[serving]\nport = {self.port}\ncertificate = "{self.certificate}"\ncertificate_key = "{self.key}"\n'
        )
        (data.parent / "gameplan.toml").write_text(text, encoding="utf-8")
        self.log = (data.parent / "log").open("w+", encoding="utf-8")
        env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        told = [
            "serve", "--production", "--data", str(data), "--settings", str(data.parent / "gameplan.toml"),
        ]  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-c", GAMEPLAN, *told], env=env, stdout=self.log, stderr=subprocess.STDOUT
        )
        self.until(lambda: self.get("/health/ready")[0] == 200)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page, over TLS; 0 while nobody answers."""
        try:
            with closing(self.connection()) as asked:
                asked.request("GET", path)
                answer = asked.getresponse()
                return answer.status, answer.read().decode()
        except OSError:
            return 0, ""

    def connection(self) -> HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.certificate))
        return HTTPSConnection("localhost", self.port, timeout=30, context=context)

    def until(self, holds: Any) -> None:
        """Wait until something holds."""
        end = time.monotonic() + SECONDS_TO_WAIT
        while not holds():
            assert time.monotonic() < end, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        self.log.flush()
        return Path(self.log.name).read_text(encoding="utf-8")

    def children(self) -> dict[str, set[int]]:
        """The processes of the server: those that answer, and those in the background."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        mine = " ".join(task.read_text(encoding="utf-8") for task in tasks)
        found: dict[str, set[int]] = {"web": set(), "background": set()}
        for number in map(int, mine.split()):
            try:
                line = Path(f"/proc/{number}/cmdline").read_text(encoding="utf-8")
            except FileNotFoundError:  # it ended between the two looks
                continue
            if "resource_tracker" not in line:
                found["background" if "spawn_main" in line else "web"].add(number)
        return found

    def serial(self) -> int:
        """The number of the certificate that it shows."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("localhost", self.port)) as door, context.wrap_socket(door) as spoken:
            return x509.load_der_x509_certificate(spoken.getpeercert(binary_form=True) or b"").serial_number


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that these tests share."""
    data = tmp_path_factory.mktemp("production") / "data"
    data.mkdir(mode=0o700)
    server = Served(data)
    yield server
    if server.process.poll() is None:
        server.process.kill()
    server.process.wait()
    server.log.close()


@pytest.mark.slow_process
def test_it_answers_over_tls_with_safe_cookies_and_its_own_styles(served: Served) -> None:
    status, page = served.get("/sign-in/")
    assert status == 200
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
    assert style
    assert served.get(style[1])[0] == 200
    with closing(served.connection()) as asked:
        asked.request("GET", "/sign-in/")
        cookies = str(asked.getresponse().headers)
    assert "__Host-" in cookies
    assert "Secure" in cookies


@pytest.mark.slow_process
def test_its_log_is_lines_of_json(served: Served) -> None:
    served.get("/sign-in/")
    assert any(
        '"event": "request"' in line and '"route": "account_login"' in line for line in served.said().splitlines()
    )


@pytest.mark.slow_process
def test_its_numbers_can_be_read_here(served: Served) -> None:
    served.get("/sign-in/")
    status, told = served.get("/metrics")
    assert status == 200
    assert 'gameplan_requests_total{route="account_login",status="2xx"}' in told
    assert re.search(r"gameplan_worker_turns_total [1-9]", told)
    assert re.search(r"gameplan_database_queries_total [1-9]", told)


@pytest.mark.slow_process
@pytest.mark.parametrize("which", ["web", "background"])
def test_a_process_that_is_killed_comes_back(served: Served, which: str) -> None:
    before = served.children()[which]
    assert before
    if which == "web":
        time.sleep(6)  # two deaths within six seconds would count as a server that cannot start
    os.kill(next(iter(before)), signal.SIGKILL)
    served.until(lambda: served.children()[which] - before and served.get("/health/live")[0] == 200)
    assert served.process.poll() is None


@pytest.mark.slow_process
def test_a_renewed_certificate_is_taken_up_at_sighup(served: Served) -> None:
    assert served.serial() == 1
    certificate_in(served.data.parent, 2)
    served.process.send_signal(signal.SIGHUP)
    served.until(lambda: {served.serial() for _look in range(10)} == {2})  # the former process may still end
    served.until(lambda: served.get("/health/live")[0] == 200)


@pytest.mark.slow_process
def test_told_to_stop_it_answers_first_and_leaves_nothing_running(served: Served) -> None:
    served.until(lambda: served.get("/health/live")[0] == 200)
    children = served.children()
    writer = sqlite3.connect(served.data / "gameplan.sqlite3", isolation_level=None, timeout=30)
    with closing(served.connection()) as asked, closing(writer):
        asked.request("GET", "/sign-in/")
        answer = asked.getresponse()
        cookie = (answer.headers["Set-Cookie"] or "").partition(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        assert token
        writer.execute("BEGIN IMMEDIATE")  # signing in counts a try, and waits for this
        threading.Timer(1.5, served.process.send_signal, [signal.SIGTERM]).start()
        letting_go = threading.Timer(3, lambda: None)
        letting_go.start()
        body = f"csrfmiddlewaretoken={token[1]}&login=nobody%40x.example&password=four+ducks+on+a+pond"
        headers = {
            "Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"https://localhost:{served.port}/sign-in/",
        }  # fmt: skip
        asked.request("POST", "/sign-in/", body, headers)
        letting_go.join()
        assert served.process.poll() is None
        writer.execute("ROLLBACK")
        assert asked.getresponse().status == 200
    assert served.process.wait(timeout=60) == 0
    assert "Everything is kept" in served.said()
    for number in children["web"] | children["background"]:
        assert not Path(f"/proc/{number}").exists()


def certificate_in(folder: Path, serial: int) -> tuple[Path, Path]:
    """A certificate for `localhost` that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(serial).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )  # fmt: skip
    key_file.chmod(0o600)
    return certificate, key_file
