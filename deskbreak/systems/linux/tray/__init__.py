"""The icon as a StatusNotifierItem, with its menu over com.canonical.dbusmenu."""
