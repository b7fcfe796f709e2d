// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.decisions;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures decisions per second of this Java, with these flags, on this machine. */
public final class DecisionsBenchmark {

    static final String USAGE = """
            Usage: DecisionsBenchmark [--json] [--warm-up ROUNDS] [--rounds ROUNDS]
              --json     one line of JSON instead of a table
              --warm-up  rounds that are not counted (25)
              --rounds   rounds that are (9)
            """;

    private static final int USAGE_ERROR = 64;

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

    /** @param arguments see {@code USAGE} */
    public static void main(String[] arguments) {
        int warmUp = 25;
        int rounds = 9;
        boolean json = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--json" -> json = true;
                    case "--warm-up" -> warmUp = number(arguments, ++i);
                    case "--rounds" -> rounds = number(arguments, ++i);
                    default -> throw new IllegalArgumentException("Unknown option " + arguments[i]);
                }
            }
            DecisionRates decisionRates = new DecisionsBenchmark(warmUp, rounds).run();
            System.out.println(json ? decisionRates.json() : decisionRates.table());
        } catch (IllegalArgumentException wrongUsage) {
            System.err.println(wrongUsage.getMessage());
            System.err.print(USAGE);
            System.exit(USAGE_ERROR);
        }
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

    private static int number(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " needs a number");
        }
        try {
            return Integer.parseInt(arguments[index]);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(
                    "%s needs a number, not %s".formatted(arguments[index - 1], arguments[index]), noNumber);
        }
    }
}
