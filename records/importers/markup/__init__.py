"""HTML of any blog as headings, prose in Markdown and tables; scripts, styles and navigation left out."""
