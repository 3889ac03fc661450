"""Requests to officers outside the desk (外部合规人员): who decides what nobody of the desk may."""
