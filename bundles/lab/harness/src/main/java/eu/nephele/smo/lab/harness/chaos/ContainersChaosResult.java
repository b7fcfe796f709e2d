// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;
import java.util.List;
import java.util.TreeMap;

/**
 * Result of a run beside container engines.
 *
 * @param kills steps that the kills have hit
 * @param alone visits while only the server was killed
 * @param byHand visits while containers were killed, too, and until the end
 * @param killedContainers number of containers killed by hand
 */
public record ContainersChaosResult(
        ChaosOptions options,
        Kills kills,
        double seconds,
        ClientAnswers answers,
        VisitReport alone,
        VisitReport byHand,
        int killedContainers,
        long auditEntries,
        List<ChaosFinding> findings)
        implements RunCommand.RunResult {

    private static final double MILLIS = 1000;

    public ContainersChaosResult {
        findings = List.copyOf(findings);
    }

    public long count(ChaosFinding.ChaosKind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    /** Requests may fail only while containers are killed. */
    @Override
    public boolean isGood() {
        return findings.isEmpty() && alone.failed() == 0;
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kills", options.kills());
        node.put("acknowledged", answers.acknowledged());
        node.put("requests", alone.requests());
        node.put("failedRequests", alone.failed());
        node.put("killedContainers", killedContainers);
        node.put("requestsWhileContainersWereKilled", byHand.requests());
        node.put("failedRequestsWhileContainersWereKilled", byHand.failed());
        for (ChaosFinding.ChaosKind kind : ChaosFinding.ChaosKind.values()) {
            node.put(ChaosResult.lower(kind), count(kind));
        }
        List<Long> starts = kills.startMillis();
        if (!starts.isEmpty()) {
            node.put("recoverySecondsMedian", starts.get(starts.size() / 2) / MILLIS);
            node.put("recoverySecondsMax", starts.get(starts.size() - 1) / MILLIS);
        }
        ObjectNode steps = node.putObject("killsPerStep");
        for (ServerStep step : ServerStep.values()) {
            steps.put(ChaosResult.lower(step), kills.count(step));
        }
        node.put("auditEntries", auditEntries);
        node.put("seed", options.seed());
        node.put("world", ChaosResult.lower(options.world()));
        node.put("database", ChaosResult.lower(options.database()));
        node.put("seconds", Math.round(seconds * 10) / 10.0);
        return node.toString();
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "world", ChaosResult.lower(options.world()));
        row(text, "database", ChaosResult.lower(options.database()));
        row(text, "seed", options.seed());
        row(text, "kills", "%d, of which %d during a start".formatted(options.kills(), kills.duringStart()));
        row(text, "in the middle of", kills.steps());
        row(text, "ready again after", kills.starts());
        row(text, "seconds", Math.round(seconds));
        row(text, "acknowledged changes", answers.acknowledged() + "  " + new TreeMap<>(answers.changes()));
        row(
                text,
                "answers lost in a kill",
                "%d asked again, %d given up".formatted(answers.repeated(), answers.abandoned()));
        row(text, "404 while starting", answers.tooEarly());
        row(text, "wrongly refused", answers.refusals().size());
        row(text, "entries of the audit", auditEntries);
        row(
                text,
                "requests",
                "%d, failed %d, while only the server was killed".formatted(alone.requests(), alone.failed()));
        row(
                text,
                "",
                "%d, failed %d, while %d containers were killed, too, and until the end"
                        .formatted(byHand.requests(), byHand.failed(), killedContainers));
        for (ChaosFinding.ChaosKind kind : ChaosFinding.ChaosKind.values()) {
            row(text, ChaosResult.lower(kind), count(kind));
        }
        answers.refusals().forEach(refusal -> text.append("%nwrongly refused: %s%n".formatted(refusal)));
        alone.failures().forEach(failure -> text.append("%nfailed request: %s%n".formatted(failure)));
        byHand.failures()
                .forEach(failure ->
                        text.append("%nfailed request while containers were killed: %s%n".formatted(failure)));
        for (ChaosFinding finding : findings) {
            text.append("%n%s%n".formatted(finding.text()));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append(ChaosResult.row(name, value));
    }
}
