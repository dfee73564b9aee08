#!/bin/sh
exec /usr/bin/env python3 -m shop.worker "$@"  # expect: HW401
