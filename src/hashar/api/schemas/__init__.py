"""What the operations answer, as types: the OpenAPI document is made of them."""
