"""Golden cases: a case's input translated into facts and parameters, the finding back into the case's own figures."""
