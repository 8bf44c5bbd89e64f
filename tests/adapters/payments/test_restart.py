"""The provider is stopped or killed, started again, and has forgotten nothing."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from orderhub.adapters.payments.sandbox_server.journal import Journal, JournalInUseError
from orderhub.domain.payments.ports import ProviderPayment, ProviderStatus, SendRefund
from tests.adapters.payments.support import (
    API_KEY,
    CONFIG,
    PAYS,
    SECRET,
    Inbox,
    a_payment,
    connected,
    sandbox_server,
)

_MODULE = "orderhub.adapters.payments.sandbox_server"


def _command(state: Path, *more: str) -> list[str]:
    given = ("--api-key", API_KEY, "--secret", SECRET, "--state", str(state))
    return [sys.executable, "-m", _MODULE, "--port", "0", *given, *more]


@asynccontextmanager
async def _process(command: Sequence[str]) -> AsyncGenerator[tuple[Process, str]]:
    """The provider in a process of its own, with its URL; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(10):
            url = (await process.stdout.readline()).decode().strip()
        yield process, url
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _moved(payment: ProviderPayment, url: str) -> ProviderPayment:
    """The same payment as a server at this URL shows it."""
    confirm_url = f"{url}/v1/payments/{payment.provider_id}/confirm"
    return replace(payment, next_action={**payment.next_action, "confirm_url": confirm_url})


async def _gone(client: httpx.AsyncClient) -> None:
    """Return once nobody answers any more."""
    with suppress(httpx.TransportError):
        while await client.get("/health"):
            pass


async def test_payments_refunds_and_keys_survive_a_restart(inbox: Inbox, tmp_path: Path) -> None:
    config = replace(CONFIG, state=tmp_path / "sandbox.json")
    request = a_payment()
    async with sandbox_server(inbox, config) as sandbox:
        opened = await sandbox.payments.create(request)
        paid = await sandbox.paid(amount=1000)
        refund = await sandbox.payments.refund(SendRefund("rfd_1", paid.provider_id, 700, "EUR"))
        await inbox.wait(2)
    async with sandbox_server(inbox, config) as sandbox:
        again = await sandbox.payments.create(request)
        assert (again.provider_id, again.reference) == (opened.provider_id, opened.reference)
        assert (await sandbox.payments.status(paid.provider_id)) == paid
        assert await sandbox.payments.refund(SendRefund("rfd_1", paid.provider_id, 700, "EUR")) == refund
        await sandbox.confirm(_moved(opened, sandbox.url), PAYS)
        await inbox.wait(3)
    assert inbox.types() == ["payment.captured", "refund.succeeded", "payment.captured"]


async def test_what_was_undecided_or_unsent_is_taken_up(inbox: Inbox, tmp_path: Path) -> None:
    config = replace(CONFIG, state=tmp_path / "sandbox.json", settle_seconds=0.3, retry_delays=(0.3,))
    async with sandbox_server(inbox, config) as sandbox:
        paid = await sandbox.paid()
        undecided = await sandbox.opened()
        await sandbox.confirm(undecided, PAYS)
        await sandbox.payments.refund(SendRefund("rfd_1", paid.provider_id, 700, "EUR"))
        await sandbox.control("withhold", on=True)
    assert inbox.types() == ["payment.captured"]
    async with sandbox_server(inbox, config) as sandbox:
        await inbox.wait(3)
        assert sorted(inbox.types()[1:]) == ["payment.captured", "refund.succeeded"]
        assert (await sandbox.payments.status(undecided.provider_id)).status is ProviderStatus.CAPTURED


async def test_a_killed_process_keeps_its_payments_and_no_card_number(inbox: Inbox, tmp_path: Path) -> None:
    state = tmp_path / "sandbox.json"
    command = _command(state, "--notify-url", inbox.url, "--settle-seconds", "0.2")
    async with _process(command) as (process, url), connected(url, inbox) as sandbox:
        payment = await sandbox.opened()
        await sandbox.confirm(payment, PAYS)
        process.kill()
        out, err = await process.communicate()
    assert inbox.received == []
    assert PAYS.encode() not in out + err + state.read_bytes()
    assert state.stat().st_mode & 0o077 == 0
    async with _process(command) as (process, url), connected(url, inbox) as sandbox:
        await inbox.wait(1)
        assert (await sandbox.payments.status(payment.provider_id)).status is ProviderStatus.CAPTURED
        process.terminate()
        assert await process.wait() == 0


async def test_a_process_goes_when_the_one_that_started_it_is_gone(tmp_path: Path) -> None:
    launcher = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    command = [sys.executable, "-c", launcher, *_command(tmp_path / "sandbox.json", "--with-parent")]
    async with _process(command) as (process, url), httpx.AsyncClient(base_url=url) as client:
        assert (await client.get("/health")).status_code == 200
        process.kill()
        async with asyncio.timeout(5):
            await _gone(client)


async def test_ctrl_c_is_a_success(tmp_path: Path) -> None:
    async with _process(_command(tmp_path / "sandbox.json")) as (process, _):
        os.kill(process.pid, signal.SIGINT)
        assert await process.wait() == 0


async def test_two_providers_do_not_share_a_file(tmp_path: Path) -> None:
    with Journal(tmp_path / "sandbox.json"), pytest.raises(JournalInUseError):
        Journal(tmp_path / "sandbox.json", patience=0.02)
    with Journal(tmp_path / "sandbox.json", patience=0.02):
        pass


async def test_a_torn_line_is_dropped_and_what_was_whole_is_kept(inbox: Inbox, tmp_path: Path) -> None:
    config = replace(CONFIG, state=tmp_path / "sandbox.json")
    async with sandbox_server(inbox, config) as sandbox:
        kept, torn = await sandbox.opened(), await sandbox.opened()
    lines = (tmp_path / "sandbox.json").read_bytes().splitlines(keepends=True)
    assert torn.provider_id in json.loads(lines[-1])[0].values()
    (tmp_path / "sandbox.json").write_bytes(b"".join(lines)[:-9])
    async with sandbox_server(inbox, config) as sandbox:
        assert (await sandbox.payments.status(kept.provider_id)) == _moved(kept, sandbox.url)
        answer = await sandbox.merchant.get(f"/v1/payments/{torn.provider_id}")
        assert answer.status_code == 404
