// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.query.ScriptedHttp;
import eu.nephele.smo.adapters.prometheus.rules.RuleClients;
import eu.nephele.smo.adapters.prometheus.rules.RuleCluster;
import eu.nephele.smo.adapters.prometheus.rules.RuleObjects;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Trigger.EventRule;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.lab.testkit.AlertRulesContract;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules as objects, against a real API server. */
@Timeout(120)
@Tag("api-server")
class RealRuleObjectsTest {

    private static final EventRule DARK = new EventRule("dark", "lux < 5", Duration.ofSeconds(5), "It's {{ dark }}");

    @TempDir
    static Path folder;

    private static ApiServer server;

    private final List<RuleCluster> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(folder);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.client().close();
            server.end();
        }
    }

    @org.junit.jupiter.api.AfterEach
    void close() {
        opened.forEach(RuleCluster::close);
    }

    @Test
    void aRuleIsWrittenOnceWithItsMarks() throws Exception {
        RuleObjects rules = rules(server.kubeconfig());
        rules.ensure(ref("alpha", "g", "s"), DARK, "smo-1");
        GenericKubernetesResource object = object("smo-alpha");
        assertThat(object.getMetadata().getLabels())
                .containsEntry("release", "stack")
                .containsEntry("app.kubernetes.io/managed-by", "smo")
                .containsEntry("smo.nephele.eu/owner", "smo-1")
                .containsEntry("smo.nephele.eu/project", "alpha");
        String written = String.valueOf(object.getAdditionalProperties());
        assertThat(written)
                .contains("name=alpha/g,")
                .contains("alert=alpha/g/s/dark", "expr=lux < 5", "for=5s", "severity=major", "smo_event=dark");
        rules.ensure(ref("alpha", "g", "s"), DARK, "smo-1");
        assertThat(object("smo-alpha").getMetadata().getResourceVersion())
                .isEqualTo(object.getMetadata().getResourceVersion());
        rules.ensure(ref("alpha", "g", "s"), new EventRule("dark", "lux < 4", Duration.ZERO, ""), "smo-1");
        assertThat(String.valueOf(object("smo-alpha").getAdditionalProperties()))
                .contains("expr=lux < 4")
                .doesNotContain("lux < 5");
    }

    @Test
    void whatIsOwnedIsFoundAndTheLastRuleTakesTheObjectWithIt() throws Exception {
        RuleObjects rules = rules(server.kubeconfig());
        rules.ensure(ref("beta", "g", "s"), DARK, "smo-b");
        rules.ensure(ref("beta", "h", "t"), DARK, "smo-b");
        rules.ensure(ref("gamma", "g", "s"), DARK, "smo-c");
        assertThat(rules.owned("smo-b"))
                .isEqualTo(Map.of(ref("beta", "g", "s"), Set.of("dark"), ref("beta", "h", "t"), Set.of("dark")));
        rules.remove(ref("beta", "g", "s"), "dark");
        rules.remove(ref("beta", "g", "s"), "dark");
        assertThat(rules.owned("smo-b")).containsOnlyKeys(ref("beta", "h", "t"));
        rules.remove(ref("beta", "h", "t"), "dark");
        assertThat(object("smo-beta")).isNull();
        assertThat(rules.owned("smo-c")).hasSize(1);
    }

    @Test
    void labelsThatAreConfiguredAnewComeToObjectsThatAreThere() throws Exception {
        RuleObjects before = rules(server.kubeconfig());
        before.ensure(ref("iota", "g", "s"), DARK, "smo-1");
        RuleObjects after = new RuleObjects(
                cluster("monitoring", clients(server.kubeconfig(), "")),
                new PrometheusApi(new ScriptedHttp(RealRuleObjectsTest::yes), "prometheus"),
                new RuleObjects.ObjectNaming("smo-$project", Map.of("release", "other", "more", "yes"), "major"),
                new OwnerFence("prometheus-rules"));
        after.ensure(ref("iota", "g", "s"), DARK, "smo-1");
        GenericKubernetesResource object = object("smo-iota");
        assertThat(object.getMetadata().getLabels())
                .containsEntry("release", "other")
                .containsEntry("more", "yes")
                .containsEntry("app.kubernetes.io/managed-by", "smo");
        assertThat(after.owned("smo-1")).containsKey(ref("iota", "g", "s"));
        after.ensure(ref("iota", "g", "s"), DARK, "smo-1");
        assertThat(object("smo-iota").getMetadata().getResourceVersion())
                .isEqualTo(object.getMetadata().getResourceVersion());
    }

    @Test
    void anEmptiedObjectThatSomebodyElseChangedMeanwhileIsNotDeleted() throws Exception {
        RuleObjects writer = rules(server.kubeconfig());
        writer.ensure(ref("kappa", "g", "s"), DARK, "smo-1");
        Object theirs = Map.of("name", "theirs", "rules", List.of(Map.of("record", "r", "expr", "1")));
        String kubeconfig = server.kubeconfig();
        AtomicInteger calls = new AtomicInteger();
        // found, read, deleted: another client comes between the last two
        RuleObjects rules = rules(
                "monitoring",
                clients(reference -> {
                    if (calls.incrementAndGet() == 3) {
                        GenericKubernetesResource object = object("smo-kappa");
                        List<Object> groups = new ArrayList<>(groups(object));
                        groups.add(theirs);
                        object.setAdditionalProperty("spec", Map.of("groups", groups));
                        server.client().resource(object).update();
                    }
                    return Optional.of(kubeconfig);
                }),
                new ScriptedHttp(RealRuleObjectsTest::yes));
        rules.remove(ref("kappa", "g", "s"), "dark");
        assertThat(calls).hasValueGreaterThan(3);
        assertThat(groups(object("smo-kappa"))).isEqualTo(List.of(theirs));
    }

    private static List<?> groups(GenericKubernetesResource object) {
        return (List<?>) ((Map<?, ?>) object.getAdditionalProperties().get("spec")).get("groups");
    }

    @Test
    void anObjectOfSomebodyElseKeepsWhatItHas() throws Exception {
        GenericKubernetesResource foreign = new GenericKubernetesResource();
        foreign.setApiVersion("monitoring.coreos.com/v1");
        foreign.setKind("PrometheusRule");
        foreign.setMetadata(new ObjectMetaBuilder()
                .withName("smo-delta")
                .withNamespace("monitoring")
                .build());
        Map<String, Object> theirs = Map.of(
                "groups", List.of(Map.of("name", "delta/g", "rules", List.of(Map.of("record", "r", "expr", "1")))));
        foreign.setAdditionalProperty("spec", theirs);
        server.client().resource(foreign).create();
        RuleObjects rules = rules(server.kubeconfig());
        rules.ensure(ref("delta", "g", "s"), DARK, "smo-1");
        assertThat(String.valueOf(object("smo-delta").getAdditionalProperties()))
                .contains("record=r", "delta/g/s/dark");
        assertThat(object("smo-delta").getMetadata().getLabels()).isNullOrEmpty();
        rules.remove(ref("delta", "g", "s"), "dark");
        assertThat(object("smo-delta").getAdditionalProperties().get("spec")).isEqualTo(theirs);
    }

    @Test
    void noRuleIsLostWhenManyWriteTheSameObjectAtOnce() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                RuleObjects rules = rules(server.kubeconfig());
                String service = "w" + writer;
                written.add(writers.submit(() -> {
                    for (int i = 0; i < 8; i++) {
                        rules.ensure(ref("eps", "g", service + "-" + i), DARK, "smo-e");
                    }
                }));
            }
            for (Future<?> each : written) {
                each.get();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(rules(server.kubeconfig()).owned("smo-e")).hasSize(32);
    }

    @Test
    void aRuleThatPrometheusDoesNotUnderstandIsNotWritten() throws Exception {
        ScriptedHttp refusing = new ScriptedHttp(form -> ScriptedHttp.json(
                400, "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"unexpected end of input\"}"));
        RuleObjects rules = rules(server.kubeconfig(), "", refusing);
        AdapterException failure = failure(rules, "zeta");
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("unexpected end of input");
        assertThat(object("smo-zeta")).isNull();
    }

    @Test
    void whatTheServerSaysIsClassified() throws Exception {
        String good = server.kubeconfig();
        AdapterException expired = failure(rules(good.replaceAll("token: \\w+", "token: stale")), "eta");
        assertThat(expired.kind()).isEqualTo(Kind.REFUSED);
        assertThat(expired.system()).isEqualTo("prometheus-rules");
        assertThat(expired).hasMessageContaining("401").hasMessageNotContaining("stale");
        AdapterException away = failure(rules(good.replaceAll("127.0.0.1:\\d+", "127.0.0.1:1")), "eta");
        assertThat(away.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(rules(""), "eta").kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure(rules("[nonsense: {"), "eta").kind()).isEqualTo(Kind.REFUSED);
        AdapterException context = failure(rules(good, "elsewhere", new ScriptedHttp(RealRuleObjectsTest::yes)), "eta");
        assertThat(context.kind()).isEqualTo(Kind.REFUSED);
        assertThat(context).hasMessageContaining("elsewhere");
        ScriptedHttp http = new ScriptedHttp(RealRuleObjectsTest::yes);
        AdapterException closed = failure(rules("no-such-namespace", good, "k", http), "eta");
        assertThat(closed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(closed).hasMessageContaining("forbidden");
        assertThat(failure(rules("no-such-namespace", server.kubeconfigOfAdmin(), "k", http), "eta")
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aKubeconfigThatHasChangedIsTaken() throws Exception {
        String[] content = {server.kubeconfig().replaceAll("token: \\w+", "token: stale")};
        RuleClients clients = clients("k", ref -> Optional.of(content[0]));
        RuleObjects rules = rules("monitoring", clients, new ScriptedHttp(RealRuleObjectsTest::yes));
        assertThat(failure(rules, "theta").kind()).isEqualTo(Kind.REFUSED);
        content[0] = server.kubeconfig();
        rules.ensure(ref("theta", "g", "s"), DARK, "smo-1");
        assertThat(object("smo-theta")).isNotNull();
    }

    private static eu.nephele.smo.api.port.http.HttpAnswer yes(Map<String, String> form) {
        return ScriptedHttp.data("vector", "[]");
    }

    private RuleObjects rules(String kubeconfig) {
        return rules(kubeconfig, "", new ScriptedHttp(RealRuleObjectsTest::yes));
    }

    private RuleObjects rules(String kubeconfig, String context, ScriptedHttp http) {
        return rules("monitoring", kubeconfig, context, http);
    }

    private RuleObjects rules(String namespace, String kubeconfig, String context, ScriptedHttp http) {
        return rules(namespace, clients(kubeconfig, context), http);
    }

    private static RuleClients clients(String kubeconfig, String context) {
        return clients(context, reference -> Optional.of(kubeconfig).filter(text -> !text.isEmpty()));
    }

    private static RuleClients clients(Function<String, Optional<String>> secrets) {
        return clients("", secrets);
    }

    private static RuleClients clients(String context, Function<String, Optional<String>> secrets) {
        return new RuleClients(
                "prometheus-rules",
                "file:k",
                Optional.of(context).filter(name -> !name.isEmpty()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                1 << 20,
                secrets);
    }

    /** The contract of alert rules, with objects. */
    @Nested
    class AsAlertRules extends AlertRulesContract {

        private volatile String kubeconfig = goodKubeconfig();
        private final RuleObjects objects = rules(
                "monitoring",
                clients(reference -> Optional.of(kubeconfig)),
                new ScriptedHttp(RealRuleObjectsTest::yes));

        @Override
        protected AlertRules adapter() {
            return objects;
        }

        @Override
        protected Map<String, ?> serviceProperties() {
            return Map.of(AdapterException.SYSTEM, "prometheus-rules");
        }

        @Override
        protected void breakTheSystem() {
            kubeconfig = kubeconfig.replaceAll("127.0.0.1:\\d+", "127.0.0.1:1");
        }

        @Override
        protected long effects() {
            return Optional.ofNullable(object("smo-smo-contract"))
                    .map(object -> Long.parseLong(object.getMetadata().getResourceVersion()))
                    .orElse(0L);
        }

        private static String goodKubeconfig() {
            try {
                return server.kubeconfig();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private RuleCluster cluster(String namespace, RuleClients clients) {
        RuleCluster cluster = new RuleCluster("prometheus-rules", namespace, clients);
        opened.add(cluster);
        return cluster;
    }

    private RuleObjects rules(String namespace, RuleClients clients, ScriptedHttp http) {
        return new RuleObjects(
                cluster(namespace, clients),
                new PrometheusApi(http, "prometheus"),
                new RuleObjects.ObjectNaming("smo-$project", Map.of("release", "stack"), "major"),
                new OwnerFence("prometheus-rules"));
    }

    private static AdapterException failure(RuleObjects rules, String project) {
        return catchThrowableOfType(AdapterException.class, () -> rules.ensure(ref(project, "g", "s"), DARK, "smo-1"));
    }

    private static GenericKubernetesResource object(String name) {
        return server.client()
                .genericKubernetesResources("monitoring.coreos.com/v1", "PrometheusRule")
                .inNamespace("monitoring")
                .withName(name)
                .get();
    }

    private static WorkloadRef ref(String project, String graph, String service) {
        return new WorkloadRef(new GraphId(project, graph), service);
    }
}
