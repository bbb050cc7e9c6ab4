"""The proof (自证): departments that do not exist, from random books all the way to the disclosure and back, and what a changed disclosure shows."""
