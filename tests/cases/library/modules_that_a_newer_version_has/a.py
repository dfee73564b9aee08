import asyncio.taskgroups
import asyncio.graph  # expect: HW214(fault)
import concurrent.futures.process
import concurrent.interpreters  # expect: HW214(fault)
from concurrent import interpreters  # expect: HW214(fault)
from string.templatelib import Template  # expect: HW214(fault)
import annotationlib  # expect: HW203
