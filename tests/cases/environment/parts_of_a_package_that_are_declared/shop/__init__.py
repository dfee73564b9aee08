import zope.interface
import zope.i18n.locales  # expect: HW201
from zope import i18n  # expect: HW201
from zope import interface, i18n  # expect: HW201
import zope.component  # expect: HW214
from zope import component  # expect: HW214
import paste.deploy
import paste.httpserver  # expect: HW201
import paste.deploy.gone  # expect: HW214
