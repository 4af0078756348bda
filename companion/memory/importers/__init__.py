"""Reading conversations that were held elsewhere; a file for each kind of export."""
