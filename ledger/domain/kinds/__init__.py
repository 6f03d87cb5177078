"""The kinds of joint work: each one small file of declared data, all of them in `catalogue.KINDS`."""
