"""The pages: each view loads through the door, calls one function and renders. Addresses stand under the views."""
