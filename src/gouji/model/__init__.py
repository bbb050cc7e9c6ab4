"""The vocabulary of Gouji 勾稽: figures, facts, the dossier, its outline, findings. Imports nothing of ours."""
