import gb
