"""A QR code as plain SVG: one path, no style, so that the page's policy has nothing to forgive."""

from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4
"""Modules of white round the code: readers need them."""


def qr_svg(text: str, label: str) -> Markup:
    """A QR code of ``text``; ``label`` is what screen readers say instead."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    )
    return Markup(
        '<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{label}">'
        '<rect class="qr-ground" width="{side}" height="{side}"/><path class="qr-dots" d="{path}"/></svg>'
    ).format(side=side, label=label, path=path)
