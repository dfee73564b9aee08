from asyncio import WindowsSelectorEventLoopPolicy
from ctypes import WinDLL, windll
from os import O_BINARY, _nothing, nothing_of_any_platform, startfile
from select import kqueue
from signal import CTRL_C_EVENT
from socket import AF_NOTHING, AF_SYSTEM
from ssl import enum_certificates
from time import nothing_of_any_platform
