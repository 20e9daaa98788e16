"""The portals as they would be built, at an address of this machine, while their files are being written."""
