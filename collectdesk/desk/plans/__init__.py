"""Hardship (困难客户, policy article 11.1): a plan of instalments or an extension, verified, approved, performed."""
