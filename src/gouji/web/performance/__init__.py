"""Project performance (项目绩效): register, targets, monitoring, adjustment, self-evaluation, sample re-scoring, use of results."""
