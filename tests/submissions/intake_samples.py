"""Small mailboxes, tables and archives for the tests of imports."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

MAIL = """\
From: =?utf-8?q?Zo=C3=AB_Example?= <zoe@example.org>
To: secretariat@example.int
Subject: Our answer
Date: Mon, 23 Nov 2026 10:00:00 +0100
Received: from mx.example.org by mx.example.int; Mon, 23 Nov 2026 09:00:05 +0000
Message-ID: <1@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=edge

--edge
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

We think a register is needed.
>From here on we agree.
--edge
Content-Type: application/pdf; name="paper.pdf"
Content-Disposition: attachment; filename="paper.pdf"
Content-Transfer-Encoding: base64

{pdf}
--edge--
""".format(pdf=base64.b64encode(b"%PDF-1.4 a paper").decode())
SHORT = """\
From: bob@example.com
Subject: A remark
Date: Tue, 24 Nov 2026 08:30:00 +0000
Message-ID: <2@example.com>

Texts should be opt-in.
"""
AWAY = """\
From: carol@example.com
Subject: Out of office
Date: Tue, 24 Nov 2026 08:31:00 +0000
Auto-Submitted: auto-replied

I am away.
"""
TABLE = (
    "Name;Organisation;Country;E-mail;Date;XX-01.q1;XX-01.q2;Attachment\n"
    "Ada;Example Publishers;Switzerland;ada@example.org;2026-11-20 14:05;A register.;;letter.pdf\n"
    "Li;;Atlantis;li@example.net;20.11.2026;=1+1;Second answer.;\n"
    ";;;;;;;\n"
    "Mo;;Kenya;;2026-11-21;;No.;missing.pdf\n"
)


def mailbox(*messages: str) -> bytes:
    """An mbox of messages."""
    return "".join(
        f"From sender@example.org Tue Nov 24 09:00:00 2026\n{each}\n" for each in messages
    ).encode()


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of files by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
