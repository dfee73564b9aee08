# plain/grpc would be grpc only if somebody put plain on the search path.
import grpc
import grpc.beta
from grpc import Channel

