"""An IMAP server of bad manners: it speaks just enough for a mailbox to be read, and one thing of it is as some real
server does it."""

import re
import socket
import ssl
import threading
from contextlib import suppress

_UID_FETCH = re.compile(rb"UID FETCH ([\d,]+) \((.*)\)", re.I)


class BadManners:
    """Letters by their numbers. `manner` is what it does: "wants ID" (no folder is opened before), "hates ID" (it does not
    list ID and hangs up at it), "drops" (in the middle of the first letter), "drops always" (in the middle of letter 2),
    "short" and "long" (a length that is not true, the first time), "talks" (it tells of other things in between),
    "forgets" (UIDVALIDITY is another each time), "full" (a letter is not given out: NO), "empty" (NIL is given for it),
    "quotes" (short letters are given in quotes), "marks" (it tells of marks behind what was asked), "blind" (it does not
    search), "sizeless" (it does not tell sizes), "odd" (its UIDVALIDITY is no number)."""

    def __init__(self, context: ssl.SSLContext, letters: dict[int, bytes], manner: str) -> None:
        self.letters, self.manner = letters, manner
        self.heard: list[bytes] = []
        self._dropped = self._sessions = 0
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self._socket.accept()
                threading.Thread(target=self._talk, args=(raw,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        self._sessions += 1
        with suppress(OSError, ValueError), raw, self._context.wrap_socket(raw, server_side=True) as line, line.makefile("rb") as said:
            line.sendall(b"* OK ready\r\n")
            knows_id = False
            while found := said.readline():
                self.heard.append(found)
                tag, _, command = found.strip().partition(b" ")
                word = command.split()[0].upper()
                if word == b"ID":
                    if self.manner == "hates ID":
                        return
                    knows_id = True
                answer = self._answer(word, command, knows_id)
                if answer is None:
                    line.sendall(self._half(command))
                    return
                line.sendall(answer.replace(b"TAG", tag))
                if word == b"LOGOUT":
                    return

    def _answer(self, word: bytes, command: bytes, knows_id: bool) -> bytes | None:
        if word == b"CAPABILITY":
            has_id = b"" if self.manner == "hates ID" else b" ID"
            return b"* CAPABILITY IMAP4rev1 AUTH=PLAIN" + has_id + b"\r\nTAG OK done\r\n"
        if word == b"EXAMINE":
            if self.manner == "wants ID" and not knows_id:
                return b"TAG NO EXAMINE Unsafe Login. Please contact kefu@188.com for help\r\n"
            if self.manner == "odd":
                return b"* 3 EXISTS\r\n* OK [UIDVALIDITY abc] ok\r\nTAG OK [READ-ONLY] done\r\n"
            validity = 7 + (self._sessions if self.manner == "forgets" else 0)
            return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] ok\r\nTAG OK [READ-ONLY] done\r\n" % (len(self.letters), validity)
        if word == b"UID" and b"SEARCH" in command.upper() and self.manner == "blind":
            return b"TAG NO 12 34 server busy\r\n"
        if word == b"UID" and b"SEARCH" in command.upper():
            return b"* SEARCH " + b" ".join(b"%d" % one for one in self.letters) + b"\r\nTAG OK done\r\n"
        if word == b"UID":
            return self._fetched(command)
        if word == b"LOGOUT":
            return b"* BYE\r\nTAG OK done\r\n"
        return b"TAG OK done\r\n"

    def _fetched(self, command: bytes) -> bytes | None:
        asked = _UID_FETCH.match(command)
        assert asked is not None
        uids = [int(one) for one in asked[1].split(b",")]
        if b"BODY" not in asked[2]:
            about = b'* %d FETCH (UID %d INTERNALDATE "05-Nov-2022 09:0%d:00 +0800" RFC822.SIZE %d)\r\n'
            if self.manner == "sizeless":
                return b"TAG NO not now\r\n"
            told = b"".join(about % (uid, uid, uid % 10, len(self.letters[uid])) for uid in uids if uid in self.letters)
            marks = b"".join(b"* %d FETCH (UID %d FLAGS ())\r\n" % (uid, uid) for uid in uids) if self.manner == "marks" else b""
            return told + marks + b"TAG OK done\r\n"
        (uid,) = uids
        if (self.manner == "drops" and not self._dropped) or (self.manner == "drops always" and uid == 2):
            self._dropped += 1
            return None
        if self.manner == "full" and uid == 2:
            return b"TAG NO [LIMIT] try later\r\n"
        content = self.letters[uid]
        if self.manner == "empty" and uid == 2:
            return b"* 2 FETCH (UID 2 BODY[] NIL)\r\nTAG OK done\r\n"
        if self.manner == "quotes" and b"\n" not in content:
            said = content.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
            return b'* %d FETCH (UID %d BODY[] "%s")\r\nTAG OK done\r\n' % (uid, uid, said)
        length = len(content)
        if self.manner in ("short", "long") and not self._dropped:
            self._dropped += 1
            length += -40 if self.manner == "short" else 40
        between = b"* 99 EXISTS\r\n* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n* OK still here\r\n" if self.manner == "talks" else b""
        return between + b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, length) + content + b")\r\n" + between + b"TAG OK done\r\n"

    def _half(self, command: bytes) -> bytes:
        asked = _UID_FETCH.match(command)
        assert asked is not None
        content = self.letters[int(asked[1])]
        return b"* 1 FETCH (UID %s BODY[] {%d}\r\n" % (asked[1], len(content)) + content[: len(content) // 2]
