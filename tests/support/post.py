"""A mail server for tests: it keeps what it takes, refuses what it is told to, and can be slow."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Post:
    """`refuse` maps a command to the reply it gets instead; `pause` is how long the server thinks after each mail."""

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    pause: float = 0


class Conversation(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        with suppress(ConnectionError):  # The other side was killed.
            self.converse()

    def converse(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb in self.post.refuse:
                self.say(self.post.refuse[verb])
            elif verb == "DATA":
                self.data()
            else:
                self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def data(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # Killed in the middle of a mail: that one was not taken.
            lines.append(line)
        self.post.taken.append(b"".join(lines))
        time.sleep(self.post.pause)
        self.say("250 taken")

    def say(self, words: str) -> None:
        try:
            self.wfile.write(f"{words}\r\n".encode())
        except OSError:
            """The other side was killed: that is what the test is about."""


@contextmanager
def open_post() -> Iterator[Post]:
    post = Post()
    handler = type("Handler", (Conversation,), {"post": post})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield post
        server.shutdown()
