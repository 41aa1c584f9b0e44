# R survey on a part: Rscript r_survey.R FILE.csv ITEMS COMMUNITIES OUT.csv
# The whole survey stays in the design; the domains are those of the first communities.
suppressPackageStartupMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
items <- as.integer(given[2])
communities <- as.integer(given[3])
data <- read.csv(given[1])
names <- sprintf("q%03d", seq_len(items) - 1)
clock <- proc.time()
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = data)
part <- subset(design, community < communities)
found <- do.call(rbind, lapply(names, function(q) {
  by <- svyby(as.formula(paste0("~", q)), ~ sex + community, part, svyciprop, na.rm = TRUE, vartype = c("se", "ci"))
  data.frame(item = q, domain = by$community * 2 + by$sex - 1, estimate = by[[q]], se = by[[4]])
}))
spent <- proc.time() - clock
write.csv(format(found, digits = 17), given[4], row.names = FALSE)
whole <- proc.time()
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) * 1024
cat(sprintf('{"wall": %f, "cpu": %f, "estimates": %d, "cpu_whole": %f, "peak": %.0f}\n',
            spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]], nrow(found),
            whole[["user.self"]] + whole[["sys.self"]], peak))
