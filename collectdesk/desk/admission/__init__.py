"""Admission (入职审核, policy article 13.1): what is checked of somebody, by another, before they are let to call."""
