"""HTML as functions: the shell, forms, tables, badges and the parts that carry the product."""
