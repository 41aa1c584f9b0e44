"""The step: from priorities to a plan whose targets can be measured."""
