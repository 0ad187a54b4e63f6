"""The embedding loops of LangChain and LlamaIndex as they come, for the quota bench; run by a Python that has them.

.bench/others/bin/python benchmarks/quota_others.py langchain http://127.0.0.1:9009 1000
"""

from __future__ import annotations

import json
import sys
from typing import Any


def langchain(url: str, texts: list[str]) -> Any:
    """Return what LangChain hands back."""
    from langchain_google_genai import GoogleGenerativeAIEmbeddings

    model = GoogleGenerativeAIEmbeddings(model="gemini-embedding-2", google_api_key="a-key", base_url=url)
    return model.embed_documents(texts)


def llamaindex(url: str, texts: list[str]) -> Any:
    """Return what LlamaIndex hands back."""
    from llama_index.embeddings.google_genai import GoogleGenAIEmbedding

    model = GoogleGenAIEmbedding(model_name="gemini-embedding-2", api_key="a-key", http_options={"base_url": url})
    return model.get_text_embedding_batch(texts)


def main() -> None:
    """Print as JSON how many vectors the caller has in hand at the end, and the error, if it ended with one."""
    name, url, count = sys.argv[1:]
    texts = [f"text number {n}" for n in range(int(count))]
    kept, error = 0, None
    try:
        kept = len({"langchain": langchain, "llamaindex": llamaindex}[name](url, texts))
    except Exception as raised:
        error = type(raised).__name__
    print(json.dumps({"kept": kept, "error": error}))


if __name__ == "__main__":
    main()
