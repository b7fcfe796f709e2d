// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import com.fasterxml.jackson.core.type.TypeReference;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.lab.remote.wire.Messages.ChangesMessage;
import eu.nephele.smo.lab.remote.wire.Messages.Measured;
import eu.nephele.smo.lab.remote.wire.Messages.MeasuredHistory;
import eu.nephele.smo.lab.remote.wire.Messages.RangeQuestion;
import eu.nephele.smo.lab.remote.wire.Messages.RemainsQuestion;
import eu.nephele.smo.lab.remote.wire.Messages.RuleRecord;
import eu.nephele.smo.lab.remote.wire.Messages.SharesWrite;
import eu.nephele.smo.lab.remote.wire.Messages.SignalReport;
import eu.nephele.smo.lab.simulator.ClusterChanges;
import eu.nephele.smo.lab.simulator.WorldSnapshot;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/** Routes of the world over HTTP: its ports, each below a path of its own. An empty answer is 204. */
final class WorldRoutes {

    private static final TypeReference<InstallRequest> INSTALL = new TypeReference<>() {};
    private static final TypeReference<List<MetricQuery>> QUERIES = new TypeReference<>() {};
    private static final TypeReference<List<WorkloadRef>> WORKLOADS = new TypeReference<>() {};
    private static final TypeReference<RangeQuestion> RANGE = new TypeReference<>() {};
    private static final TypeReference<RemainsQuestion> REMAINS = new TypeReference<>() {};
    private static final TypeReference<RuleRecord> RULE = new TypeReference<>() {};
    private static final TypeReference<SharesWrite> SHARES = new TypeReference<>() {};
    private static final String REMOVE = "remove";
    private static final int LOG_CAPACITY = 10_000;
    private static final Duration GATHERING = Duration.ofMillis(15);

    private final SimulatedFederation federation;
    private final OwnerCallLog owners;
    private final WriteCounter book = new WriteCounter();
    private final ReleaseHandler releases;
    private final AlertRuleHandler rules;
    private final ChangeLog log = new ChangeLog(LOG_CAPACITY, ChangeLog.Gathering.of(GATHERING));
    /** Name of this run: numbers of another run are not valid here. */
    private final String history = UUID.randomUUID().toString();

    private final FateCommands fate;

    WorldRoutes(SimulatedFederation federation, OwnerCallLog owners) {
        this.federation = federation;
        this.owners = owners;
        this.releases = new ReleaseHandler(federation, book);
        this.rules = new AlertRuleHandler(federation, book);
        this.fate = new FateCommands(federation);
        federation.clusters().subscribe(log::clustersChanged);
        federation.runtime().subscribe(log::workloadChanged);
    }

    /** Returns whether the latency of the world applies: observing the world from outside takes no time. */
    static boolean isPort(WorldCall call) {
        return !List.of("changes", "world", "lab", "owners").contains(call.room());
    }

    Optional<Object> answer(WorldCall call) throws InterruptedException {
        return switch (call.room()) {
            case "clusters" -> Optional.of(clusters());
            case "signals" -> Optional.of(signals());
            case "changes" -> Optional.of(changes(call));
            case "workloads" -> workloads(call);
            case "releases" -> release(call);
            case "rules" -> rule(call);
            case "metrics" -> Optional.of(metrics(call));
            case "world" -> Optional.of(report());
            case "owners" -> Optional.of(owners.report());
            case "lab" -> fate.command(call);
            default -> throw unknown(call);
        };
    }

    WorldReport report() {
        WorldSnapshot snapshot = federation.snapshot();
        List<WorldReport.ClusterReport> nodes = snapshot.clusters().stream()
                .map(it -> new WorldReport.ClusterReport(it.name(), it.ready(), it.overbookedEver()))
                .toList();
        return new WorldReport(nodes, releases.report(snapshot), rules.all(), book.writes());
    }

    private List<ClusterState> clusters() {
        return federation.clusters().clusters();
    }

    private SignalReport signals() {
        List<ClusterId> all = clusters().stream().map(ClusterState::id).toList();
        return new SignalReport(
                federation.signals().signals(all), federation.signals().latencyMillis(all));
    }

    private ChangesMessage changes(WorldCall call) throws InterruptedException {
        long since = call.number("since");
        long version = call.number("version");
        Duration atMost = Duration.ofMillis(call.number("waitMillis"));
        boolean known = history.equals(call.query().get("history"));
        ChangeLog.News news = known ? log.since(since, atMost) : log.everything();
        ClusterChanges clusters = federation.clustersSince(known ? version : 0);
        return new ChangesMessage(
                history,
                news.next(),
                news.missed(),
                news.membership(),
                news.workloads(),
                clusters.version(),
                clusters.complete(),
                clusters.clusters());
    }

    private Optional<Object> workloads(WorldCall call) {
        switch (call.shape()) {
            case "POST 2" -> {
                return Optional.of(seen(call));
            }
            case "PUT 5" -> {
                SharesWrite write = call.read(SHARES);
                if (call.ensures()) {
                    releases.ensureShares(write.key(), write.shares());
                } else {
                    releases.share(write.key(), write.shares());
                }
                return Optional.empty();
            }
            default -> throw unknown(call);
        }
    }

    private List<WorkloadObservation> seen(WorldCall call) {
        return switch (call.path().get(1)) {
            case "observe" -> {
                List<WorkloadRef> wanted = call.read(WORKLOADS);
                yield List.copyOf(federation.runtime().observe(wanted).values());
            }
            case "remains" -> {
                RemainsQuestion question = call.read(REMAINS);
                yield List.copyOf(federation
                        .runtime()
                        .remains(question.workloads(), question.clusters())
                        .values());
            }
            default -> throw unknown(call);
        };
    }

    private Optional<Object> release(WorldCall call) {
        return switch (call.shape()) {
            case "GET 1" -> Optional.of(federation.deployer().owned());
            case "GET 4" -> Optional.of(releases.find(call.workload()).orElseThrow(() -> absent("release", call)));
            case "PUT 4" -> {
                InstallRequest request = call.read(INSTALL);
                yield Optional.of(call.ensures() ? releases.ensure(request) : releases.write(request));
            }
            case "DELETE 4" -> {
                Optional<String> owner = Optional.ofNullable(call.query().get("owner"));
                yield removed(releases.remove(new StepKey(call.workload(), 0, REMOVE), owner), "release", call);
            }
            default -> throw unknown(call);
        };
    }

    private Optional<Object> rule(WorldCall call) {
        switch (call.shape()) {
            case "GET 1" -> {
                return Optional.of(rules.owned(call.query().getOrDefault("owner", "")));
            }
            case "GET 5" -> {
                return Optional.of(
                        rules.find(call.workload(), call.path().get(4)).orElseThrow(() -> absent("rule", call)));
            }
            case "PUT 5" -> {
                RuleRecord rule = call.read(RULE);
                if (call.ensures()) {
                    rules.ensure(rule);
                } else {
                    rules.write(rule);
                }
                return Optional.empty();
            }
            case "DELETE 5" -> {
                return removed(rules.remove(call.workload(), call.path().get(4)), "rule", call);
            }
            default -> throw unknown(call);
        }
    }

    private Object metrics(WorldCall call) {
        if (call.path().equals(List.of("metrics", "instant"))) {
            List<MetricQuery> queries = call.read(QUERIES);
            Map<MetricQuery, Double> values = federation.metrics().instant(queries);
            return queries.stream()
                    .map(query -> new Measured(Optional.ofNullable(values.get(query))))
                    .toList();
        }
        if (call.path().equals(List.of("metrics", "range"))) {
            RangeQuestion question = call.read(RANGE);
            Map<MetricQuery, List<LoadPoint>> values =
                    federation.metrics().range(question.queries(), question.range(), question.step());
            return question.queries().stream()
                    .map(query -> new MeasuredHistory(values.getOrDefault(query, List.of())))
                    .toList();
        }
        throw unknown(call);
    }

    private static Optional<Object> removed(boolean present, String what, WorldCall call) {
        if (!present) {
            throw absent(what, call);
        }
        return Optional.empty();
    }

    private static NoSuchElementException absent(String what, WorldCall call) {
        return new NoSuchElementException("Unknown %s %s"
                .formatted(
                        what,
                        String.join("/", call.path().subList(1, call.path().size()))));
    }

    private static NoSuchElementException unknown(WorldCall call) {
        return new NoSuchElementException("Unknown path %s /%s; the README of lab/remote lists the known ones"
                .formatted(call.method(), String.join("/", call.path())));
    }
}
