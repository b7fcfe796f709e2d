// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures decisions per second of this Java, with these flags, on this machine. */
final class DecisionsBenchmark {

    private final int warmUp;
    private final int rounds;
    private final Map<String, Integer> fingerprints = new LinkedHashMap<>();

    DecisionsBenchmark(int warmUp, int rounds) {
        if (warmUp < 0 || rounds < 1) {
            throw new IllegalArgumentException("Expected --warm-up 0 or more and --rounds 1 or more");
        }
        this.warmUp = warmUp;
        this.rounds = rounds;
    }

    DecisionRates run() {
        try (DecisionWorkload workload = new DecisionWorkload()) {
            List<DecisionBatch> batches = workload.batches();
            for (int i = 0; i < warmUp; i++) {
                round(batches);
            }
            List<DecisionRates.Round> measured = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                measured.add(round(batches));
            }
            return DecisionRates.of(batches, measured);
        }
    }

    private DecisionRates.Round round(List<DecisionBatch> batches) {
        long cpuStart = cpuNanos();
        Map<String, Long> nanos = new LinkedHashMap<>();
        for (DecisionBatch batch : batches) {
            long start = System.nanoTime();
            int fingerprint = batch.run().getAsInt();
            nanos.put(batch.name(), System.nanoTime() - start);
            Integer before = fingerprints.putIfAbsent(batch.name(), fingerprint);
            if (before != null && before != fingerprint) {
                throw new IllegalStateException(
                        "%s had other answers in another round; the work is not fixed".formatted(batch.name()));
            }
        }
        return new DecisionRates.Round(nanos, cpuNanos() - cpuStart);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
