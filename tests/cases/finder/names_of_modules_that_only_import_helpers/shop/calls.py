import shop.helper as helper

if helper.Settings.names:
    helper.fill(
        helper.Settings.names
    )
