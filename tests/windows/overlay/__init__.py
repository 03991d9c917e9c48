"""Tests of the overlay; where Qt cannot be loaded they are skipped as a whole, with the reason."""

from tests.servers import require_qt

require_qt()
