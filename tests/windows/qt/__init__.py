"""What the windows share; only where there is Qt."""

from tests.servers import require_qt

require_qt()
