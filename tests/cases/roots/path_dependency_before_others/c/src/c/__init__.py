from common import Z
