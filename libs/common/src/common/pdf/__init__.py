"""PDFs: rendering with Typst, and breaking long words."""
