// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.world.Writes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a run has shown.
 *
 * @param kills how often the server was killed
 * @param killsDuringStart how many of them before it was ready
 * @param hits how many of them in the middle of each step; one kill may hit several
 * @param startMillis how long each start after a kill took that was not cut off itself
 * @param seed of everything random
 * @param world what was outside the server
 * @param database what the server stored in
 * @param seconds how long it took
 * @param changes acknowledged changes by kind
 * @param outcomes how often operations ended in which way
 * @param phases how many graphs were in which phase at the end
 * @param repeated how often a request was made again because its answer was lost
 * @param abandoned how often it was not
 * @param tooEarly how often a server that was starting answered 404 for want of an interface, where 503 is right
 * @param refusals what was refused although the client did nothing wrong
 * @param workersOutliveMillis how long a process of a killed server has lived on at most
 * @param writes what was written to the world
 * @param overbooked whether an order ever asked for more than a cluster had room for
 * @param findings what is wrong
 */
public record ChaosResult(
        int kills,
        int killsDuringStart,
        Map<Step, Integer> hits,
        List<Long> startMillis,
        long seed,
        ChaosOptions.Outer world,
        ChaosOptions.Database database,
        double seconds,
        Map<String, Integer> changes,
        Map<String, Integer> outcomes,
        Map<String, Integer> phases,
        int repeated,
        int abandoned,
        int tooEarly,
        List<String> refusals,
        long workersOutliveMillis,
        Writes writes,
        boolean overbooked,
        List<Finding> findings)
        implements Program.Verdict {

    public ChaosResult {
        hits = Map.copyOf(hits);
        startMillis = startMillis.stream().sorted().toList();
        changes = Map.copyOf(changes);
        outcomes = Map.copyOf(outcomes);
        phases = Map.copyOf(phases);
        refusals = List.copyOf(refusals);
        findings = List.copyOf(findings);
    }

    public int acknowledged() {
        return changes.values().stream().mapToInt(Integer::intValue).sum();
    }

    public long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    @Override
    public boolean isGood() {
        return findings.isEmpty();
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kills", kills);
        node.put("acknowledged", acknowledged());
        for (Finding.Kind kind : Finding.Kind.values()) {
            node.put(lower(kind), count(kind));
        }
        ObjectNode steps = node.putObject("killsPerStep");
        for (Step step : Step.values()) {
            steps.put(lower(step), hits.getOrDefault(step, 0));
        }
        node.put("seed", seed);
        node.put("world", lower(world));
        node.put("database", lower(database));
        node.put("seconds", Math.round(seconds * 10) / 10.0);
        return node.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "world", lower(world));
        row(text, "database", lower(database));
        row(text, "seed", seed);
        row(text, "kills", "%d, of which %d during a start".formatted(kills, killsDuringStart));
        row(text, "in the middle of", steps());
        row(text, "ready again after", starts());
        row(text, "seconds", Math.round(seconds));
        row(text, "acknowledged changes", acknowledged() + "  " + new TreeMap<>(changes));
        row(text, "operations", new TreeMap<>(outcomes));
        row(text, "graphs at the end", new TreeMap<>(phases));
        row(text, "answers lost in a kill", "%d asked again, %d given up".formatted(repeated, abandoned));
        row(text, "404 while starting", tooEarly);
        row(text, "wrongly refused", refusals.size());
        row(
                text,
                "writes to the world",
                "releases %d, shares %d, rules %d, removals %d"
                        .formatted(writes.releases(), writes.shares(), writes.rules(), writes.removals()));
        row(text, "workers outlived it", "%d ms at most".formatted(workersOutliveMillis));
        row(text, "overbooked ever", overbooked ? "yes" : "no");
        for (Finding.Kind kind : Finding.Kind.values()) {
            row(text, lower(kind), count(kind));
        }
        refusals.forEach(refusal -> text.append("%nwrongly refused: %s%n".formatted(refusal)));
        for (Finding finding : findings) {
            text.append("%n%s %s%n    expected: %s%n    found:    %s%n"
                    .formatted(lower(finding.kind()), finding.subject(), finding.expected(), finding.actual()));
        }
        return text.toString();
    }

    private String steps() {
        return Arrays.stream(Step.values())
                .map(step -> "%s %d".formatted(lower(step), hits.getOrDefault(step, 0)))
                .collect(Collectors.joining(", "));
    }

    private String starts() {
        return startMillis.isEmpty()
                ? "-"
                : "%d to %d ms, median %d ms"
                        .formatted(
                                startMillis.get(0),
                                startMillis.get(startMillis.size() - 1),
                                startMillis.get(startMillis.size() / 2));
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("%-24s %s%n".formatted(name, value));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
