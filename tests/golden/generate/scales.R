# Answers for tests/methods/test_scales_golden.py: base R (cov, factanal) and the package psych (alpha).
# Run from the repository's root: Rscript tests/golden/generate/scales.R
library(psych)
folder <- "tests/golden/data/scales"
survey <- read.csv(file.path(folder, "nsduh_youth_2023_subset.csv"))
scales <- list(
  attitudes = c("YFLPKCG2", "YFLTMRJ2", "YFLMJMO", "YFLADLY2"),
  parents = c("PARCHKHW", "PARHLPHW", "PRCHORE2", "PRLMTTV2", "PARLMTSN", "PRGDJOB2", "PRPROUD2"),
  delinquency = c("YOFIGHT2", "YOGRPFT2", "YOHGUN2", "YOSELL2", "YOSTOLE2", "YOATTAK2"),
  faith = c("RLGIMPT", "RLGDCSN")
)
answers <- data.frame()
add <- function(scale, weighting, quantity, item, value)
  answers <<- rbind(answers, data.frame(scale, weighting, quantity, item, value = formatC(value, digits = 15, format = "g")))
for (name in names(scales)) for (weighting in c("none", "whole")) {
  items <- survey[scales[[name]]]
  # Whole-number weights 1, 2, 3, 1, 2, 3 …: a weighted answer equals the plain answer on repeated rows.
  if (weighting == "whole") items <- items[rep(seq_len(nrow(items)), 1 + (seq_len(nrow(items)) - 1) %% 3), ]
  items <- na.omit(items)
  add(name, weighting, "n", "", nrow(items))
  add(name, weighting, "alpha", "", alpha(items, warnings = FALSE, check.keys = FALSE)$total$raw_alpha)
  if (ncol(items) < 3) next
  fit <- factanal(items, factors = 1, control = list(opt = list(factr = 10, pgtol = 0)), lower = 0.005)
  s <- sapply(items, sd)
  loadings <- abs(sum(sign(fit$loadings))) / sum(sign(fit$loadings)) * as.vector(fit$loadings)
  for (i in seq_along(s)) {
    add(name, weighting, "loading", names(s)[i], loadings[i])
    add(name, weighting, "uniqueness", names(s)[i], fit$uniquenesses[i])
  }
  common <- sum(loadings * s)^2
  add(name, weighting, "omega", "", common / (common + sum(fit$uniquenesses * s^2)))
  standard <- fa(items, nfactors = 1, fm = "ml")
  add(name, weighting, "omega_standardised_psych", "", sum(standard$loadings)^2 / (sum(standard$loadings)^2 + sum(standard$uniquenesses)))
}
write.csv(answers, file.path(folder, "answers.csv"), row.names = FALSE)
writeLines(c(R.version.string, paste("psych", packageVersion("psych"))), file.path(folder, "VERSIONS.txt"))
