// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.Map;
import java.util.TreeMap;

/**
 * Leaks of many changes of plugins.
 *
 * @param first changes before the first measurement
 * @param swaps changes before the last measurement
 * @param loadersBefore class loaders of bundles at the first measurement, those of the product included
 * @param liveBytesBefore reachable bytes then
 * @param threadsBefore threads by kind then
 */
public record LeakResult(
        int first,
        int swaps,
        long loadersBefore,
        long loadersAfter,
        long liveBytesBefore,
        long liveBytesAfter,
        Map<String, Integer> threadsBefore,
        Map<String, Integer> threadsAfter)
        implements RunCommand.RunResult {

    private static final double MOST_GROWTH_PERCENT = 1;
    private static final double KIB = 1024;

    static LeakResult create(int first, int swaps, JsonNode before, JsonNode after) {
        return new LeakResult(
                first,
                swaps,
                before.path("loaders").asLong(),
                after.path("loaders").asLong(),
                before.path("liveBytes").asLong(),
                after.path("liveBytes").asLong(),
                threads(before),
                threads(after));
    }

    private static Map<String, Integer> threads(JsonNode state) {
        Map<String, Integer> threads = new TreeMap<>();
        state.path("threads")
                .properties()
                .forEach(kind -> threads.put(kind.getKey(), kind.getValue().asInt()));
        return threads;
    }

    public long loaderGrowth() {
        return loadersAfter - loadersBefore;
    }

    public double heapGrowthPercent() {
        return 100.0 * (liveBytesAfter - liveBytesBefore) / liveBytesBefore;
    }

    public int threadGrowth() {
        return sum(threadsAfter) - sum(threadsBefore);
    }

    private static int sum(Map<String, Integer> threads) {
        return threads.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public boolean isGood() {
        return loaderGrowth() <= 0 && heapGrowthPercent() < MOST_GROWTH_PERCENT && threadGrowth() <= 0;
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("benchmark", "swap-leaks");
        node.put("swaps", swaps);
        node.put("loadersBefore", loadersBefore);
        node.put("loadersAfter", loadersAfter);
        node.put("liveBytesBefore", liveBytesBefore);
        node.put("liveBytesAfter", liveBytesAfter);
        node.put("heapGrowthPercent", Math.round(heapGrowthPercent() * 100) / 100.0);
        node.put("threadsBefore", sum(threadsBefore));
        node.put("threadsAfter", sum(threadsAfter));
        return node.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder("%-34s %14s %14s%n".formatted("", "after " + first, "after " + swaps));
        row(text, "class loaders of bundles", loadersBefore, loadersAfter);
        row(text, "live objects, KiB", Math.round(liveBytesBefore / KIB), Math.round(liveBytesAfter / KIB));
        row(text, "threads", sum(threadsBefore), sum(threadsAfter));
        text.append("%-34s %.2f %%%n".formatted("growth of the heap", heapGrowthPercent()));
        threadsAfter.forEach((kind, count) -> {
            int before = threadsBefore.getOrDefault(kind, 0);
            if (before != count) {
                row(text, "thread " + kind, before, count);
            }
        });
        return text.toString();
    }

    private static void row(StringBuilder text, String name, long before, long after) {
        text.append("%-34s %14d %14d%n".formatted(name, before, after));
    }
}
