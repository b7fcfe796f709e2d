// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Result of a run.
 *
 * @param statuses number of answers by status; 0 for none
 * @param databaseOpen whether a graph could be deployed and removed afterwards, and the server is ready
 * @param readP99Millis of an honest client beside it
 * @param heapGrowthMegabytes after a collection, beyond what the first half of the cases left
 * @param heapGrowthSinceStartMegabytes the same beyond the start, with what fills once; not judged
 */
public record AttackResult(
        long seed,
        int wanted,
        int cases,
        double seconds,
        Map<Integer, Integer> statuses,
        boolean databaseOpen,
        double readP99Millis,
        double heapGrowthMegabytes,
        double heapGrowthSinceStartMegabytes,
        List<AttackFinding> findings)
        implements RunCommand.RunResult {

    private static final double MOST_READ_MILLIS = 100;
    private static final double MOST_GROWTH_MEGABYTES = 10;
    private static final int MOST_SHOWN = 20;

    public AttackResult {
        statuses = Map.copyOf(statuses);
        findings = List.copyOf(findings);
    }

    @Override
    public boolean isGood() {
        return cases == wanted
                && findings.isEmpty()
                && databaseOpen
                && readP99Millis < MOST_READ_MILLIS
                && heapGrowthMegabytes <= MOST_GROWTH_MEGABYTES;
    }

    public long count(AttackKind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("cases", cases);
        node.put("serverErrors", count(AttackKind.SERVER_ERROR));
        node.put("unanswered", count(AttackKind.UNANSWERED));
        node.put("wrongAnswers", count(AttackKind.WRONG_ANSWER));
        node.put("failedReads", count(AttackKind.READ));
        node.put("left", count(AttackKind.LEFT));
        node.put("databaseOpen", databaseOpen);
        node.put("readP99Millis", rounded(readP99Millis));
        node.put("heapGrowthMegabytes", rounded(heapGrowthMegabytes));
        node.put("heapGrowthSinceStartMegabytes", rounded(heapGrowthSinceStartMegabytes));
        node.put("seed", seed);
        node.put("seconds", rounded(seconds));
        return node.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "cases", "%d of %d, seed %d".formatted(cases, wanted, seed));
        row(text, "seconds", rounded(seconds));
        row(text, "answers", new TreeMap<>(statuses));
        row(text, "server errors", count(AttackKind.SERVER_ERROR));
        row(text, "unanswered", count(AttackKind.UNANSWERED));
        row(text, "wrong answers", count(AttackKind.WRONG_ANSWER));
        row(text, "failed reads", count(AttackKind.READ));
        row(text, "left", count(AttackKind.LEFT));
        row(text, "database open", databaseOpen ? "yes" : "no");
        row(text, "P99 of reads", rounded(readP99Millis) + " ms");
        row(text, "growth of the heap", rounded(heapGrowthMegabytes) + " MB");
        row(text, "growth since the start", rounded(heapGrowthSinceStartMegabytes) + " MB");
        findings.stream()
                .limit(MOST_SHOWN)
                .forEach(finding ->
                        text.append("%n%s %s%n    %s%n".formatted(finding.kind(), finding.subject(), finding.found())));
        if (findings.size() > MOST_SHOWN) {
            text.append("%nand %d more%n".formatted(findings.size() - MOST_SHOWN));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append("%-24s %s%n".formatted(name, value));
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
