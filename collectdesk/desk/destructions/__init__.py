"""Destruction (销毁): of recordings whose time is over, of a case handed back; asked by one, approved by another."""
