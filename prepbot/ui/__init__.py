"""The page: one file a page, drawn with Streamlit. Nothing here decides what is asked or what counts."""
