# Several distributions have the import name: it is the declared one that is not installed.
import cv2  # expect: HW201
import ninja  # expect: HW201
# Parts of a shared package.
from google.cloud import storage  # expect: HW201
import google.protobuf.message  # expect: HW201
import google.cloud.pubsub_v1  # expect: HW202
# The table has the name, or the distribution's name holds it.
import corsheaders  # expect: HW201
import rest_framework_json_api  # expect: HW201
import openstack.utils  # expect: HW201
import shopfloor  # expect: HW201
import storages  # expect: HW202
# Known distributions have known names, and by chance a part of one stands in another.
import headers  # expect: HW104
import stack  # expect: HW104
import _openstack  # expect: HW104
