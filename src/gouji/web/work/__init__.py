"""Long work as jobs (任务): imports, compiling, rendering, checking, with progress, surviving a restart."""
