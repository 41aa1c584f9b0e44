# R data.table, written by hand: Rscript r_data_table.R FILE.csv ITEMS OUT.csv T
suppressPackageStartupMessages(library(data.table))
given <- commandArgs(trailingOnly = TRUE)
items <- as.integer(given[2])
names <- sprintf("q%03d", seq_len(items) - 1)
reading <- proc.time()
data <- fread(given[1])
reading <- proc.time() - reading
clock <- proc.time()
sums <- data[, c(lapply(.SD, function(q) sum(weight[!is.na(q)])), lapply(.SD, function(q) sum((weight * q), na.rm = TRUE))),
             by = .(stratum, cluster, community, sex), .SDcols = names]
setnames(sums, c("stratum", "cluster", "community", "sex", paste0("w_", names), paste0("y_", names)))
sizes <- unique(data[, .(stratum, cluster)])[, .(size = .N), by = stratum]
sums <- sizes[sums, on = "stratum"]
sums[, domain := community * 2 + sex - 1]
found <- rbindlist(lapply(names, function(q) {
  part <- sums[, .(domain, stratum, size, w = get(paste0("w_", q)), y = get(paste0("y_", q)))]
  part[, `:=`(W = sum(w), Y = sum(y)), by = domain]
  part[, z := (y - Y / W * w) / W]
  strata <- part[, .(v = size[1] / (size[1] - 1) * (sum(z^2) - sum(z)^2 / size[1]), p = Y[1] / W[1]), by = .(domain, stratum)]
  strata[, .(item = q, estimate = p[1], se = sqrt(sum(v))), by = domain]
}))
t <- as.numeric(given[4])
found[, `:=`(low = plogis(qlogis(estimate) - t * se / (estimate * (1 - estimate))),
             high = plogis(qlogis(estimate) + t * se / (estimate * (1 - estimate))))]
spent <- proc.time() - clock
fwrite(found[, .(item, domain, estimate, se)], given[3])
whole <- proc.time()
peak <- as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE))) * 1024
cat(sprintf('{"wall": %f, "cpu": %f, "cpu_whole": %f, "peak": %.0f}\n', spent[["elapsed"]],
            spent[["user.self"]] + spent[["sys.self"]], whole[["user.self"]] + whole[["sys.self"]], peak))
