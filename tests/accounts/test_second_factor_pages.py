"""The picture an authenticator app scans: every dark module of the code, on a light ground with a margin."""

import re

import segno

from feedforward.accounts.second_factor_pages import QUIET_MODULES, qr_code
from feedforward.ui.elements import render


def test_the_drawing_is_the_code_module_by_module() -> None:
    text = "otpauth://totp/FeedForward:ada%40example.edu?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=FeedForward"
    drawn = render(qr_code(text), "nonce")
    dark = set()
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn):
        dark |= {(int(column) + step, int(row)) for step in range(int(width))}
    matrix = segno.make(text, error="m", micro=False).matrix
    wanted = {
        (x + QUIET_MODULES, y + QUIET_MODULES)
        for y, line in enumerate(matrix)
        for x, module in enumerate(line)
        if module
    }
    assert dark == wanted
    size = len(matrix) + 2 * QUIET_MODULES
    assert f'viewbox="0 0 {size} {size}"' in drawn.lower()
    assert 'fill="#ffffff"' in drawn
    assert "style" not in drawn
