// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.GraphPhase;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.ContainerInventory;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.api.port.WorkloadContainer;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.Reconciled.Statement;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceStatus;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.testkit.ResourceControllerContract;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.backup.PoolCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolControllerTest extends ResourceControllerContract {

    private static final String SECOND_SERVICE = """
              api:
                image: registry.example/shop/api:2
                port: 9090
                min_replicas: 1
                max_replicas: 2
                scale_up_threshold: 80
                scale_down_threshold: 30
                cooldown_period: 60
                business_hours_only: false
                health_check: {path: /}
            """;

    private static final String PROJECT = "shop";

    private final PoolFileFormat format = new PoolFileFormat(Map.of(), Optional.empty());
    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private List<ContainerInventory> inventories = List.of();
    private final PlayedGraphs graphs = new PlayedGraphs();
    private final PlayedConfigurations configurations = new PlayedConfigurations();

    @TempDir
    Path data;

    @Override
    protected ResourceController controller() {
        PoolController controller = new PoolController(
                graphs.service(),
                graphs.reader(),
                configurations.service(),
                format,
                new PoolBackups(format, data, List.of(), Optional.of("containers.yaml"), "default"));
        controller.inventories = inventories;
        return controller;
    }

    private JsonObject desired(String text) {
        return new PoolDocument(format.texts().document(text), PROJECT, "", Map.of()).toJson();
    }

    @Override
    protected JsonObject desired() {
        return desired(Texts.LEAST);
    }

    @Override
    protected JsonObject changed() {
        return desired(Texts.LEAST.replace("web:1.4.2", "web:1.5").replace("edge-1", "edge-2") + SECOND_SERVICE);
    }

    /** Descriptors of graphs and properties of configurations. */
    @Override
    protected Map<String, Object> world() {
        Map<String, Object> all = new TreeMap<>(configurations.present);
        graphs.present.forEach(
                (id, graph) -> all.put(id.toString(), graph.graph().descriptor().canonical()));
        return all;
    }

    private Reconciled reconciled(JsonObject desired, boolean leaving) throws InterruptedException {
        return reconciled(desired, leaving, JsonObject.EMPTY);
    }

    private Reconciled reconciled(JsonObject desired, boolean leaving, JsonObject observed)
            throws InterruptedException {
        ResourceStatus seen = new ResourceStatus(ResourceStatus.Phase.PROGRESSING, 1, observed, List.of());
        return controller().reconcile(resource("u1", 1, desired, leaving).seen(seen), new Reconciliation() {
            @Override
            public Clock clock() {
                return Clock.fixed(now, ZoneOffset.UTC);
            }

            @Override
            public Duration remaining() {
                return Duration.ofSeconds(30);
            }
        });
    }

    @Test
    void eachServerIsAnInstanceOfTheAdapterAndEachServiceAGraph() throws Exception {
        Reconciled answer = reconciled(desired(), false);

        assertThat(answer.outcome()).isEqualTo(Outcome.READY);
        assertThat(configurations.present).containsOnlyKeys("eu.nephele.smo.adapters.docker~smo-contract.edge-1");
        assertThat(graphs.calls).containsExactly("deploy web");
    }

    @Test
    void eachDayHasACopyOfWhatRunsAndOfTheFile() throws Exception {
        Files.writeString(data.resolve("containers.yaml"), Texts.LEAST.replace("web:1.4.2", "web:9"));
        String pool = resource("u1", 1, desired(), false).ref().name();
        for (int hour = 0; hour < 49; hour++) {
            Reconciled answer = reconciled(desired(), false);
            assertThat(answer.outcome()).isEqualTo(Outcome.READY);
            assertThat(answer.statements()).extracting(Statement::type).containsExactly("BackedUp");
            assertThat(answer.statements().get(0).status()).isEqualTo(Condition.Status.TRUE);
            now = now.plus(Duration.ofHours(1));
        }
        Path folder = data.resolve("backups/containers");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            pool + "-2026-06-01.json", pool + "-2026-06-02.json", pool + "-2026-06-03.json");
        }
        PoolCopy copy = PoolCopy.parse(Files.readString(folder.resolve(pool + "-2026-06-02.json")));
        assertThat(copy.running()).isEqualTo(format.texts().document(Texts.LEAST));
        assertThat(copy.project()).isEqualTo(PROJECT);
    }

    @Test
    void aMissingCopyIsAConditionAndChangesNothingElse() throws Exception {
        Reconciled answer = reconciled(desired(Texts.LEAST + "autoscaler: {backup: {path: /etc/cron.d}}\n"), false);
        assertThat(answer.outcome()).isEqualTo(Outcome.READY);
        assertThat(answer.statements()).hasSize(1).allSatisfy(statement -> {
            assertThat(statement.status()).isEqualTo(Condition.Status.FALSE);
            assertThat(statement.reason()).isEqualTo("NotTaken");
            assertThat(statement.message()).contains("/etc/cron.d", "backupFolders");
        });
        assertThat(graphs.calls).containsExactly("deploy web");
    }

    @Test
    void withoutBackupsThereIsNone() throws Exception {
        Reconciled answer = reconciled(desired(Texts.LEAST + "autoscaler: {backup: {enabled: false}}\n"), false);
        assertThat(answer.statements()).isEmpty();
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws Exception {
        reconciled(desired(), false);
        reconciled(desired(), false);
        assertThat(graphs.calls).containsExactly("deploy web");
        assertThat(configurations.writes).isEqualTo(1);
    }

    /** Any other property connects the server anew, and what is under way there is lost: at each start, since files are read then. */
    @Test
    void theMarkOfTheFileOfAConfigurationStays() throws Exception {
        reconciled(desired(), false);
        String pid = configurations.present.keySet().iterator().next();
        configurations.present.get(pid).put("felix.fileinstall.filename", "file:/data/etc/" + pid + ".config");
        reconciled(desired(), false);
        assertThat(configurations.writes).isEqualTo(1);
        reconciled(desired(Texts.LEAST.replace("max_containers: 12", "max_containers: 13")), false);
        assertThat(configurations.writes).isEqualTo(2);
        assertThat(configurations.present.get(pid)).containsKey("felix.fileinstall.filename");
    }

    @Test
    void aReplacementIsAnUpdateOfThatGraphAlone() throws Exception {
        JsonObject two = desired(Texts.LEAST + SECOND_SERVICE);
        reconciled(two, false);
        reconciled(
                PoolDocument.from(two)
                        .replacing(
                                "api",
                                new PoolDocument.Replacement("m1", false),
                                Optional.empty(),
                                Optional.empty(),
                                now)
                        .toJson(),
                false);
        assertThat(graphs.calls).containsExactly("deploy web", "deploy api", "update api");
    }

    private static String update(Reconciled answer, String member) {
        return answer.observed()
                .get("services")
                .flatMap(JsonValue::asObject)
                .flatMap(services -> services.get("web"))
                .flatMap(JsonValue::asObject)
                .flatMap(web -> web.get("update"))
                .flatMap(JsonValue::asObject)
                .flatMap(update -> update.get(member))
                .map(JsonValue::toJson)
                .orElse("none");
    }

    @Test
    void theStatusSaysHowFarAnUpdateIs() throws Exception {
        Reconciled first = reconciled(desired(), false);
        assertThat(update(first, "phase")).isEqualTo("none");
        inventories = List.of(new OnServer("edge-1"));
        PoolDocument updated = PoolDocument.from(desired())
                .replacing(
                        "web",
                        new PoolDocument.Replacement("m1", false),
                        Optional.of("registry.example/shop/web:2"),
                        Optional.empty(),
                        Instant.EPOCH);

        graphs.phase = GraphPhase.UPDATING;
        Reconciled second = reconciled(updated.toJson(), false, first.observed());
        assertThat(update(second, "phase")).isEqualTo("\"running\"");
        assertThat(update(second, "image")).isEqualTo("\"registry.example/shop/web:2\"");
        assertThat(update(second, "ready")).as("one that was made since").isEqualTo("1");

        graphs.takeBack(new GraphId(PROJECT, "web"));
        Reconciled third = reconciled(updated.toJson(), false, second.observed());
        assertThat(update(third, "phase")).isEqualTo("\"failed\"");
        assertThat(update(third, "message")).contains("it went back to what ran before");
        Reconciled fourth = reconciled(updated.toJson(), false, third.observed());
        assertThat(update(fourth, "message")).as("told once").isEqualTo(update(third, "message"));

        graphs.phase = GraphPhase.RUNNING;
        JsonObject aborted = updated.aborting("web", updated.updates().get("web"), Instant.EPOCH.plusSeconds(60))
                .toJson();
        Reconciled fifth = reconciled(aborted, false, fourth.observed());
        assertThat(update(fifth, "phase")).isEqualTo("\"aborted\"");
        assertThat(graphs.present
                        .get(new GraphId(PROJECT, "web"))
                        .graph()
                        .descriptor()
                        .canonical())
                .contains("web:1.4.2")
                .doesNotContain("m1");
    }

    @Test
    void anUpdateThatIsDoneSaysSo() throws Exception {
        Reconciled first = reconciled(desired(), false);
        JsonObject restarted = PoolDocument.from(desired())
                .replacing(
                        "web",
                        new PoolDocument.Replacement("m1", false),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH)
                .toJson();
        Reconciled second = reconciled(restarted, false, first.observed());
        assertThat(update(second, "phase")).isEqualTo("\"done\"");

        graphs.phase = GraphPhase.DEGRADED;
        Reconciled third = reconciled(restarted, false, second.observed());
        assertThat(update(third, "phase"))
                .as("what happens to the service later is not part of it")
                .isEqualTo("\"done\"");

        graphs.phase = GraphPhase.UPDATING;
        JsonObject again = PoolDocument.from(restarted)
                .replacing(
                        "web",
                        new PoolDocument.Replacement("m2", false),
                        Optional.empty(),
                        Optional.empty(),
                        Instant.EPOCH.plusSeconds(60))
                .toJson();
        assertThat(update(reconciled(again, false, third.observed()), "phase"))
                .as("another update")
                .isEqualTo("\"running\"");
    }

    @Test
    void aServiceThatIsNotNamedGoesAndIsWaitedFor() throws Exception {
        reconciled(desired(Texts.LEAST + SECOND_SERVICE), false);

        Reconciled first = reconciled(desired(), false);

        assertThat(first.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(graphs.calls).contains("remove api").doesNotContain("remove web");
        assertThat(reconciled(desired(), false, first.observed()).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(reconciled(desired(), false, first.observed()).outcome()).isEqualTo(Outcome.READY);
        assertThat(graphs.present).containsOnlyKeys(new GraphId(PROJECT, "web"));
    }

    @Test
    void whatWasTakenBackIsNotAskedAgainUntilTheFileChanges() throws Exception {
        Reconciled first = reconciled(desired(), false);
        graphs.takeBack(new GraphId(PROJECT, "web"));

        Reconciled answer = reconciled(desired(), false, first.observed());

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message()).contains("web is not as the file says", "taken back");
        assertThat(graphs.calls).containsExactly("deploy web");

        JsonObject next = desired(Texts.LEAST.replace("web:1.4.2", "web:1.5"));
        assertThat(reconciled(next, false, answer.observed()).outcome()).isEqualTo(Outcome.READY);
        assertThat(graphs.calls).containsExactly("deploy web", "update web");
    }

    @Test
    void anotherOrderOfTheServersAsksForNothingThatWasTakenBack() throws Exception {
        Reconciled first = reconciled(desired(inOrder("edge-1", "edge-2")), false);
        Reconciled turned = reconciled(desired(inOrder("edge-2", "edge-1")), false, first.observed());
        assertThat(graphs.calls).containsExactly("deploy web", "update web");

        graphs.takeBack(new GraphId(PROJECT, "web"));
        Reconciled back = reconciled(desired(inOrder("edge-1", "edge-2")), false, turned.observed());

        assertThat(back.message()).contains("web is not as the file says", "taken back");
        assertThat(graphs.calls).containsExactly("deploy web", "update web");
        assertThat(reconciled(desired(inOrder("edge-2", "edge-1")), false, back.observed())
                        .message())
                .contains("taken back");
        assertThat(graphs.calls).hasSize(2);
    }

    private static String inOrder(String... names) {
        String server =
                Texts.LEAST.substring(Texts.LEAST.indexOf("  - name: edge-1"), Texts.LEAST.indexOf("services:"));
        String servers = Stream.of(names)
                .map(name -> server.replace("edge-1", name).replace("192.0.2.11", name + ".example"))
                .collect(Collectors.joining());
        return Texts.LEAST.replace(server, servers);
    }

    @Test
    void aDeploymentThatFailedIsTriedAgainAfterAWhile() throws Exception {
        graphs.phase = GraphPhase.FAILED;
        Reconciled first = reconciled(desired(), false);
        assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(first.message()).isEqualTo("web has failed; see the graph");

        now = now.plusSeconds(200);
        Reconciled second = reconciled(desired(), false, first.observed());
        assertThat(graphs.calls).containsExactly("deploy web");

        now = now.plusSeconds(200);
        Reconciled third = reconciled(desired(), false, second.observed());
        assertThat(graphs.calls).containsExactly("deploy web", "deploy web");

        now = now.plusSeconds(200);
        reconciled(desired(), false, third.observed());
        assertThat(graphs.calls).hasSize(2);
    }

    @Test
    void aServerWithContainersOfThePoolStaysReachableAsItIs() throws Exception {
        String old = "eu.nephele.smo.adapters.docker~smo-contract.edge-1";
        reconciled(desired(), false);
        inventories = List.of(new OnServer("edge-1"));

        Reconciled moved = reconciled(desired(Texts.LEAST.replace("192.0.2.11", "192.0.2.99")), false);
        assertThat(moved.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(moved.message()).contains("server edge-1 is not as the file says until nothing");
        assertThat(configurations.present.get(old)).containsEntry("host", "192.0.2.11");

        JsonObject renamed = desired(Texts.LEAST.replace("edge-1", "edge-2"));
        assertThat(reconciled(renamed, false).message()).contains("server edge-1");
        assertThat(configurations.present).containsKey(old).hasSize(2);

        inventories = List.of();
        assertThat(reconciled(renamed, false).outcome()).isEqualTo(Outcome.READY);
        assertThat(configurations.present).doesNotContainKey(old).hasSize(1);
    }

    /** One container of each workload that is asked for. */
    private record OnServer(String server) implements ContainerInventory {

        @Override
        public Map<WorkloadRef, List<WorkloadContainer>> containers(Collection<WorkloadRef> workloads) {
            Map<WorkloadRef, List<WorkloadContainer>> all = new TreeMap<>();
            workloads.forEach(workload -> all.put(
                    workload,
                    List.of(new WorkloadContainer(
                            "c1",
                            "c1",
                            new ClusterId("docker", server),
                            "running",
                            WorkloadContainer.ContainerHealth.HEALTHY,
                            Map.of(),
                            Instant.EPOCH,
                            OptionalDouble.empty(),
                            "",
                            "",
                            Optional.empty()))));
            return all;
        }

        @Override
        public List<EngineSummary> engines() {
            return List.of();
        }

        @Override
        public List<String> log(ClusterId where, String container, int lines, int maxBytes) {
            return List.of();
        }
    }

    @Test
    void serversStayUntilNothingRunsOnThemAnyMore() throws Exception {
        reconciled(desired(), false);
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(configurations.present).isNotEmpty();
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(configurations.present).isNotEmpty();
        assertThat(reconciled(desired(), true).outcome()).isEqualTo(Outcome.GONE);
        assertThat(configurations.present).isEmpty();
    }

    @Test
    void aGraphOfSomebodyElseIsLeftAloneAndTheOthersGoOn() throws Exception {
        JsonObject foreign = JsonObject.EMPTY.with(
                "hdaGraph", JsonObject.EMPTY.with("id", new JsonString("web")).with("designer", new JsonString("ada")));
        graphs.service()
                .deploy(graphs.reader().read(PROJECT, foreign), eu.nephele.smo.api.runtime.CallContext.INTERNAL);
        graphs.calls.clear();

        Reconciled answer = reconciled(desired(Texts.LEAST + SECOND_SERVICE), false);

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message()).contains("web: shop/web is a graph that was not made by this pool");
        assertThat(graphs.calls).containsExactly("deploy api");

        assertThat(reconciled(desired(), true).outcome()).isNotEqualTo(Outcome.FAILED);
        assertThat(graphs.present.get(new GraphId(PROJECT, "web")).phase()).isEqualTo(GraphPhase.RUNNING);
    }

    @Test
    void whatTheCoreCannotDoNowIsTriedAgain() throws Exception {
        graphs.refusals.put("web", SmoException.of(SmoException.Kind.UNAVAILABLE, "smo", "starting", Optional.empty()));
        Reconciled answer = reconciled(desired(), false);
        assertThat(answer.outcome()).isEqualTo(Outcome.PROGRESSING);
        assertThat(answer.message()).isEqualTo("web: starting");
        assertThat(answer.again()).hasValueSatisfying(again -> assertThat(again).isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void rulesOverSeveralKeysAreJudgedHere() throws Exception {
        Reconciled answer = reconciled(desired(Texts.LEAST.replace("max_replicas: 4", "max_replicas: 0")), false);
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message()).contains("/services/web/max_replicas");
        assertThat(graphs.calls).isEmpty();
        assertThat(configurations.present).isEmpty();
    }

    @Test
    void configurationsOfOtherServersStay() throws Exception {
        configurations.present.put("eu.nephele.smo.adapters.docker~mine", new TreeMap<>());
        configurations.present.put(
                "eu.nephele.smo.adapters.docker~other.edge-9",
                new TreeMap<>(Map.of("pool", "container-pool/other/u9/server")));
        reconciled(desired(), false);
        reconciled(desired(Texts.LEAST.replace("edge-1", "edge-2")), false);
        assertThat(configurations.present)
                .containsOnlyKeys(
                        "eu.nephele.smo.adapters.docker~mine",
                        "eu.nephele.smo.adapters.docker~other.edge-9",
                        "eu.nephele.smo.adapters.docker~smo-contract.edge-2");
    }

    @Test
    void aClockThatJumpsOverAnEdgeOfBusinessHoursIsFollowedWithTheNextLook() throws Exception {
        String servers = """
                servers:
                  - {name: day, host: 192.0.2.11, ssh_user: u, ssh_key: /k, max_containers: 4,
                     business_hours: {start: "09:00", end: "17:00"}}
                  - {name: night, host: 192.0.2.12, ssh_user: u, ssh_key: /k, max_containers: 4,
                     business_hours: {start: "20:00", end: "06:00"}}
                """;
        JsonObject desired = desired(servers + Texts.LEAST.substring(Texts.LEAST.indexOf("services:")));
        Reconciled noon = reconciled(desired, false);
        assertThat(open()).containsExactly("day");
        assertThat(noon.again())
                .as("a jump is seen within a minute, however far the next edge is")
                .hasValueSatisfying(again -> assertThat(again).isLessThanOrEqualTo(Duration.ofMinutes(1)));

        now = Instant.parse("2026-06-01T21:00:00Z");
        Reconciled evening = reconciled(desired, false, noon.observed());
        assertThat(open()).containsExactly("night");

        now = Instant.parse("2026-06-01T12:00:01Z");
        Reconciled back = reconciled(desired, false, evening.observed());
        assertThat(open()).as("also backwards").containsExactly("day");

        now = Instant.parse("2026-06-01T16:59:30Z");
        assertThat(reconciled(desired, false, back.observed()).again())
                .as("an edge is waited for")
                .hasValueSatisfying(again -> assertThat(again).isLessThan(Duration.ofSeconds(31)));
    }

    /** Servers that have a weight. */
    private List<String> open() {
        String descriptor = graphs.present
                .get(new GraphId(PROJECT, "web"))
                .graph()
                .descriptor()
                .toJson();
        return List.of("day", "night").stream()
                .filter(name -> descriptor.contains("\"%s\":".formatted(name)))
                .toList();
    }
}
