"""The process that does background jobs and keeps the schedule, in lanes that do not wait for each other."""

import asyncio
import signal
import socket

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from heedful.config.jobs import LANES, Lane
from heedful.hosting.presence import Presence

# New jobs announce themselves; one that waits again does not.
POLL_SECONDS = 1.0
# Death is told by a lost lock; a worker's row stays for as long as anybody could ask whose job it was.
ROW_KEPT_SECONDS = 3600.0


class Connector(PsycopgConnector):
    """Jobs are taken over connections of its own; what a job defers goes with that job's transaction.

    procrastinate's own would defer at once: a mail's job could run, and find no mail, before the mail was committed.
    """

    def __init__(self, transactional: BaseConnector) -> None:
        super().__init__(kwargs=connector_params())
        self._transactional = transactional

    def get_sync_connector(self) -> BaseConnector:
        return self._transactional


class WorkerEnded(Exception):
    """Nobody asked it to end: whoever supervises the process starts it again."""


def work() -> None:
    """Run jobs and the schedule until asked to stop; Django is set up."""
    with app.replace_connector(Connector(app.connector.get_sync_connector())):
        asyncio.run(_work())


async def _work() -> None:
    connecting = psycopg.AsyncConnection.connect(**connector_params(), autocommit=True)
    async with app.open_async(), await connecting as connection:
        presence = Presence(connection)
        lanes = [asyncio.create_task(_lane(lane, presence)) for lane in LANES]
        watch = asyncio.create_task(presence.watch())
        asked = asyncio.create_task(_asked_to_stop())
        await asyncio.wait([*lanes, watch, asked], return_when=asyncio.FIRST_COMPLETED)
        ended = not asked.done()
        # Each lane finishes what it is doing; until then the lock is held.
        for lane in lanes:
            lane.cancel()
        outcomes = await asyncio.gather(*lanes, return_exceptions=True)
        watch.cancel()
        asked.cancel()
        outcomes += await asyncio.gather(watch, return_exceptions=True)
    if ended:
        wrong = next((one for one in outcomes if isinstance(one, Exception)), None)
        raise WorkerEnded(f"The worker ended by itself: {(wrong and wrong.__cause__) or wrong!r}") from wrong


async def _lane(lane: Lane, presence: Presence) -> None:
    await app.run_worker_async(
        queues=list(lane.queues),
        concurrency=lane.at_once,
        name=f"heedful@{socket.gethostname()} {lane.queues[0]}",
        worker_middleware=[presence.around],
        fetch_job_polling_interval=POLL_SECONDS,
        stalled_worker_timeout=ROW_KEPT_SECONDS,
        install_signal_handlers=False,
    )


async def _asked_to_stop() -> None:
    """Ends with the first request to stop; a second one kills at once."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL)
