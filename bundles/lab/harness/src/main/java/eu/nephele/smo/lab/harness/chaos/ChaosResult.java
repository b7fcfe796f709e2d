// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.lab.harness.command.RunCommand;
import eu.nephele.smo.lab.remote.world.WriteReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Result of a run.
 *
 * @param kills steps that the kills have hit
 * @param end state at the end
 * @param workersOutliveMillis longest survival of a process of a killed server
 * @param overbooked whether an order ever exceeded the capacity of a cluster
 * @param standby report about both servers; empty with only one
 */
public record ChaosResult(
        ChaosOptions options,
        Kills kills,
        double seconds,
        ClientAnswers answers,
        EndState end,
        long workersOutliveMillis,
        WriteReport writes,
        boolean overbooked,
        List<ChaosFinding> findings,
        Optional<StandbyReport> standby)
        implements RunCommand.RunResult {

    /**
     * @param outcomes number of acknowledged operations by their last state
     * @param phases number of graphs by phase
     * @param divided number of services with replicas on more than one cluster
     * @param auditEntries entries of the audit
     * @param auditWaiting further ones of acknowledged changes, in the local files of servers that stand by
     */
    public record EndState(
            Map<String, Integer> outcomes,
            Map<String, Integer> phases,
            int divided,
            long auditEntries,
            int auditWaiting) {

        public EndState {
            outcomes = Map.copyOf(outcomes);
            phases = Map.copyOf(phases);
        }
    }

    public ChaosResult {
        findings = List.copyOf(findings);
    }

    public long count(ChaosFinding.ChaosKind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    @Override
    public boolean isGood() {
        return findings.isEmpty() && standby.map(StandbyReport::isGood).orElse(true);
    }

    @Override
    public String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kills", options.kills());
        node.put("acknowledged", answers.acknowledged());
        for (ChaosFinding.ChaosKind kind : ChaosFinding.ChaosKind.values()) {
            node.put(lower(kind), count(kind));
        }
        ObjectNode steps = node.putObject("killsPerStep");
        for (ServerStep step : ServerStep.values()) {
            steps.put(lower(step), kills.count(step));
        }
        node.put("divided", end.divided());
        node.put("auditEntries", end.auditEntries());
        node.put("auditWaiting", end.auditWaiting());
        standby.ifPresent(it -> standby(node, it));
        node.put("seed", options.seed());
        node.put("world", lower(options.world()));
        node.put("database", lower(options.database()));
        node.put("seconds", Math.round(seconds * 10) / 10.0);
        return node.toString();
    }

    private static void standby(ObjectNode node, StandbyReport report) {
        node.put("writesOfAFormerOwner", report.strangeWrites());
        node.put("lateWrites", report.owners().lateWrites());
        node.put("failedReads", report.reads().failed());
        node.put("takeoverMillisMax", report.takeoverMillisMax());
        node.put("takeovers", report.takeoverMillis().size());
        ObjectNode hits = node.putObject("hits");
        for (OwnerFailure ownerFailure : OwnerFailure.values()) {
            hits.put(lower(ownerFailure), report.count(ownerFailure));
        }
        ObjectNode late = node.putObject("lateWritesByHit");
        for (OwnerFailure ownerFailure : OwnerFailure.values()) {
            late.put(lower(ownerFailure), report.late(ownerFailure));
        }
    }

    @Override
    public String table() {
        StringBuilder text = new StringBuilder();
        row(text, "world", lower(options.world()));
        row(text, "database", lower(options.database()));
        row(text, "seed", options.seed());
        row(text, "kills", "%d, of which %d during a start".formatted(options.kills(), kills.duringStart()));
        row(text, "in the middle of", kills.steps());
        row(text, "ready again after", kills.starts());
        row(text, "seconds", Math.round(seconds));
        row(text, "acknowledged changes", answers.acknowledged() + "  " + new TreeMap<>(answers.changes()));
        row(text, "operations", new TreeMap<>(end.outcomes()));
        row(text, "graphs at the end", new TreeMap<>(end.phases()));
        row(text, "divided services", end.divided());
        row(
                text,
                "entries of the audit",
                "%d, and %d in local files".formatted(end.auditEntries(), end.auditWaiting()));
        row(
                text,
                "answers lost in a kill",
                "%d asked again, %d given up".formatted(answers.repeated(), answers.abandoned()));
        row(text, "404 while starting", answers.tooEarly());
        row(text, "wrongly refused", answers.refusals().size());
        row(
                text,
                "writes to the world",
                "releases %d, shares %d, rules %d, removals %d"
                        .formatted(writes.releases(), writes.shares(), writes.rules(), writes.removals()));
        row(text, "workers outlived it", "%d ms at most".formatted(workersOutliveMillis));
        row(text, "overbooked ever", overbooked ? "yes" : "no");
        for (ChaosFinding.ChaosKind kind : ChaosFinding.ChaosKind.values()) {
            row(text, lower(kind), count(kind));
        }
        standby.ifPresent(it -> standby(text, it));
        answers.refusals().forEach(refusal -> text.append("%nwrongly refused: %s%n".formatted(refusal)));
        for (ChaosFinding finding : findings) {
            text.append("%n%s%n".formatted(finding.text()));
        }
        return text.toString();
    }

    private static void standby(StringBuilder text, StandbyReport report) {
        for (OwnerFailure ownerFailure : OwnerFailure.values()) {
            row(
                    text,
                    "hits by " + lower(ownerFailure),
                    "%d, late writes %d".formatted(report.count(ownerFailure), report.late(ownerFailure)));
        }
        row(text, "takeovers", report.takeovers());
        row(text, "writes by epoch", new TreeMap<>(report.owners().writesByEpoch()));
        row(text, "writes of a former owner", report.strangeWrites());
        row(text, "writes that came late", report.owners().lateWrites());
        row(
                text,
                "reads of the standby",
                "%d, the longest %d ms"
                        .formatted(report.reads().count(), report.reads().longestMillis()));
        row(text, "failed reads", report.reads().failed());
        row(text, "sent on by the standby", report.sentOn());
        row(text, "ended with 70 unasked", report.restarts());
        report.owners()
                .firstFormer()
                .forEach(write -> text.append("%nnot written by the owner: %s%n".formatted(write)));
        report.reads().firstFailed().forEach(read -> text.append("%nfailed read: %s%n".formatted(read)));
    }

    private static void row(StringBuilder text, String name, Object value) {
        text.append(row(name, value));
    }

    static String row(String name, Object value) {
        return "%-24s %s%n".formatted(name, value);
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
