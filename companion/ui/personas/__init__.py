"""Who she can be: the gallery of personas, and the window that edits one."""
