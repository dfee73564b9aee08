import zope.deferredimport  # expect: HW203

zope.deferredimport.deprecated("Import from plone.batching", Batch="plone.batching.batch:Batch")
