"""PDF files by pdfium: words with places, lines as a person reads them."""
