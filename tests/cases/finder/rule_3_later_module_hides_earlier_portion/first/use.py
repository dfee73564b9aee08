from tool import MODULE
