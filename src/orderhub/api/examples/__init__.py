"""The documented examples: for each operation who sends what, in values that succeed against the sample data.

One module a resource; `documented` puts them into the OpenAPI document, ``make check-docs`` sends each.
"""
